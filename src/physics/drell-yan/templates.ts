import { electroweak, smeftsimInputs } from '../electroweak.ts'
import { operatorNames, quadraticCount } from '../smeft/operators.ts'
import { amplitudeModel } from './amplitude.ts'
import { createLuminosity } from './luminosity.ts'
import { massGrid, radiatedMassGrid } from './mass-grid.ts'
import { radiatedBelow, radiateInto } from './photon-radiation.ts'
import { correctionOf } from './nlo-ratio.ts'
import type { QcdOrder } from './qcd-order.ts'
import { fillResponse, fluxFactor, responseCount } from './partonic.ts'
import {
  binCount,
  type ObservableBins,
  observableRange,
  spectrumTemplates,
  type SpectrumTemplates,
} from './spectrum-templates.ts'
import { type TemplateRequest, validateRequest } from './template-request.ts'

/** Templates and the SM quantities behind their uncertainties; all pb per bin. */
export interface DrellYanTemplates extends SpectrumTemplates {
  /** [m_ll bins, p_T bins] SM events that fall into both; undefined unless both observables are asked for */
  joint: Float64Array | undefined
  qcdOrder: QcdOrder
  /** [bins] SM at leading order with the same densities and scales; undefined where the templates are of that order */
  leading: Float64Array | undefined
  /** [bins] SM at half and twice mu_F and, at next-to-leading order, mu_R; undefined without scale variations */
  scaleHalf: Float64Array | undefined
  scaleDouble: Float64Array | undefined
}

const variedBy = [1, 0.5, 2]

/**
 * Exact templates of all asked spectra at leading order, or of m_ll at next-to-leading: one pass over m_ll, in which the physics enters through
 * S_u(m), S_d(m) only and every p_T bin is an analytic angular integral (see `createLuminosity`).
 * Yields the finished fraction; returns the templates.
 */
