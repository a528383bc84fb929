import { expect, it } from 'vitest'
import { dileptonSelection } from '../../../generator/detector.ts'
import type { EventTable } from '../../../generator/event-table.ts'
import { pointsPerBlock } from '../../../generator/generate.ts'
import { setupProcess } from '../analysis/fit/setup-process.ts'
import { weightedSample, type WeightedSampleRequest } from '../analysis/ratios/training-sample.ts'
import { topPairDefaults } from '../default-intent.ts'
import { keptSample, type KeptSample } from './kept-sample.ts'

/** Three blocks, of which cuts leave some events, the last one short. */
const request: WeightedSampleRequest = {
  process: setupProcess({ ...topPairDefaults.fit, operators: ['td8', 'tq8'] }),
  features: '14',
  points: 2 * pointsPerBlock + 100,
  seed: 3,
  detector: null,
  selection: dileptonSelection,
}

function finished<T>(run: Generator<unknown, T>): { steps: number; value: T } {
  for (let steps = 0; ; steps++) {
    const next = run.next()
    if (next.done) return { steps, value: next.value }
  }
}

/** Until so many blocks are there. */
function begun(sample: KeptSample, blocks: number): KeptSample {
  const run = sample.make()
  while (Object.keys(sample.sections()).length < blocks) run.next()
  return sample
}

/** As a checkpoint gives them back: at places that are no multiple of eight. */
const shifted = (sections: Record<string, Uint8Array>) =>
  Object.fromEntries(
    Object.entries(sections).map(([name, bytes]) => {
      const all = new Uint8Array(bytes.length + 3)
      all.set(bytes, 3)
      return [name, all.subarray(3)]
    }),
  )

const whole: EventTable = finished(weightedSample(request)).value

it('goes on from the blocks that were made, to the bit', () => {
  expect(whole.rows).toBeGreaterThan(0.4 * request.points)
  expect(whole.rows).toBeLessThan(0.8 * request.points)
  expect(finished(keptSample(request, 'events', {}).make()).value).toEqual(whole)

  const stopped = begun(keptSample(request, 'events', {}), 1)
  const again = begun(keptSample(request, 'events', shifted(stopped.sections())), 2)
  expect(again.sections()['events-0']).toEqual(stopped.sections()['events-0'])
  const last = keptSample(request, 'events', { other: new Uint8Array(1), ...shifted(again.sections()) })
  expect(finished(last.make()).value).toEqual(whole)
})

it('makes nothing again once all is there', () => {
  const made = begun(keptSample(request, 'events', {}), 3)
  const { steps, value } = finished(keptSample(request, 'events', made.sections()).make())
  expect(steps).toBe(0)
  expect(value).toEqual(whole)
})

it('refuses a block of another length than its events have', () => {
  const sections = begun(keptSample(request, 'events', {}), 3).sections()
  for (const cut of [8, sections['events-1'].length - 8, 3]) {
    const damaged = { ...sections, 'events-1': sections['events-1'].slice(0, cut) }
    expect(() => finished(keptSample(request, 'events', damaged).make())).toThrow(
      /^Part events-1 of the checkpoint has \d+ bytes, .* Remove the checkpoint and start anew\.$/,
    )
  }
})
