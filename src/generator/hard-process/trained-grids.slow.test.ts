import { describe, expect, it } from 'vitest'
import { loadAmplitudeKernel } from '../../kernels/load-kernels.ts'
import { amplitudeParameters } from '../../physics/amplitudes/parameters.ts'
import { createDefaultPdf } from '../../physics/pdf/default-pdf.ts'
import { toyPdf } from '../../testing/toy-pdf.ts'
import { runBlock } from './block.ts'
import { createHardProcess } from './hard-process.ts'
import type { Collision } from './integrand.ts'
import { decodeGrids, encodeGrids, loadTrainedGrids, trainedFor, type TrainedGrids } from './trained-grids.ts'
import { prepareSampling, type Sampling, type SamplingRound } from './unweighting.ts'

const make = async (process: string, over: Partial<Collision>) =>
  createHardProcess(
    { process, flavours: 5, windows: [{ min: 0, max: Infinity }], kernel: await loadAmplitudeKernel() },
    {
      ...{ pdf: toyPdf(), sqrtS: 13_000, scale: 'ht/2', alphaS: () => 0.11 },
      ...{ parameters: amplitudeParameters(), ...over },
    },
  )

async function prepare(
  process: string,
  grids: TrainedGrids,
  over: Partial<Collision> = {},
): Promise<{ sampling: Sampling; kinds: SamplingRound['kind'][] }> {
  const hard = await make(process, over)
  const { dimensions, beamDimensions } = hard
  const preparation = prepareSampling({ dimensions, beamDimensions, trained: trainedFor(hard, grids) })
  const kinds: SamplingRound['kind'][] = []
  let step = preparation.next()
  while (!step.done) {
    kinds.push(step.value.kind)
    step = preparation.next(step.value.tasks.map((task) => runBlock(hard.part(task.part), task, 1)))
  }
  return { sampling: step.value, kinds }
}

describe('shipped grids', () => {
  // Asked for where points above the greatest weight carry 1 % of the cross-section.
  it.each([
    ['p p > t t~', 0.4],
    ['p p > t t~ H', 0.25],
    ['p p > t t~ Z', 0.15],
    ['g b > t t t~ W-', 0.12],
    ['p p > t t~ t t~', 0.12],
  ])('%s: efficiency of at least %f without training', async (process, least) => {
    const { kinds, sampling } = await prepare(process, await loadTrainedGrids(), { pdf: createDefaultPdf() })
    expect(kinds).toEqual(['pilot'])
    const sum = (value: (part: Sampling[number]) => number) =>
      sampling.reduce((total, part) => total + value(part), 0)
    // A part is drawn in proportion to its greatest weight.
    const all = sum(({ maxWeight }) => maxWeight)
    expect(sum(({ efficiency, maxWeight }) => efficiency * maxWeight) / all).toBeGreaterThanOrEqual(least)
    const above = sum((part) => part.overweightShare * part.mean) / sum(({ mean }) => mean)
    expect(above).toBeLessThanOrEqual(0.01)
    for (const { effectiveShare } of sampling) expect(effectiveShare).toBeGreaterThanOrEqual(0.5)
  })

  it('serve another energy and mass without training', async () => {
    const over = { pdf: createDefaultPdf(), sqrtS: 8000, parameters: amplitudeParameters({}, { mTop: 180 }) }
    const { kinds } = await prepare('p p > t t~', await loadTrainedGrids(), over)
    expect(kinds).toEqual(['pilot'])
  })

  it('that no longer serve are trained further, and what none are shipped for from nothing', async () => {
    const good = await prepare('g g > t t~', new Map())
    expect(good.kinds).toEqual([...Array.from({ length: 10 }, () => 'training'), 'pilot'])
    // Grids of one process under the name of another, as if they had been the best of grids.
    const [part] = good.sampling
    const beams = part.beams.map((edge) => edge ** 4)
    const bad = new Map([['g g > t t~', { ...part, beams, efficiency: 0.99 }]])
    const { kinds, sampling } = await prepare('g g > t t~', bad)
    expect(kinds).toEqual(['pilot', ...Array.from({ length: 10 }, () => 'training'), 'pilot'])
    expect(sampling[0].efficiency).toBeGreaterThan(0.8 * part.efficiency)
  })

  it('come back from their file, and a changed one is refused', async () => {
    const grids = await loadTrainedGrids()
    const { head, edges } = await encodeGrids(grids)
    expect(await decodeGrids(head, edges)).toEqual(grids)
    const changed = edges.slice()
    changed[100] ^= 1
    await expect(decodeGrids(head, changed)).rejects.toThrow(/hash .* trained again/)
    await expect(decodeGrids({ ...head, version: 0 }, edges)).rejects.toThrow(
      /version 0 .* expected version 1/,
    )
    await expect(decodeGrids({}, edges)).rejects.toThrow(/no readable head/)
  })
})
