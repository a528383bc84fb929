import { AppError } from '../../../errors.ts'
import type { EventTable } from '../../../generator/event-table.ts'
import { hadronicGrid, type TopPairProcess } from '../../../physics/top-pair/hadronic.ts'
import { termNames } from '../../../physics/top-pair/polynomial.ts'

/**
 * Smallest cross-entropy that any classifier of p against q can reach, both classes normalised to one half:
 * L* = -1/2 [E_p ln g + E_q ln(1 - g)] with g = p/(p + q), that is ln 2 minus the Jensen-Shannon divergence.
 *
 * @param p       values of one density at points, not necessarily normalised
 * @param q       values of the other
 * @param weight  of each point: the sum over points is an integral; 1 where absent
 */
export function bayesLoss(p: ArrayLike<number>, q: ArrayLike<number>, weight?: ArrayLike<number>): number {
  let pTotal = 0
  let qTotal = 0
  for (let i = 0; i < p.length; i++) {
    const w = weight ? weight[i] : 1
    pTotal += w * p[i]
    qTotal += w * q[i]
  }
  if (!(pTotal > 0 && qTotal > 0))
    throw new AppError(
      'physics/out-of-range',
      `A loss needs two classes of positive size, got ${pTotal} and ${qTotal}. Choose a term whose cross-section is positive.`,
    )
  let loss = 0
  for (let i = 0; i < p.length; i++) {
    const w = weight ? weight[i] : 1
    const a = p[i] / pTotal
    const b = q[i] / qTotal
    if (a > 0) loss += 0.5 * w * a * Math.log1p(b / a)
    if (b > 0) loss += 0.5 * w * b * Math.log1p(a / b)
  }
  return loss
}

export interface TermLoss {
  /** As in termNames: "td8", "td8^2", ... */
  term: string
  loss: number
  /** Share of the term's absolute size where it is negative; such a term is no density and has no loss of its own. */
  negativeShare: number
}

/**
 * Exact losses of every term against the SM for the inputs (m_tt, y_tt), by quadrature with the densities of the process.
 * Terms that vanish are left out; negative values count as zero and are reported.
 */
export function partonBayesLosses(process: TopPairProcess): TermLoss[] {
  const { terms, points, weight, density } = hadronicGrid(process)
  const column = (t: number) => Float64Array.from({ length: points }, (_, i) => density[i * terms + t])
  return termLosses(termNames(process.operators), column, weight)
}

/**
 * The same for everything the generator knows of an event: a bound for any set of features of these events. Averages of
 * weighted events, so its error falls as one over the root of their number.
 */
export function eventBayesLosses(events: EventTable): TermLoss[] {
  const { terms, rows, weights } = events
  const column = (t: number) => Float64Array.from({ length: rows }, (_, i) => weights[i * terms + t])
  return termLosses(termNames(events.operators), column)
}

function termLosses(names: string[], column: (t: number) => Float64Array, weight?: Float64Array): TermLoss[] {
  const sm = column(0)
  const losses: TermLoss[] = []
  for (let t = 1; t < names.length; t++) {
    const values = column(t)
    let positive = 0
    let negative = 0
    for (let i = 0; i < values.length; i++) {
      const size = (weight ? weight[i] : 1) * values[i]
      if (size > 0) positive += size
      else negative -= size
      if (size < 0) values[i] = 0
    }
    if (positive === 0) continue
    losses.push({
      term: names[t],
      loss: bayesLoss(sm, values, weight),
      negativeShare: negative / (positive + negative),
    })
  }
  return losses
}
