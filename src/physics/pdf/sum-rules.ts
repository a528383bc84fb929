import { gaussLegendre } from '../../numerics/quadrature.ts'
import { partonIds, partonIndex, type PdfSet } from './pdf-set.ts'

export interface SumRules {
  /** sum over partons of int x f dx; 1 for a proton. */
  momentum: number
  /** int (u - ubar) dx; 2 for a proton. */
  uValence: number
  /** int (d - dbar) dx; 1 for a proton. */
  dValence: number
}

/**
 * Proton sum rules of a set at one scale. What lies below the set's xMin is added as the power of x found there.
 *
 * @param q  scale [GeV]
 */
export function sumRules(pdf: PdfSet, q: number): SumRules {
  const { nodes, weights } = gaussLegendre(8)
  const values = new Float64Array(partonIds.length)
  const u = partonIndex(2)
  const ubar = partonIndex(-2)
  const d = partonIndex(1)
  const dbar = partonIndex(-1)

  /** The three integrands in ln x: x times momentum density, and x times number densities. */
  const integrands = (x: number): [number, number, number] => {
    pdf.xfxQ2All(x, q * q, values)
    let all = 0
    for (const value of values) all += value
    return [x * all, values[u] - values[ubar], values[d] - values[dbar]]
  }

  const sums = [0, 0, 0]
  const edge = integrands(pdf.xMin)
  const inner = integrands(2 * pdf.xMin)
  for (let k = 0; k < 3; k++) {
    const power = Math.log2(inner[k] / edge[k])
    if (power > 0) sums[k] += edge[k] / power
  }
  // Below x = 0.1 in ln x, above it in x; panels narrow enough for the kinks between knots of a grid.
  const panels = (low: number, high: number, count: number, point: (t: number, dt: number) => void) => {
    const half = (high - low) / count / 2
    for (let p = 0; p < count; p++)
      for (let k = 0; k < nodes.length; k++) point(low + half * (2 * p + 1 + nodes[k]), half * weights[k])
  }
  const add = (x: number, dLogX: number) => integrands(x).forEach((value, k) => (sums[k] += value * dLogX))
  panels(Math.log(pdf.xMin), Math.log(0.1), 80, (t, dt) => add(Math.exp(t), dt))
  panels(0.1, pdf.xMax, 60, (x, dx) => add(x, dx / x))
  const [momentum, uValence, dValence] = sums
  return { momentum, uValence, dValence }
}
