import { AppError } from '../../errors.ts'
import { electroweak, type ElectroweakInputs, type InputScheme, smeftsimInputs } from '../electroweak.ts'
import type { PdfSet } from '../pdf/pdf-set.ts'
import { operatorNames, quadraticCount } from '../smeft/operators.ts'
import { amplitudeModel } from './amplitude.ts'
import { createLuminosity, type FiducialCuts } from './luminosity.ts'
import { massGrid } from './mass-grid.ts'
import { fillResponse, fluxFactor, responseCount } from './partonic.ts'
import { type ObservableBins, observableRange, type SpectrumTemplates } from './spectrum-templates.ts'

export interface TemplateRequest {
  observables: ObservableBins[]
  pdf: PdfSet
  /** GeV */
  sqrtS: number
  scheme: InputScheme
  /** Factorisation scale: the pair's mass, or a fixed value [GeV]. */
  muF: 'mll' | number
  /** null: full phase space */
  cuts: FiducialCuts | null
  /** Gamma_Z follows the coefficients instead of staying fixed. */
  widthShift: boolean
  /** Range of m_ll [GeV] behind the p_T bins where no m_ll bins are asked for; see `massRange`. */
  mllRange?: [number, number]
  inputs?: ElectroweakInputs
  /** Also integrate the SM at mu_F / 2 and 2 mu_F (default true; triples the PDF calls). */
  scaleVariations?: boolean
  /** Gauss nodes per segment in m and over y; the defaults are good to 1e-6 (see templates.test.ts). */
  nodes?: { perSegment: number; rapidity: number }
}

/** Templates and the SM quantities behind their uncertainties; all pb per bin. */
export interface DrellYanTemplates extends SpectrumTemplates {
  /** [m_ll bins, p_T bins] SM events that fall into both; undefined unless both observables are asked for */
  joint: Float64Array | undefined
  /** [bins] SM at mu_F / 2 and 2 mu_F; undefined without scale variations */
  scaleHalf: Float64Array | undefined
  scaleDouble: Float64Array | undefined
}

/** Lowest m_ll [GeV] behind a p_T spectrum that does not itself set one. */
export const lowestMll = 10

function checkEdges(observable: ObservableBins, sqrtS: number): void {
  const { name, edges } = observable
  const rising = edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]))
  if (edges.length < 2 || !rising || edges[0] < 0)
    throw new AppError(
      'input/invalid',
      `Bin edges of ${name} must be at least 2 rising finite numbers >= 0, got [${edges.join(', ')}].`,
      { name, edges },
    )
  if (name === 'mll' && (edges[0] <= 0 || edges[edges.length - 1] > sqrtS))
    throw new AppError(
      'physics/out-of-range',
      `m_ll bins run from ${edges[0]} to ${edges[edges.length - 1]} GeV, must lie within 0 < m <= sqrt(s) = ${sqrtS} GeV.`,
      { edges, sqrtS },
    )
}

/**
 * m_ll range of the whole calculation: first to last m_ll edge where m_ll is binned (then the p_T bins count the same
 * events); else `mllRange`; else from the kinematic threshold 2 p_T of the first p_T edge or cut, but at least
 * `lowestMll`, up to sqrt(s).
 */
export function massRange(request: TemplateRequest): [number, number] {
  const mll = request.observables.find((o) => o.name === 'mll')
  if (mll) return [mll.edges[0], mll.edges[mll.edges.length - 1]]
  if (request.mllRange) return request.mllRange
  const ptl = request.observables.find((o) => o.name === 'ptl')
  const threshold = 2 * Math.max(ptl?.edges[0] ?? 0, request.cuts?.ptMin ?? 0)
  return [Math.max(lowestMll, threshold), request.sqrtS]
}

function validate(request: TemplateRequest): [number, number] {
  const { sqrtS, cuts, muF, observables } = request
  const names = observables.map((o) => o.name)
  if (!names.length || new Set(names).size !== names.length)
    throw new AppError('input/invalid', `Ask for mll, ptl or both, each once; got [${names.join(', ')}].`)
  if (!(sqrtS > 0 && Number.isFinite(sqrtS)))
    throw new AppError('physics/out-of-range', `sqrt(s) must be a positive number of GeV, got ${sqrtS}.`)
  if (muF !== 'mll' && !(muF > 0 && Number.isFinite(muF)))
    throw new AppError('physics/out-of-range', `mu_F must be 'mll' or a positive number of GeV, got ${muF}.`)
  if (cuts && !(cuts.ptMin >= 0 && cuts.absEtaMax > 0))
    throw new AppError(
      'physics/out-of-range',
      `Fiducial cuts need p_T >= 0 and |eta| > 0, got ${cuts.ptMin} GeV and ${cuts.absEtaMax}.`,
    )
  for (const observable of observables) checkEdges(observable, sqrtS)
  const [mMin, mMax] = massRange(request)
  if (!(mMin > 0 && mMax > mMin && mMax <= sqrtS))
    throw new AppError(
      'physics/out-of-range',
      `The m_ll range ${mMin} to ${mMax} GeV must be rising and end at or below sqrt(s) = ${sqrtS} GeV.`,
    )
  return [mMin, mMax]
}

const scaleFactors = [1, 0.5, 2]

/**
 * Exact templates of all asked spectra at leading order: one pass over m_ll, in which the physics enters through
 * S_u(m), S_d(m) only and every p_T bin is an analytic angular integral (see `createLuminosity`).
 * Yields the finished fraction; returns the templates.
 */
