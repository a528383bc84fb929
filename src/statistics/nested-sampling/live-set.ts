import { logAddExp } from './evidence.ts'
import { tally } from './insertion-test.ts'
import { bury, type NestedState } from './state.ts'

/** Moves the lowest live point, and all that tie with it, to the dead; a tie of all ends the run. */
export function removeLowest(state: NestedState): void {
  const { live, dead, dimensions: d } = state
  const { order, logL } = live
  const lowest = logL[order[0]]
  if (logL[order[live.alive - 1]] === lowest) {
    state.finished = true
    return
  }
  let ties = 1
  while (logL[order[ties]] === lowest) ties++
  // Plateaus: every tied point takes its share 1/n, 1/(n-1), ... (Fowlie, Handley and Su, arXiv:2010.13884).
  const removed = order.slice(0, ties)
  for (const slot of removed) {
    bury(dead, d, live.theta, slot * d, lowest, slot, live.alive)
    const shrink = 1 / live.alive
    const logWeight = lowest + state.logX + Math.log(-Math.expm1(-shrink))
    addEvidence(state, logWeight, lowest)
    state.logX -= shrink
    live.alive--
  }
  order.copyWithin(0, ties)
  order.set(removed, live.alive)
  state.threshold = lowest
}

function addEvidence(state: NestedState, logWeight: number, logL: number): void {
  if (logWeight === Number.NEGATIVE_INFINITY) return
  const logZ = logAddExp(state.logZ, logWeight)
  const old = state.logZ === Number.NEGATIVE_INFINITY ? 0 : Math.exp(state.logZ - logZ)
  state.information =
    Math.exp(logWeight - logZ) * logL + (old > 0 ? old * (state.information + state.logZ) : 0) - logZ
  state.logZ = logZ
}

/** A new point takes the first vacant slot and its place in the order; its rank feeds the insertion test. */
export function admit(state: NestedState, u: Float64Array, theta: Float64Array, logL: number): void {
  const { live, dimensions: d } = state
  const slot = live.order[live.alive]
  for (let k = 0; k < d; k++) {
    live.u[slot * d + k] = u[k]
    live.theta[slot * d + k] = theta[k]
  }
  live.logL[slot] = logL
  let low = 0
  let high = live.alive
  while (low < high) {
    const middle = (low + high) >> 1
    if (live.logL[live.order[middle]] < logL) low = middle + 1
    else high = middle
  }
  let ties = 0
  while (low + ties < live.alive && live.logL[live.order[low + ties]] === logL) ties++
  live.order.copyWithin(low + 1, low, live.alive)
  live.order[low] = slot
  live.alive++
  // On a plateau any place among the equal ones is as good: the middle one keeps the mean of the test.
  tally(state.insertion, low + 0.5 * ties, live.alive)
  tally(state.recent, low + 0.5 * ties, live.alive)
  state.sinceRebuild++
}

/** The live points in the unit cube, packed. @returns [alive, d] */
export function liveRows({ live, dimensions: d }: NestedState): Float64Array {
  const rows = new Float64Array(live.alive * d)
  for (let i = 0; i < live.alive; i++)
    rows.set(live.u.subarray(live.order[i] * d, live.order[i] * d + d), i * d)
  return rows
}
