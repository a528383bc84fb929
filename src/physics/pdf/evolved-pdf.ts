import { AppError } from '../../errors.ts'
import type { DensityKnots } from '../../kernels/density-kernel.ts'
import { densityCount, densityOfParton } from './evolution-basis.ts'
import type { EvolvedSegment, LoEvolution } from './lo-evolution.ts'
import { partonIds, partonIndex, type PartonId, type PdfSet } from './pdf-set.ts'
import { lagrangeStencil, stencilSize, xGrid } from './x-grid.ts'

/** Knots of the table for the kernel, in each interval of the evolution's nodes in x and, in ln Q², per unit. */
const knotsPerNode = 4
const knotsPerLogQ2 = 5

/**
 * A PdfSet read off evolved states: six-point Lagrange in x, four-point in tau.
 *
 * Outside the evolved range: below xMin antiquarks, gluon and valence go on as the power of x of the last two nodes; below
 * qMin and above qMax the densities (not alphaS) are frozen at the edge. Everything vanishes at x = 1.
 * The last scale is remembered, so many x at one scale are cheap, and the answer does not depend on the order
 * of calls.
 */
export function createEvolvedPdf(evolution: LoEvolution, label: { id: string; description: string }): PdfSet {
  const { grid, coupling, segments } = evolution
  const nodes = grid.x.length
  const xMin = grid.x[nodes - 1]
  const qMin = segments[0].qLow
  const qMax = segments[segments.length - 1].qHigh

  let lastQ2 = NaN
  let lastX = NaN
  let first = 0
  let segment: EvolvedSegment = segments[0]
  const tauWeights = new Float64Array(4)
  const xWeights = new Float64Array(stencilSize)
  const values = new Float64Array(densityCount)
  // Values at the nodes for the last scale, filled node by node when first asked for.
  const atScale = new Float64Array(nodes * densityCount)
  const filledFor = new Float64Array(nodes)
  let scaleNumber = 0

  function setScale(q2: number): void {
    const q = Math.min(Math.max(Math.sqrt(q2), qMin), qMax)
    segment = segments[0]
    for (const candidate of segments) if (candidate.qLow <= q) segment = candidate
    const position = coupling.evolutionTime(segment.qLow, q) / segment.step
    first = Math.min(Math.max(Math.floor(position) - 1, 0), segment.states.length - 4)
    const s = position - first
    tauWeights[0] = (-(s - 1) * (s - 2) * (s - 3)) / 6
    tauWeights[1] = (s * (s - 2) * (s - 3)) / 2
    tauWeights[2] = (-s * (s - 1) * (s - 3)) / 2
    tauWeights[3] = (s * (s - 1) * (s - 2)) / 6
    scaleNumber += 1
    lastQ2 = q2
  }

  function fillNode(node: number): void {
    const a = segment.states[first]
    const b = segment.states[first + 1]
    const c = segment.states[first + 2]
    const d = segment.states[first + 3]
    for (let k = node * densityCount; k < (node + 1) * densityCount; k++)
      atScale[k] = tauWeights[0] * a[k] + tauWeights[1] * b[k] + tauWeights[2] * c[k] + tauWeights[3] * d[k]
    filledFor[node] = scaleNumber
  }

  function evaluate(x: number, q2: number): void {
    if (x === lastX && q2 === lastQ2) return
    if (!(x > 0 && x <= 1 && q2 > 0 && q2 < Infinity))
      throw new AppError(
        'physics/out-of-range',
        `${label.id} needs 0 < x <= 1 and a positive finite Q^2, got x = ${x}, Q^2 = ${q2} GeV^2.`,
      )
    if (q2 !== lastQ2) setScale(q2)
    lastX = x
    if (x < xMin) {
      continueBelow(x)
      return
    }
    const start = lagrangeStencil(grid, x, xWeights)
    for (let j = 0; j < stencilSize; j++) if (filledFor[start + j] !== scaleNumber) fillNode(start + j)
    for (let p = 0; p < densityCount; p++) {
      const k = start * densityCount + p
      values[p] =
        xWeights[0] * atScale[k] +
        xWeights[1] * atScale[k + densityCount] +
        xWeights[2] * atScale[k + 2 * densityCount] +
        xWeights[3] * atScale[k + 3 * densityCount] +
        xWeights[4] * atScale[k + 4 * densityCount] +
        xWeights[5] * atScale[k + 5 * densityCount]
    }
  }

  function continueBelow(x: number): void {
    fillNode(nodes - 2)
    fillNode(nodes - 1)
    const fraction = Math.log(x / xMin) / Math.log(grid.x[nodes - 2] / xMin)
    const edge = (nodes - 1) * densityCount
    const inner = (nodes - 2) * densityCount
    const power = (outer: number, next: number) =>
      outer > 0 && next > 0 ? outer * (next / outer) ** fraction : outer
    for (let p = 2; p < densityCount; p++) values[p] = power(atScale[edge + p], atScale[inner + p])
    // Valence by itself, so that u and ubar continued apart do not cross.
    for (let p = 0; p < 2; p++)
      values[p] =
        values[p + 2] +
        power(atScale[edge + p] - atScale[edge + p + 2], atScale[inner + p] - atScale[inner + p + 2])
  }

  /** Differs from the densities themselves by less than 1e-4 for x < 0.8 and Q > 10 GeV. */
  function knots(): DensityKnots[] {
    const x = xGrid({ ...grid.settings, spacing: grid.settings.spacing / knotsPerNode }).x.toReversed()
    const logX = x.map(Math.log)
    return segments.map(({ qLow, qHigh }) => {
      const [low, high] = [2 * Math.log(qLow), 2 * Math.log(qHigh)]
      const intervals = Math.max(8, Math.ceil((high - low) * knotsPerLogQ2))
      const logQ2 = Float64Array.from(
        { length: intervals + 1 },
        (_, i) => low + ((high - low) * i) / intervals,
      )
      const table = new Float64Array(x.length * logQ2.length * partonIds.length)
      logQ2.forEach((logarithm, j) =>
        x.forEach((value, i) => {
          evaluate(value, Math.exp(logarithm))
          const at = (i * logQ2.length + j) * partonIds.length
          for (let k = 0; k < densityOfParton.length; k++) table[at + k] = values[densityOfParton[k]]
        }),
      )
      return { logX, logQ2, values: table }
    })
  }

  return {
    ...label,
    knots,
    xMin,
    xMax: 1,
    qMin,
    qMax,
    xfxQ2(pdgId: PartonId, x: number, q2: number): number {
      evaluate(x, q2)
      return values[densityOfParton[partonIndex(pdgId)]]
    },
    xfxQ2All(x, q2, out = new Float64Array(partonIds.length)) {
      evaluate(x, q2)
      for (let k = 0; k < densityOfParton.length; k++) out[k] = values[densityOfParton[k]]
      return out
    },
    alphaS: (q) => coupling.alphaS(q),
    orderQcd: 0,
  }
}
