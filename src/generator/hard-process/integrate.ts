import { AppError } from '../../errors.ts'
import { pointsPerBlock, type BlockSums, type BlockTask } from './block.ts'
import { evenGrids, momentsOf, trainedGrids } from './training.ts'

/** Rounds in which the grids learn; their points are not used. */
const trainingRounds = 8

/** Blocks of a training round, for each dimension. */
const blocksPerDimension = 1

/** Blocks of a later round at most: after each the state can be kept. */
const mostBlocks = 160

/** One part of a cross-section: a subprocess in a window of pT. */
export interface PartState {
  beams: number[]
  final: number[]
  /** Mean and standard deviation of the weights in the last training round [pb]. */
  pilot: [mean: number, deviation: number]
  points: number
  sum: number
  sum2: number
  clipped: number
}

/** All that an interrupted integration needs. */
export interface IntegrationState {
  round: number
  parts: PartState[]
}

export interface IntegrationPlan {
  /** Dimensions of the final state of each part; parts of one window follow each other. */
  dimensions: number[]
  /** Dimensions of the beams, see HardProcess. */
  beamDimensions: number
  windows: number
  /** Relative error to reach in each window. */
  error: number
  maxPoints: number
}

/** Work of one round: sums of all tasks are to be given back in their order. */
export interface Round {
  tasks: BlockTask[]
  /** Before the round. */
  state: IntegrationState
  /** Points done before it, and expected in all. */
  points: number
  expected: number
}

export interface WindowResult {
  /** pb */
  value: number
  error: number
  clippedShare: number
  converged: boolean
}

/**
 * Cross-sections by VEGAS, each part with grids of its own: they learn first, then points are shared among parts by
 * their standard deviations (Neyman's rule) until the error is reached. The estimate is the plain mean of the points
 * drawn with the final grids, so that it has no bias from the learning.
 *
 * @throws AppError 'physics/out-of-range' for a window that no point passes, with both numbers
 */
export function* integrate(
  plan: IntegrationPlan,
  stored?: IntegrationState,
): Generator<Round, { windows: WindowResult[]; points: number }, BlockSums[]> {
  const state = stored ?? startState(plan)
  const perWindow = plan.dimensions.length / plan.windows
  for (; ; state.round++) {
    const training = state.round < trainingRounds
    const blocks = training ? trainingBlocks(plan) : neededBlocks(plan, state)
    const points = pointsDone(plan, state)
    const wanted = blocks.reduce((sum, count) => sum + count, 0)
    if (wanted === 0 || (points >= plan.maxPoints && !training)) break
    const shares =
      training || wanted <= mostBlocks ? blocks : blocks.map((n) => Math.ceil((n * mostBlocks) / wanted))
    const tasks = shares.flatMap((count, part) =>
      Array.from({ length: count }, (_, block): BlockTask => {
        const { beams, final } = state.parts[part]
        const edges = { beams: Float64Array.from(beams), final: Float64Array.from(final) }
        return { part, stream: `${state.round}/${block}`, ...edges }
      }),
    )
    const rest = training ? trainingPoints(plan) : points + wanted * pointsPerBlock
    const sums = yield { tasks, state, points, expected: Math.min(plan.maxPoints, rest) }
    state.parts.forEach((part, k) => {
      const own = sums.filter((_, i) => tasks[i].part === k)
      if (own.length > 0) (training ? train : collect)(part, own)
    })
    if (state.round === trainingRounds) checkSomethingPasses(state, perWindow)
  }
  return {
    windows: Array.from({ length: plan.windows }, (_, w) => resultOf(plan, state, w)),
    points: pointsDone(plan, state),
  }
}

function startState({ dimensions, beamDimensions }: IntegrationPlan): IntegrationState {
  return {
    round: 0,
    parts: dimensions.map((own) => {
      const { beams, final } = evenGrids(beamDimensions, own)
      return { beams: [...beams], final: [...final], pilot: [0, 0], points: 0, sum: 0, sum2: 0, clipped: 0 }
    }),
  }
}