export function* buildTemplates(request: TemplateRequest): Generator<number, DrellYanTemplates> {
  const [mMin, mMax] = validateRequest(request)
  const { observables, pdf, sqrtS, cuts, muF } = request
  const inputs = request.inputs ?? smeftsimInputs
  const model = amplitudeModel(electroweak(request.scheme, inputs), request)
  const { perSegment, rapidity } = request.nodes ?? { perSegment: 6, rapidity: cuts ? 24 : 32 }
  const scales = variedBy.slice(0, request.scaleVariations === false ? 1 : 3)

  const mllEdges = observables.find((o) => o.name === 'mll')?.edges
  const ptEdges = observables.find((o) => o.name === 'ptl')?.edges
  const mllStart = observableRange(observables, 'mll')?.start ?? 0
  const ptStart = observableRange(observables, 'ptl')?.start ?? 0
  const ptBins = ptEdges ? ptEdges.length - 1 : 0
  const bins = binCount(observables)
  const signed = signedBins(observables)
  const wanted = signed.groups.length > 0

  // The acceptance has a threshold at m = 2 p_T and a kink where a central pair's muons reach |eta| at that p_T.
  const ptMin = cuts?.ptMin ?? 0
  const limits = [...new Set([ptMin, ...(ptEdges ?? []).filter((p) => p > ptMin)])].filter((p) => p > 0)
  const etaMax = cuts?.absEtaMax ?? Infinity
  const kinks = etaMax < Infinity ? limits.map((p) => 2 * p * Math.cosh(etaMax)) : []
  const radiation = request.radiation && radiatedBelow(request.radiation.logarithm)
  const grid =
    radiation && mllEdges
      ? radiatedMassGrid(mllEdges, sqrtS, inputs)
      : massGrid({
          mMin,
          mMax,
          breaks: [...(mllEdges ?? []), ...signed.breaks(sqrtS), ...kinks, sqrtS * Math.exp(-etaMax)],
          thresholds: limits.map((p) => 2 * p),
          mZ: inputs.mZ,
          widthZ: inputs.widthZ,
          nodesPerSegment: perSegment,
        })
  const shares = new Float64Array(mllEdges ? mllEdges.length - 1 : 0)

  const luminosity = createLuminosity(pdf, sqrtS, cuts, rapidity, wanted)
  // At next-to-leading order most of the time goes into the convolutions.
  const ahead = request.order === 'nlo' ? 0.7 : 0
  const corrections: ReturnType<typeof correctionOf>[] = []
  for (const scale of scales) {
    corrections.push(correctionOf(request, [mMin, mMax], scale))
    if (ahead > 0) yield (ahead * corrections.length) / scales.length
  }
  const factorF = request.scaleFactors?.muF ?? 1
  const response = new Float64Array(2 * responseCount)
  const odd = wanted ? new Float64Array(2 * responseCount) : undefined
  const sides = new Float64Array(4)
  const sums = new Float64Array(bins * responseCount) // [bins, 171]
  const joint = mllEdges && ptEdges ? new Float64Array((mllEdges.length - 1) * ptBins) : undefined
  const varied = [new Float64Array(0), new Float64Array(bins), new Float64Array(bins)]
  const leading = ahead > 0 ? new Float64Array(bins) : undefined
  const edgeLuminosity = new Float64Array(2 * (ptBins + 1))
  const pair = new Float64Array(2)

  let mllBin = 0
  for (let k = 0; k < grid.m.length; k++) {
    const m = grid.m[k]
    while (mllEdges && mllBin < mllEdges.length - 2 && m >= mllEdges[mllBin + 1]) mllBin++
    const factor = grid.weight[k] * fluxFactor(m * m)
    fillResponse(model, m * m, response, odd)
    if (radiation && mllEdges) radiateInto(radiation, mllEdges, m, shares)
    for (let variation = 0; variation < scales.length; variation++) {
      luminosity.setMass(m, (muF === 'mll' ? m : muF) * factorF * scales[variation])
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
        if (leading && variation === 0) {
          const lo = factor * (pair[0] * response[0] + pair[1] * response[responseCount])
          if (radiation) for (let b = 0; b < shares.length; b++) leading[mllStart + b] += shares[b] * lo
          else leading[mllStart + mllBin] += lo
        }
        corrections[variation]?.(m, pair)
        if (radiation)
          for (let b = 0; b < shares.length; b++) add(mllStart + b, shares[b] * pair[0], shares[b] * pair[1])
        else add(mllStart + mllBin, pair[0], pair[1])
      }
      if (odd)
        for (const group of signed.groups) {
          luminosity.between(group.absY[0], group.absY[1], sides)
          for (const { start, edges, sign } of group.observables) {
            const bin = binOf(edges, m)
            if (bin < 0) continue
            const at = start + bin
            const half = 0.5 * factor
            const terms = variation > 0 ? 1 : responseCount
            const out = variation > 0 ? varied[variation] : sums
            for (let r = 0, to = variation > 0 ? at : at * responseCount; r < terms; r++, to++)
              out[to] +=
                half *
                (sides[0] * response[r] +
                  sides[1] * response[responseCount + r] +
                  sign * (sides[2] * odd[r] + sides[3] * odd[responseCount + r]))
          }
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
    if (k % 64 === 63) yield ahead + ((1 - ahead) * (k + 1)) / grid.m.length
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
  const [scaleHalf, scaleDouble] = scales.length === 3 ? [varied[1], varied[2]] : [undefined, undefined]
  return {
    ...spectrumTemplates({ observables, sm, linear, quadratic }),
    ...{ joint, scaleHalf, scaleDouble, leading, qcdOrder: request.order ?? 'lo' },
  }
}

interface SignedGroup {
  absY: [number, number]
  observables: { start: number; edges: readonly number[]; sign: 1 | -1 }[]
}

/** Forward and backward bins by their |y|, so that each range is integrated once. */
function signedBins(observables: readonly ObservableBins[]): {
  groups: SignedGroup[]
  breaks: (sqrtS: number) => number[]
} {
  const groups: SignedGroup[] = []
  let start = 0
  for (const { name, edges, absY = [0, Infinity] } of observables) {
    if (name === 'forward' || name === 'backward') {
      let group = groups.find((g) => g.absY[0] === absY[0] && g.absY[1] === absY[1])
      if (!group) groups.push((group = { absY: [absY[0], absY[1]], observables: [] }))
      group.observables.push({ start, edges, sign: name === 'forward' ? 1 : -1 })
    }
    start += edges.length - 1
  }
  // Beyond m = sqrt(s) exp(-y) there is no pair of that y: a kink.
  const breaks = (sqrtS: number) =>
    groups.flatMap(({ absY, observables }) => [
      ...observables.flatMap(({ edges }) => edges),
      ...absY.map((y) => sqrtS * Math.exp(-y)),
    ])
  return { groups, breaks }
}

/** The bin of m; -1 outside. */
function binOf(edges: readonly number[], m: number): number {
  if (m < edges[0] || m >= edges[edges.length - 1]) return -1
  return edges.findIndex((edge) => edge > m) - 1
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
