import { AppError } from '../../errors.ts'
import type { InsertionTally } from './insertion-test.ts'
import type { Metric } from './metric.ts'
import type { Region } from './region.ts'

export interface NestedSettings {
  livePoints: number
  /** Stop when the live points hold less than this fraction of the evidence. */
  remainder: number
  /** Give up (not converged) after this many likelihood calls. */
  maxCalls: number
  /** 'region': MLFriends with wrapping ellipsoid, d <= 8; 'slice': whitened slice sampling, above. */
  sampler: 'region' | 'slice'
  /** Slices per new point at the start; raised when the insertion test complains. */
  sliceSteps: number
  /** Replacements between two reports. */
  reportEvery: number
}

/** Everything a run needs to go on, as plain data: structured clone or stateToBytes keep it. */
export interface NestedState {
  settings: NestedSettings
  dimensions: number
  /** Blocks done; each has its own random stream, so that a resumed run repeats the uninterrupted one. */
  block: number
  calls: number
  finished: boolean
  live: {
    u: Float64Array // [n, d]
    theta: Float64Array // [n, d]
    logL: Float64Array // [n]
    /** Slots by rising logL; those from `alive` on are vacant. */
    order: Int32Array // [n]
    alive: number
  }
  /** New points must lie strictly above. */
  threshold: number
  dead: DeadPoints
  /** Of the dead points alone */
  logX: number
  logZ: number
  information: number
  insertion: InsertionTally
  /** Insertions since the step number was last judged */
  recent: InsertionTally
  sinceRebuild: number
  region: Region | null
  metric: Metric | null
  /** Evaluated proposals not looked at yet */
  queue: { u: Float64Array; theta: Float64Array; logL: Float64Array; next: number; count: number } | null
  slice: { width: number; steps: number }
  /** What makes new points now: a region run falls back to slices for good when its contour gets too thin. */
  sampling: 'region' | 'slice'
  /** Region proposals evaluated and accepted since the last rebuild */
  tried: number
  accepted: number
}

export interface DeadPoints {
  count: number
  theta: Float64Array // [capacity, d]
  logL: Float64Array
  /** Which live slot it lived in: the thread that is resampled for the error. */
  slot: Int32Array
  /** Live points before it was removed */
  liveCount: Int32Array
}

export type NestedOptions = Partial<NestedSettings>

/** The store of dead points begins with 16 rows per live point. */
const mostLivePoints = 200_000

function settingsFor(dimensions: number, options: NestedOptions): NestedSettings {
  const livePoints = options.livePoints ?? 400
  const least = 2 * dimensions + 10
  if (!Number.isInteger(livePoints) || livePoints < least)
    throw new AppError(
      'input/invalid',
      `${livePoints} live points are too few for ${dimensions} dimensions: a whole number of at least ${least}, 400 is usual. Raise the number.`,
    )
  if (livePoints > mostLivePoints)
    throw new AppError(
      'input/invalid',
      `${livePoints} live points are too many: at most ${mostLivePoints} fit into memory, 400 is usual. Lower the number.`,
    )
  const sampler = options.sampler ?? (dimensions <= 8 ? 'region' : 'slice')
  const remainder = options.remainder ?? 0.01
  if (!(remainder > 0 && remainder < 1))
    throw new AppError(
      'input/invalid',
      `The remaining evidence fraction must lie between 0 and 1, got ${remainder}. 0.01 is usual.`,
    )
  const maxCalls = options.maxCalls ?? 1e8
  if (!(maxCalls >= livePoints))
    throw new AppError(
      'input/invalid',
      `At most ${maxCalls} calls of the likelihood are allowed, fewer than the ${livePoints} live points take. Raise the number.`,
    )
  return {
    livePoints,
    remainder,
    maxCalls,
    sampler,
    sliceSteps: options.sliceSteps ?? (dimensions <= 16 ? 3 : 5) * dimensions,
    reportEvery: options.reportEvery ?? 50,
  }
}

export function emptyState(dimensions: number, options: NestedOptions): NestedState {
  const settings = settingsFor(dimensions, options)
  const n = settings.livePoints
  const capacity = 16 * n
  return {
    settings,
    dimensions,
    block: 0,
    calls: 0,
    finished: false,
    live: {
      u: new Float64Array(n * dimensions),
      theta: new Float64Array(n * dimensions),
      logL: new Float64Array(n),
      order: Int32Array.from({ length: n }, (_, i) => i),
      alive: 0,
    },
    threshold: Number.NEGATIVE_INFINITY,
    dead: {
      count: 0,
      theta: new Float64Array(capacity * dimensions),
      logL: new Float64Array(capacity),
      slot: new Int32Array(capacity),
      liveCount: new Int32Array(capacity),
    },
    logX: 0,
    logZ: Number.NEGATIVE_INFINITY,
    information: 0,
    insertion: { sum: 0, count: 0 },
    recent: { sum: 0, count: 0 },
    sinceRebuild: 0,
    region: null,
    metric: null,
    queue: null,
    slice: { width: 1, steps: settings.sliceSteps },
    sampling: settings.sampler,
    tried: 0,
    accepted: 0,
  }
}

/** Appends a dead point, doubling the store when it is full. */
export function bury(
  dead: DeadPoints,
  d: number,
  theta: Float64Array,
  offset: number,
  logL: number,
  slot: number,
  liveCount: number,
): void {
  if (dead.count === dead.logL.length) {
    dead.theta = grown(dead.theta, new Float64Array(2 * dead.theta.length))
    dead.logL = grown(dead.logL, new Float64Array(2 * dead.count))
    dead.slot = grown(dead.slot, new Int32Array(2 * dead.count))
    dead.liveCount = grown(dead.liveCount, new Int32Array(2 * dead.count))
  }
  for (let k = 0; k < d; k++) dead.theta[dead.count * d + k] = theta[offset + k]
  dead.logL[dead.count] = logL
  dead.slot[dead.count] = slot
  dead.liveCount[dead.count] = liveCount
  dead.count++
}

function grown<T extends Float64Array | Int32Array>(from: T, into: T): T {
  into.set(from)
  return into
}
