import { AppError } from '../../../../errors.ts'
import { createRng } from '../../../../numerics/rng.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { rankScores, weightedAuc } from '../../../../statistics/classification/weighted-auc.ts'

/** Shares of the Standard Model that are let through. */
export const searchRates = [0.1, 0.01, 0.001] as const

/** Scores of events with what they count. */
export interface ScoredEvents {
  readonly scores: Float64Array
  readonly weights: ArrayLike<number> // [scores] not negative
}

export interface SignalEfficiency {
  /** Share of the Standard Model above the cut, as asked for. */
  rate: number
  cut: number
  /** Share of the signal above the cut; the error is of both samples. */
  efficiency: Estimate
}

export interface SearchResult {
  efficiencies: SignalEfficiency[]
  /** Of signal against Standard Model; below .5 the score prefers the Standard Model. */
  auc: Estimate
  /** (Σw)²/Σw² of the Standard Model: a mixture by cross-section may rest on a few events. */
  effectiveEvents: number
}

/** Fewer weigh nothing on a rate of 10 %. */
const fewest = 20

/**
 * How much of a signal is above the cuts that let given shares of the Standard Model through, with bootstrap errors over both.
 *
 * @throws AppError 'input/invalid' for fewer than 20 events of either
 */
export function signalEfficiencies(
  standardModel: ScoredEvents,
  signal: ScoredEvents,
  seed: number,
  rates: readonly number[] = searchRates,
  draws = 100,
): SearchResult {
  const [n, m] = [standardModel.scores.length, signal.scores.length]
  if (n < fewest || m < fewest)
    throw new AppError(
      'input/invalid',
      `A cut is set with ${n} events of the Standard Model and tried on ${m} of the signal, the least is ${fewest} each. Add events or loosen the selection.`,
    )
  const falling = rankScores(standardModel.scores).order.reverse()
  const both = rankScores(Float64Array.from([...standardModel.scores, ...signal.scores]))
  const isSignal = Uint8Array.from({ length: n + m }, (_, k) => (k < n ? 0 : 1))
  const weights = Float64Array.from({ length: n + m }, (_, k) =>
    k < n ? standardModel.weights[k] : signal.weights[k - n],
  )

  function measure(now: Float64Array) {
    const cuts = rates.map((rate) => cutAt(standardModel.scores, falling, now, rate))
    let total = 0
    const above = new Float64Array(rates.length)
    for (let k = 0; k < m; k++) {
      total += now[n + k]
      cuts.forEach((cut, i) => (above[i] += signal.scores[k] > cut ? now[n + k] : 0))
    }
    return { cuts, shares: above.map((sum) => sum / total), auc: weightedAuc(both, isSignal, now) }
  }

  const centre = measure(weights)
  const squares = new Float64Array(rates.length + 1)
  const rng = createRng(seed, 'bootstrap')
  const now = new Float64Array(n + m)
  for (let draw = 0; draw < draws; draw++) {
    now.fill(0)
    for (let k = 0; k < n + m; k++) {
      const row = k < n ? rng.integer(n) : n + rng.integer(m)
      now[row] += weights[row]
    }
    const { shares, auc } = measure(now)
    shares.forEach((share, i) => (squares[i] += (share - centre.shares[i]) ** 2 / draws))
    squares[rates.length] += (auc - centre.auc) ** 2 / draws
  }
  let [sum, square] = [0, 0]
  for (let k = 0; k < n; k++) {
    sum += weights[k]
    square += weights[k] ** 2
  }
  return {
    efficiencies: rates.map((rate, i) => ({
      ...{ rate, cut: centre.cuts[i] },
      // A share of 0 or 1 is known to about one event.
      efficiency: { value: centre.shares[i], error: Math.max(Math.sqrt(squares[i]), 1 / m) },
    })),
    auc: { value: centre.auc, error: Math.sqrt(squares[rates.length]) },
    effectiveEvents: sum ** 2 / square,
  }
}

/** The score that no more than a share of the weight is above. */
function cutAt(scores: Float64Array, falling: Uint32Array, weights: ArrayLike<number>, rate: number): number {
  let total = 0
  for (let k = 0; k < scores.length; k++) total += weights[k]
  let above = 0
  for (const row of falling) {
    above += weights[row]
    if (above > rate * total) return scores[row]
  }
  return scores[falling[falling.length - 1]]
}
