import type { Rng } from '../../numerics/rng.ts'
import { evidenceOf, logAddExp, logMeanExp, type Evidence } from './evidence.ts'
import { insertionPull } from './insertion-test.ts'
import type { NestedState } from './state.ts'

/** What is shown while a run is under way. */
export interface NestedReport {
  /** Dead points so far */
  iteration: number
  calls: number
  /** Live points included */
  logZ: number
  /** sqrt(H / n) so far */
  logZError: number
  /** Fraction of Z still in the live points: the run ends below `remainder` of the settings. */
  remainder: number
  /** ln of the prior volume above the threshold */
  logX: number
  logLMin: number
  logLMax: number
  insertionPull: number
  /** Separate groups of live points, as far as the region sees them */
  clusters: number
  sliceSteps: number
}

export interface NestedResult extends Evidence {
  dimensions: number
  theta: Float64Array // [samples, d], dead points then live points
  logL: Float64Array // [samples]
  calls: number
  iterations: number
  livePoints: number
  insertionPull: number
  sliceSteps: number
  /** The remainder is below tolerance and the insertion test within +-4. */
  converged: boolean
}

export function reportOf(state: NestedState): NestedReport {
  const { live, settings, dead } = state
  const liveLogZ = state.logX + logMeanExp(live.logL, live.order, live.alive)
  const logZ = logAddExp(state.logZ, liveLogZ)
  return {
    iteration: dead.count,
    calls: state.calls,
    logZ,
    logZError: Math.sqrt(Math.max(0, state.information) / settings.livePoints),
    remainder: Math.exp(liveLogZ - logZ),
    logX: state.logX,
    logLMin: state.threshold,
    logLMax: live.alive > 0 ? live.logL[live.order[live.alive - 1]] : state.threshold,
    insertionPull: insertionPull(state.insertion),
    clusters: state.region?.clusters ?? 1,
    sliceSteps: state.sampling === 'slice' ? state.slice.steps : 0,
  }
}

export function resultOf(state: NestedState, rng: Rng): NestedResult {
  const { dead, live, dimensions: d, settings } = state
  const samples = dead.count + live.alive
  const theta = new Float64Array(samples * d)
  const logL = new Float64Array(samples)
  theta.set(dead.theta.subarray(0, dead.count * d))
  logL.set(dead.logL.subarray(0, dead.count))
  for (let i = 0; i < live.alive; i++) {
    const slot = live.order[i]
    theta.set(live.theta.subarray(slot * d, slot * d + d), (dead.count + i) * d)
    logL[dead.count + i] = live.logL[slot]
  }
  const evidence = evidenceOf(state, rng.split('bootstrap'))
  const pull = insertionPull(state.insertion)
  const flat = live.alive > 0 && live.logL[live.order[0]] === live.logL[live.order[live.alive - 1]]
  return {
    ...evidence,
    dimensions: d,
    theta,
    logL,
    calls: state.calls,
    iterations: dead.count,
    livePoints: settings.livePoints,
    insertionPull: pull,
    sliceSteps: state.sampling === 'slice' ? state.slice.steps : 0,
    converged: (flat || evidence.remainder < settings.remainder) && Math.abs(pull) < 4,
  }
}