const trainingBlocks = ({ dimensions, beamDimensions }: IntegrationPlan): number[] =>
  dimensions.map((final) => blocksPerDimension * (beamDimensions + final))

const trainingPoints = (plan: IntegrationPlan): number =>
  trainingRounds * pointsPerBlock * trainingBlocks(plan).reduce((sum, count) => sum + count, 0)

function pointsDone(plan: IntegrationPlan, { round, parts }: IntegrationState): number {
  const trained = (trainingPoints(plan) * Math.min(round, trainingRounds)) / trainingRounds
  return trained + parts.reduce((sum, { points }) => sum + points, 0)
}

function train(part: PartState, sums: readonly BlockSums[]): void {
  part.pilot = momentsOf(sums)
  const { beams, final } = trainedGrids(
    { beams: Float64Array.from(part.beams), final: Float64Array.from(part.final) },
    sums,
  )
  part.beams = [...beams]
  part.final = [...final]
}

function collect(part: PartState, sums: readonly BlockSums[]): void {
  for (const { sum, sum2, clipped } of sums) {
    part.points += pointsPerBlock
    part.sum += sum
    part.sum2 += sum2
    part.clipped += clipped
  }
}

/** Mean and standard deviation of a part's weights, from the best there is. */
function moments({ pilot, points, sum, sum2 }: PartState): [mean: number, deviation: number] {
  if (points === 0) return pilot
  const mean = sum / points
  return [mean, Math.sqrt(Math.max(0, sum2 / points - mean * mean))]
}

const windowParts = ({ dimensions, windows }: IntegrationPlan, { parts }: IntegrationState, w: number) => {
  const count = dimensions.length / windows
  return parts.slice(w * count, (w + 1) * count)
}

function resultOf(plan: IntegrationPlan, state: IntegrationState, w: number): WindowResult {
  const parts = windowParts(plan, state, w)
  let value = 0
  let variance = 0
  let clipped = 0
  for (const part of parts) {
    if (part.points === 0) return { value: 0, error: Infinity, clippedShare: 0, converged: false }
    const [mean, deviation] = moments(part)
    value += mean
    variance += deviation ** 2 / (part.points - 1)
    clipped += part.clipped / part.points
  }
  const error = Math.sqrt(variance)
  return { value, error, clippedShare: clipped / value, converged: error <= plan.error * value }
}

/** Further blocks for each part. */
function neededBlocks(plan: IntegrationPlan, state: IntegrationState): number[] {
  return Array.from({ length: plan.windows }, (_, w) => {
    const parts = windowParts(plan, state, w)
    if (resultOf(plan, state, w).converged) return parts.map(() => 0)
    const own = parts.map(moments)
    const value = own.reduce((sum, [mean]) => sum + mean, 0)
    const spread = own.reduce((sum, [, deviation]) => sum + deviation, 0)
    const target = 0.97 * plan.error * value
    return parts.map(({ points }, k) => {
      // Two blocks at least, as a pilot may have seen nothing of a part.
      const wanted = Math.max(2 * pointsPerBlock, target > 0 ? (own[k][1] * spread) / target ** 2 : 0)
      return Math.max(0, Math.ceil((wanted - points) / pointsPerBlock))
    })
  }).flat()
}

function checkSomethingPasses({ parts }: IntegrationState, perWindow: number): void {
  for (let first = 0; first < parts.length; first += perWindow) {
    const own = parts.slice(first, first + perWindow)
    if (own.some(({ sum, pilot }) => sum > 0 || pilot[0] > 0)) continue
    const points = own.reduce((total, part) => total + part.points, 0)
    throw new AppError(
      'physics/out-of-range',
      `The cross-section is 0 after cuts: 0 of ${points} points are within the range of pT and where the densities are above 0. Loosen --pt-min or the bins, or choose another process.`,
    )
  }
}