export function* buildTemplates(request: TemplateRequest): Generator<number, DrellYanTemplates> {
  const [mMin, mMax] = validate(request)
  const { observables, pdf, sqrtS, cuts, muF } = request
  const inputs = request.inputs ?? smeftsimInputs
  const model = amplitudeModel(electroweak(request.scheme, inputs), request.widthShift)
  const { perSegment, rapidity } = request.nodes ?? { perSegment: 6, rapidity: cuts ? 24 : 32 }
  const scales = request.scaleVariations === false ? 1 : 3

  const mllEdges = observables.find((o) => o.name === 'mll')?.edges
  const ptEdges = observables.find((o) => o.name === 'ptl')?.edges
  const mllStart = observableRange(observables, 'mll')?.start ?? 0
  const ptStart = observableRange(observables, 'ptl')?.start ?? 0
  const ptBins = ptEdges ? ptEdges.length - 1 : 0
  const bins = observables.reduce((sum, o) => sum + o.edges.length - 1, 0)

  // The acceptance has a threshold at m = 2 p_T and a kink where a central pair's muons reach |eta| at that p_T.
  const ptMin = cuts?.ptMin ?? 0
  const limits = [...new Set([ptMin, ...(ptEdges ?? []).filter((p) => p > ptMin)])].filter((p) => p > 0)
  const etaMax = cuts?.absEtaMax ?? Infinity
  const kinks = etaMax < Infinity ? limits.map((p) => 2 * p * Math.cosh(etaMax)) : []
  const grid = massGrid({
    mMin,
    mMax,
    breaks: [...(mllEdges ?? []), ...kinks, sqrtS * Math.exp(-etaMax)],
    thresholds: limits.map((p) => 2 * p),
    mZ: inputs.mZ,
    widthZ: inputs.widthZ,
    nodesPerSegment: perSegment,
  })

  const luminosity = createLuminosity(pdf, sqrtS, cuts, rapidity)
  const response = new Float64Array(2 * responseCount)
  const sums = new Float64Array(bins * responseCount) // [bins, 171]
  const joint = mllEdges && ptEdges ? new Float64Array((mllEdges.length - 1) * ptBins) : undefined
  const varied = [new Float64Array(0), new Float64Array(bins), new Float64Array(bins)]
  const edgeLuminosity = new Float64Array(2 * (ptBins + 1))
  const pair = new Float64Array(2)

  let mllBin = 0
  for (let k = 0; k < grid.m.length; k++) {
    const m = grid.m[k]
    while (mllEdges && mllBin < mllEdges.length - 2 && m >= mllEdges[mllBin + 1]) mllBin++
    const factor = grid.weight[k] * fluxFactor(m * m)
    fillResponse(model, m * m, response)
    for (let variation = 0; variation < scales; variation++) {
      luminosity.setMass(m, (muF === 'mll' ? m : muF) * scaleFactors[variation])
      const add = (bin: number, up: number, down: number): number => {
        const u = factor * up
        const d = factor * down
        if (variation > 0) varied[variation][bin] += u * response[0] + d * response[responseCount]
        else
          for (let r = 0, at = bin * responseCount; r < responseCount; r++)
            sums[at + r] += u * response[r] + d * response[responseCount + r]
        return u * response[0] + d * response[responseCount]
      }
      if (mllEdges) {
        luminosity.above(0, pair)
        add(mllStart + mllBin, pair[0], pair[1])
      }
      if (!ptEdges) continue
      for (let b = 0; b <= ptBins; b++) {
        luminosity.above(ptEdges[b], pair)
        edgeLuminosity.set(pair, 2 * b)
      }
      for (let b = 0; b < ptBins; b++) {
        const up = edgeLuminosity[2 * b] - edgeLuminosity[2 * b + 2]
        const down = edgeLuminosity[2 * b + 1] - edgeLuminosity[2 * b + 3]
        if (up === 0 && down === 0) continue
        const sm = add(ptStart + b, up, down)
        if (joint && variation === 0) joint[mllBin * ptBins + b] += sm
      }
    }
    if (k % 64 === 63) yield (k + 1) / grid.m.length
  }

  const n = operatorNames.length
  const column = (r: number, out: Float64Array, at: number) => {
    for (let b = 0; b < bins; b++) out[at + b] = sums[b * responseCount + r]
  }
  const sm = new Float64Array(bins)
  const linear = new Float64Array(n * bins)
  const quadratic = new Float64Array(quadraticCount * bins)
  column(0, sm, 0)
  for (let i = 0; i < n; i++) column(1 + i, linear, i * bins)
  for (let p = 0; p < quadraticCount; p++) column(1 + n + p, quadratic, p * bins)
  const [scaleHalf, scaleDouble] = scales === 3 ? [varied[1], varied[2]] : [undefined, undefined]
  return { observables, sm, linear, quadratic, joint, scaleHalf, scaleDouble }
}

/** The same without progress reports. */
export function computeTemplates(request: TemplateRequest): DrellYanTemplates {
  const run = buildTemplates(request)
  for (;;) {
    const step = run.next()
    if (step.done) return step.value
  }
}

/** Bin contents divided by bin widths, all observables concatenated: pb/GeV. */
export function perGeV(observables: readonly ObservableBins[], perBin: ArrayLike<number>): Float64Array {
  const out = new Float64Array(perBin.length)
  let at = 0
  for (const { edges } of observables)
    for (let b = 0; b + 1 < edges.length; b++, at++) out[at] = perBin[at] / (edges[b + 1] - edges[b])
  return out
}
