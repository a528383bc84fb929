// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { beingPatient } from '../../../testing/patience.ts'
import { acting } from '../../../testing/drawn-parts.tsx'
import { drawnFit } from '../../../testing/drawn-fit.tsx'
import { AppError } from '../../../errors.ts'
import { NetworksPanel } from './NetworksPanel.tsx'
import { sparkline } from './sparkline.ts'

beingPatient()
afterEach(cleanup)

const tile = (name: string) => screen.getByRole('button', { name: new RegExp(`^${name}`) })
const bar = (name: string) => tile(name).querySelector<HTMLElement>('.fit-bar span')?.style.width

it('shows a tile for each network: what it learns, how far it is, and how its loss falls', async () => {
  const onSelect = vi.fn()
  // Five terms, one of which vanishes with no interference; the two workers take two at a time.
  const { handle, fit, state } = drawnFit(<NetworksPanel selected="tq8" onSelect={onSelect} />, {
    preset: 'thesis',
  })
  await acting(() => handle.fit.look())
  const names = state().fit.networks.map(({ task }) => task.terms[0])
  expect(names).toEqual(expect.arrayContaining(['td8', 'tq8', 'td8^2', 'tq8^2']))
  expect(await screen.findAllByText('waiting')).toHaveLength(names.length)
  expect(screen.getByText(`0 of ${names.length} trained`)).toBeTruthy()

  await acting(() => void handle.fit.train())
  const [first, second] = fit.asked
  const record = (epoch: number, loss: number) => ({
    ...{ kind: 'epoch' as const, epochs: 50, improved: true, checkpoint: null },
    record: { epoch, loss, validationLoss: loss, learningRate: 1e-3 },
  })
  await acting(() => {
    first.report({ kind: 'sample', fraction: 0.25 } as never)
    second.report({ kind: 'start', backend: 'kernels', rows: 10, negativeShare: 0, limit: null } as never)
    for (const [epoch, loss] of [
      [1, 0.7],
      [2, 0.6],
      [3, 0.5],
    ])
      second.report(record(epoch, loss) as never)
    second.report({ kind: 'step', step: 3, steps: 4, loss: 0.5, msPerStep: 1 } as never)
  })
  expect(await screen.findByText('epoch 3 of 50')).toBeTruthy()
  expect(screen.getByText('sampling 25 %')).toBeTruthy()
  expect(screen.getByText('loss 0.5000')).toBeTruthy()
  const sampling = document.querySelector('[data-status=sampling] .fit-bar span') as HTMLElement
  const training = document.querySelector('[data-status=training]') as HTMLElement
  expect(sampling.style.width).toBe('25%')
  expect(training.querySelector<HTMLElement>('.fit-bar span')?.style.width).toBe('75%')
  expect(training.querySelector('path')?.getAttribute('d')).toBe(sparkline([0.7, 0.6, 0.5], 100, 28))
  expect(document.querySelector('[data-status=sampling] path')).toBeNull()

  await acting(() => first.fail(new AppError('ml/backend-unavailable', 'No engine.')))
  expect(await screen.findByText('failed: ml/backend-unavailable')).toBeTruthy()
  expect(document.querySelector('[data-status=failed]')?.getAttribute('title')).toContain('No engine.')

  fireEvent.click(tile('td8 '))
  expect(onSelect).toHaveBeenLastCalledWith('td8')
  expect(tile('tq8 ').getAttribute('aria-pressed')).toBe('true')
  expect(bar('tq8² ')).toBe('0%')
})

it('names terms that vanish, and says when nothing needs a network', async () => {
  drawnFit(<NetworksPanel selected={null} onSelect={() => undefined} />, {
    ...{ operators: ['td1'], truth: {}, mode: 'linear' },
  })
  expect(await screen.findByText(/No term of this set-up needs a network/)).toBeTruthy()
})
