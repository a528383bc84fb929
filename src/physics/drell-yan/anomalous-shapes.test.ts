import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { toyPdf } from '../../testing/toy-pdf.ts'
import { deformSpectrum, kink, resonance, shapeFactors, slope, type MassShape } from './anomalous-shapes.ts'
import { defaultCuts, defaultObservables } from './default-binning.ts'
import { computeTemplates } from './templates.ts'

const request = {
  pdf: toyPdf(),
  sqrtS: 13_000,
  scheme: 'MW',
  muF: 'mll',
  cuts: defaultCuts,
  widthShift: false,
  scaleVariations: false,
} as const
const templates = computeTemplates({ ...request, observables: defaultObservables })
const mllBins = 42

// Witness: the exact joint table of m_ll and p_T on fine mass bins, where a shape is constant within a bin.
const fineEdges = defaultObservables[0].edges.flatMap((low, b, edges) =>
  b + 1 < edges.length ? Array.from({ length: 6 }, (_, k) => low * (edges[b + 1] / low) ** (k / 6)) : [low],
)
const fine = computeTemplates({
  ...request,
  observables: [{ name: 'mll', edges: fineEdges }, defaultObservables[1]],
})

function exact(shape: MassShape): Float64Array {
  const factor = fineEdges.slice(1).map((high, a) => shape(Math.sqrt(fineEdges[a] * high)))
  const ptBins = templates.bins - mllBins
  const out = new Float64Array(templates.bins)
  factor.forEach((f, a) => {
    out[Math.floor(a / 6)] += f * fine.sm[a]
    for (let b = 0; b < ptBins; b++) out[mllBins + b] += f * fine.joint![a * ptBins + b]
  })
  // Masses above the last m_ll edge feed p_T too, but not the witness: leave them out of both.
  for (let b = 0; b < ptBins; b++) {
    let inside = 0
    for (let a = 0; a < factor.length; a++) inside += fine.joint![a * ptBins + b]
    out[mllBins + b] /= inside
  }
  for (let b = 0; b < mllBins; b++) out[b] /= templates.sm[b]
  return out
}

describe('shapes in m_ll carried over to p_T, against the exact joint table', () => {
  it.each([
    ['a broad resonance', resonance(500, 50, 1), 0.05],
    ['a resonance at high mass', resonance(1500, 150, 2), 0.05],
    ['a kink', kink(300, 0.5), 0.05],
    ['a wrong slope', slope(0.1), 0.05],
  ])('%s', (_, shape, tolerance) => {
    const factors = shapeFactors(templates, shape)
    const truth = exact(shape)
    const largest = Math.max(...truth.map((value) => Math.abs(value - 1)))
    for (let b = 0; b < factors.length; b++)
      expect(Math.abs(factors[b] - truth[b])).toBeLessThan(tolerance * largest)
  })
})

describe('shapes', () => {
  it('leave a spectrum alone at zero size', () => {
    for (const shape of [resonance(300, 30, 0), kink(200, 0), slope(0)])
      for (const factor of shapeFactors(templates, shape)) expect(factor).toBeCloseToRel(1, 1e-14)
  })

  it('a resonance is seen in p_T below half its mass and not above', () => {
    const factors = shapeFactors(templates, resonance(700, 10, 1)).subarray(mllBins)
    const edges = defaultObservables[1].edges
    const change = (pT: number) => factors[edges.findIndex((edge) => edge > pT) - 1] - 1
    expect(change(340)).toBeGreaterThan(0.05) // the Jacobian peak
    expect(change(340)).toBeGreaterThan(5 * change(100))
    expect(change(500)).toBeLessThan(1e-6)
  })

  it('a spectrum is never made negative by a dip', () => {
    const deformed = deformSpectrum(templates, templates.sm, resonance(300, 50, -3))
    expect(Math.min(...deformed)).toBeGreaterThanOrEqual(0)
  })

  it('p_T alone takes the shape at its Jacobian edge', () => {
    const observables = [{ name: 'ptl' as const, edges: [100, 200, 300] }]
    const factors = shapeFactors({ observables, sm: Float64Array.of(2, 1) }, kink(400, 1))
    expect([...factors]).toEqual([1, 500 / 400])
  })

  it('refuse a mass that is no mass', () => {
    expect(() => resonance(0, 10, 1)).toThrow(/must be positive/)
    expect(() => kink(Number.NaN, 1)).toThrow(/must be positive/)
  })
})
