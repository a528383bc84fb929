// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { AppError } from '../../../errors.ts'
import { acting } from '../../../testing/drawn-parts.tsx'
import { drawnFit } from '../../../testing/drawn-fit.tsx'
import { button, press, set } from '../../../testing/hands.ts'
import { writeRoot } from '../../../testing/root-file/write-root.ts'
import { sizedElements } from '../../../testing/sized-elements.ts'
import { smallFitData } from '../../../testing/small-fit.ts'
import { describeEventTables, readEvents } from '../analysis/event-file.ts'
import { fitColumns } from '../analysis/fit/fit-columns.ts'
import { FitView } from './FitView.tsx'

beforeEach(() => sizedElements(600, 400))
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const rows = [1_000_000, 1_200_000, 1_500_000]
const bytes = writeRoot({
  trees: [
    { name: 'runs', branches: [{ name: 'run', type: 'I', values: [1] }] },
    {
      name: 'nominal',
      branches: [
        { name: 'mtt', type: 'D', values: rows },
        { name: 'rapidity', type: 'F', values: [0.5, -0.5, 1] },
        { name: 'weights', vector: 'float', lists: [[1], [1, 2], [3]] },
      ],
    },
  ],
})

/** A page on which the file was dropped and read, as a worker reads it. */
async function dropped() {
  const page = drawnFit(<FitView />, {
    preset: 'parton',
    binning: { observable: 'm_tt', bins: 4 },
  })
  const columns = fitColumns(page.state().intent.fit)
  const failed = await readEvents('other.root', bytes, columns).catch((thrown: unknown) =>
    AppError.from(thrown),
  )
  if (!(failed instanceof AppError)) throw new Error('the file was read')
  void page.handle.fit.drop(new File([bytes], 'other.root'))
  const asked = await page.asked('prepare-fit')
  await acting(() => asked.fail(failed))
  const question = await page.asked('find-columns')
  const { name, bytes: sent } = question.request
  const tables = await describeEventTables(name, sent)
  await acting(() => question.finish(tables))
  return { ...page, columns, failed }
}

const valueOf = (label: string) => screen.getByLabelText<HTMLSelectElement>(label).value

it('asks which branch is which, with types and first values, and reads them in GeV', async () => {
  const page = await dropped()
  expect(page.failed.message).toMatch(/^other\.root: the ROOT file has 2 trees|lack/)
  const dialog = screen.getByRole('dialog', { name: 'Which column is which?' })
  expect(page.columns).toEqual(['m_tt', 'y_tt'])
  // The tree and the branch that are called alike are chosen already.
  expect([valueOf('tree'), valueOf('m_tt'), valueOf('y_tt')]).toEqual(['1', 'mtt', ''])
  expect(dialog.textContent).toContain('1000000, 1200000, 1500000')
  expect([...screen.getByLabelText<HTMLSelectElement>('y_tt').options].map(({ text }) => text)).toEqual([
    ...['choose …', 'mtt (double)', 'rapidity (float)'],
  ])
  expect(button('Read the events').disabled).toBe(true)
  expect(dialog.textContent).toContain('1 of 2 still to choose')
  await set('y_tt', 'rapidity')
  await set('momenta and masses in', 'MeV')
  await press('Read the events')

  const again = await vi.waitFor(() => {
    const newest = page.fit.newest('prepare-fit')
    expect(newest.request.dropped?.pick).toBeDefined()
    return newest
  })
  const { request } = again
  const pick = request.dropped?.pick
  expect(pick).toEqual({
    ...{ tree: 'nominal', columns: { m_tt: 'mtt', y_tt: 'rapidity' }, factors: { m_tt: 1e-3 } },
  })
  const { events } = await readEvents('other.root', request.dropped!.bytes, page.columns, pick)
  expect([...events.columns.m_tt!]).toEqual([1000, 1200, 1500])
  await acting(() => again.finish(smallFitData))
  expect(page.state().fit).toMatchObject({ dropped: { name: 'other.root', pick }, columnQuestion: null })
})

it('keeps what was there when it is cancelled', async () => {
  const page = await dropped()
  await press('Cancel', screen.getByRole('dialog'))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(page.state().fit).toMatchObject({ dropped: null, columnQuestion: null })
})

it('does not ask of a file that cannot be read at all', async () => {
  const page = drawnFit(<FitView />)
  void page.handle.fit.drop(new File(['x'], 'other.root'))
  const asked = await page.asked('prepare-fit')
  await acting(() => asked.fail(new AppError('data/corrupt', 'the ROOT file is damaged')))
  expect(page.state().fit.columnQuestion).toBeNull()
  expect(page.fit.asked.map(({ job }) => job)).toEqual(['prepare-fit'])
})
