import { AppError } from '../../errors.ts'
import { pointsPerBlock, type BlockSums, type BlockTask } from './block.ts'
import { evenGrids, momentsOf, trainedGrids, type PartGrids } from './training.ts'

/** Points with a greater weight may carry this share of the cross-section; a pilot aims a little below. */
export const overweightShare = 0.01
const pilotShare = 0.009

/** Rounds and blocks per dimension in which grids learn that were not trained before. */
const trainingRounds = 10
const blocksPerDimension = 4

/** Of every part: enough that the few greatest weights do not decide. */
const usualPilotBlocks = 25

/** Grids that were trained, and how well they did then. */
export interface TrainedPart extends PartGrids {
  /** Mean of min(1, w / maxWeight). */
  efficiency: number
  /** Share of the part's cross-section in points above maxWeight. */
  overweightShare: number
  /** (Σw)² / (N Σw²) of the points before acceptance. */
  effectiveShare: number
}

/** How points of one part are drawn and accepted. Plain data, so that it can be sent to workers. */
export interface PartSampling extends TrainedPart {
  /** Points are accepted in proportion to their weight, up to this one [pb]. */
  maxWeight: number
  /** Mean weight of the pilot, the part's cross-section [pb], with its error. */
  mean: number
  error: number
}

export type Sampling = PartSampling[]

export interface SamplingPlan {
  /** See HardProcess. */
  dimensions: readonly number[]
  beamDimensions: number
  /** Grids of parts that were trained before. */
  trained?: readonly (TrainedPart | undefined)[]
  /** Blocks of the pilot of each part; fewer give another greatest weight, hence other events. */
  pilotBlocks?: number
  /** Grids trained elsewhere serve as long as they keep this share of the efficiency that they had; default: half. */
  leastOfEfficiency?: number
}

export interface SamplingRound {
  kind: 'training' | 'pilot'
  /** Blocks whose sums are to be given back in their order. */
  tasks: BlockTask[]
  /** Points done before the round, and in all. */
  points: number
  expected: number
}

/**
 * Finds the greatest weights from a pilot run. Grids that were not trained before learn first; those that were, but do
 * much worse here than they did, learn from where they are.
 *
 * @throws AppError 'physics/out-of-range' where no point of the pilot has a weight
 */
export function* prepareSampling(plan: SamplingPlan): Generator<SamplingRound, Sampling, BlockSums[]> {
  const { dimensions, beamDimensions, trained = [] } = plan
  const { pilotBlocks = usualPilotBlocks, leastOfEfficiency = 0.5 } = plan
  const grids = dimensions.map((own, k): PartGrids => trained[k] ?? evenGrids(beamDimensions, own))
  const blocksOf = (k: number): number => blocksPerDimension * (beamDimensions + dimensions[k])
  let points = 0

  function* train(parts: readonly number[], expected: number): Generator<SamplingRound, void, BlockSums[]> {
    for (let round = 0; round < trainingRounds && parts.length > 0; round++) {
      const tasks = parts.flatMap((k) => tasksOf(k, grids[k], blocksOf(k), `training/${round}`))
      const sums = yield { kind: 'training', tasks, points, expected }
      points += tasks.length * pointsPerBlock
      for (const k of parts) {
        const own = sums.filter((_, i) => tasks[i].part === k)
        if (own.some(({ sum }) => sum > 0)) grids[k] = trainedGrids(grids[k], own)
      }
    }
  }

  function* pilot(
    parts: readonly number[],
    expected: number,
  ): Generator<SamplingRound, PartSampling[], BlockSums[]> {
    const tasks = parts.flatMap((k) => tasksOf(k, grids[k], pilotBlocks, 'pilot', true))
    const sums = yield { kind: 'pilot', tasks, points, expected }
    points += tasks.length * pointsPerBlock
    return parts.map((part) => {
      const own = sums.filter((_, i) => tasks[i].part === part)
      return sampled(grids[part], own)
    })
  }

  const pointsFor = (parts: readonly number[]): number =>
    parts.reduce((sum, k) => sum + trainingRounds * blocksOf(k), 0) * pointsPerBlock
  const all = [...dimensions.keys()]
  const learners = all.filter((k) => !trained[k])
  const first = pointsFor(learners) + all.length * pilotBlocks * pointsPerBlock
  yield* train(learners, first)
  const sampling = yield* pilot(all, first)
  const poor = all.filter(
    (k) => sampling[k].efficiency < leastOfEfficiency * (trained[k]?.efficiency ?? 0) && sampling[k].mean > 0,
  )
  if (poor.length > 0) {
    const second = points + pointsFor(poor) + poor.length * pilotBlocks * pointsPerBlock
    yield* train(poor, second)
    const again = yield* pilot(poor, second)
    poor.forEach((k, i) => (sampling[k] = again[i]))
  }
  if (!sampling.some(({ mean }) => mean > 0))
    throw new AppError(
      'physics/out-of-range',
      `No events can be made: 0 of ${all.length * pilotBlocks * pointsPerBlock} points are within the range of pT and where the densities are above 0. Loosen --pt-min, or choose another process.`,
    )
  return sampling
}

function tasksOf(
  part: number,
  { beams, final }: PartGrids,
  count: number,
  stream: string,
  keepWeights = false,
): BlockTask[] {
  return Array.from({ length: count }, (_, block) => ({
    ...{ part, beams, final, keepWeights, stream: `${stream}/${block}` },
  }))
}

function sampled(grids: PartGrids, sums: readonly BlockSums[]): PartSampling {
  const weights = Float64Array.from(sums.flatMap(({ weights: own }) => [...(own ?? [])])).sort()
  const count = weights.length
  const [mean, deviation] = momentsOf(sums)
  const total = mean * count
  // The heaviest points, as long as they carry no more than the share.
  let at = count - 1
  let above = 0
  while (at > 0 && above + weights[at] <= pilotShare * total) above += weights[at--]
  const maxWeight = weights[at]
  let accepted = 0
  for (const weight of weights) accepted += Math.min(1, weight / maxWeight)
  const square = deviation * deviation + mean * mean
  return {
    ...grids,
    ...{ maxWeight, mean, error: deviation / Math.sqrt(count - 1) },
    efficiency: maxWeight > 0 ? accepted / count : 0,
    overweightShare: total > 0 ? above / total : 0,
    effectiveShare: square > 0 ? (mean * mean) / square : 0,
  }
}
