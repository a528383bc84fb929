import { gaussLegendre } from '../../numerics/quadrature.ts'
import { partonIds, type PdfSet } from './pdf-set.ts'

export interface SumRules {
  /** sum over partons of int x f dx; 1 for a proton. */
  momentum: number
  /** int (u - ubar) dx; 2 for a proton. */
  uValence: number
  /** int (d - dbar) dx; 1 for a proton. */
  dValence: number
}

/**
 * Proton sum rules of a set at one scale. Below the set's xMin its own extrapolation is used, down to 1e-14.
 *
 * @param q  scale [GeV]
 */
export function sumRules(pdf: PdfSet, q: number): SumRules {
  const { nodes, weights } = gaussLegendre(8)
  const values = new Float64Array(partonIds.length)
  const at = (id: (typeof partonIds)[number]) => partonIds.indexOf(id)
  const [u, ubar, d, dbar] = [at(2), at(-2), at(1), at(-1)]
  const sums = { momentum: 0, uValence: 0, dValence: 0 }

  const add = (x: number, dx: number) => {
    pdf.xfxQ2All(x, q * q, values)
    let all = 0
    for (const value of values) all += value
    sums.momentum += all * dx
    sums.uValence += ((values[u] - values[ubar]) / x) * dx
    sums.dValence += ((values[d] - values[dbar]) / x) * dx
  }
  // Below x = 0.1 in ln x, above it in x; panels narrow enough for the kinks between knots of a grid.
  const panels = (low: number, high: number, count: number, point: (t: number, dt: number) => void) => {
    const half = (high - low) / count / 2
    for (let p = 0; p < count; p++)
      for (let k = 0; k < nodes.length; k++) point(low + half * (2 * p + 1 + nodes[k]), half * weights[k])
  }
  panels(Math.log(1e-14), Math.log(0.1), 120, (t, dt) => add(Math.exp(t), Math.exp(t) * dt))
  panels(0.1, 1, 60, add)
  return sums
}
