// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { drawnDrellYan } from '../../../../testing/drawn-drell-yan.tsx'
import { acting } from '../../../../testing/drawn-parts.tsx'
import { pick, press, set } from '../../../../testing/hands.ts'
import { beingPatient, eventually } from '../../../../testing/patience.ts'
import { drawnOn } from '../../../../testing/drawn-on.ts'
import { drellYanDefaults } from '../../default-intent.ts'
import type { DrellYanIntent } from '../../intent.ts'
import { CompareView } from './CompareView.tsx'

beingPatient()
drawnOn(400, 400)

const maps = () =>
  screen.getAllByRole('region', { name: /^Map \d: / }).map((map) => map.getAttribute('aria-label'))

async function compare(patch: Partial<DrellYanIntent> = {}) {
  const settings = { ...drellYanDefaults.compare, maps: ['pca-2', 'pca-2-mll'] }
  const page = await drawnDrellYan(<CompareView />, { view: 'compare', compare: settings, ...patch })
  await page.opened()
  await screen.findByRole('region', { name: /^Map 1: / })
  return page
}

it('lays maps beside one another, says what each keeps, and takes one more or one less', async () => {
  const page = await compare({ neighbourCount: 5 })
  expect(maps()).toEqual(['Map 1: pca-2', 'Map 2: pca-2-mll'])
  const compared = page.state().latent.comparison.value?.compared
  if (!compared) throw new Error('nothing has been compared')
  expect(screen.getByText(/^Of the 5 nearest neighbours on pca-2/).textContent).toContain(
    `pca-2-mll keeps ${Math.round(100 * compared.maps[1].meanKept)}`,
  )
  expect(compared.counted.reduce((sum, flag) => sum + flag, 0)).toBeLessThanOrEqual(12)
  await set('Add', 'pca-2-ptl')
  await screen.findByRole('region', { name: 'Map 3: pca-2-ptl' })
  expect(page.intent().compare.maps).toEqual(['pca-2', 'pca-2-mll', 'pca-2-ptl'])
  await press(/^(Remove|Take).*pca-2-mll/)
  await eventually(() => expect(maps()).toEqual(['Map 1: pca-2', 'Map 2: pca-2-ptl']))
  await set('Neighbours', '10')
  await eventually(() => expect(screen.getByText(/^Of the 10 nearest neighbours/)).toBeTruthy())
  await acting(() => fireEvent.click(screen.getByLabelText('trails from the first map')))
  expect(document.querySelectorAll('.map-path').length).toBeGreaterThan(5)
  await acting(() => fireEvent.click(screen.getByLabelText('align (Procrustes)')))
  expect(document.querySelectorAll('.map-path')).toHaveLength(0)
  await pick('neighbours kept')
  expect(page.intent().compare.colour).toBe('kept')
})

it('has one universe in focus on all maps, and says whose neighbours it keeps', async () => {
  const page = await compare({ neighbourCount: 5, focus: { kind: 'universe', id: 3 } })
  const panel = screen.getByRole('region', { name: 'Neighbours on pca-2-mll' })
  const [, kept] = /(\d) of 5 kept/.exec(panel.textContent ?? '') ?? []
  const listed = (label: string) =>
    [...panel.querySelectorAll('.compare-list')]
      .filter(({ textContent }) => textContent?.startsWith(label))
      .flatMap((list) => [...list.querySelectorAll('button')])
  expect(listed('kept')).toHaveLength(Number(kept))
  expect(listed('gained')).toHaveLength(listed('lost').length)
  expect(listed('gained')).toHaveLength(5 - Number(kept))
  const [first] = [...listed('lost'), ...listed('kept')]
  await acting(() => fireEvent.click(first))
  expect(first.getAttribute('aria-label')).toContain(String((page.intent().focus as { id: number }).id))
})

it('has one selection on all maps, and says how stable it is', async () => {
  const page = await compare({ neighbourCount: 5, selection: { kind: 'universes', ids: [1, 2, 3, 4] } })
  expect(screen.getByText(/^Selection of \d universes: mean Jaccard index/).textContent).toMatch(
    /0\.\d+ ± 0\.\d+/,
  )
  await press('Clear selection')
  expect(page.intent().selection).toBeNull()
})

it('says what could not be compared, beside what could', async () => {
  const settings = { ...drellYanDefaults.compare, maps: ['pca-2', 'dy-supcon-2d', 'pca-2-mll'] }
  await compare({ compare: settings })
  await screen.findByText(/^dy-supcon-2d: .*expects 71 bins, dataset dy-nc-13tev has 11/)
  expect(maps()).toEqual(['Map 1: pca-2', 'Map 2: pca-2-mll'])
})

it('trains another seed beside the others, and can be cancelled', async () => {
  const training = {
    ...drellYanDefaults.training,
    ...{ steps: 20, universesPerBatch: 8, replicasPerUniverse: 2, widths: [8], backend: 'kernels' as const },
  }
  const page = await compare({ training })
  await press('Train another seed')
  await eventually(() => expect(page.intent().compare.maps[2]).toMatch(/^trained-seed2-/))
  await screen.findByRole('region', { name: /^Map 3: trained-seed2/ })
  page.handle.actions.change({ training: { ...training, steps: 20_000 } })
  await press('Train another seed')
  await press('Cancel')
  await eventually(() => expect(screen.getByText('Train another seed')).toBeTruthy())
  expect(page.intent().compare.maps).toHaveLength(3)
})
