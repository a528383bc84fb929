import { AppError } from '../../errors.ts'
import { pdfShiftCount, relativePdfShifts } from './pdf-shifts.ts'
import { massPerUnit, observableRange } from './spectrum-templates.ts'
import type { DrellYanTemplates } from './templates.ts'

/** One fully correlated source: all bins move together by shift x (standard normal). */
export interface NuisanceSource {
  name: string
  description: string
  shift: Float64Array // [bins] pb, one standard deviation, signed
}

/** 'lo': the scales that the order has, by a factor two up and down (two sources at next-to-leading); 'nnlo-like': 1 % of every bin; 'none'. */
export const scaleModels = ['lo', 'nnlo-like', 'none'] as const
export type ScaleModel = (typeof scaleModels)[number]

/** Sizes are relative unless a unit is given; 0 switches a source off. */
export interface UncertaintyOptions {
  /** Integrated luminosity [fb^-1]; Infinity leaves no statistical error. */
  luminosityFb: number
  /** Share of events in the acceptance that are selected. */
  efficiency: number
  /** Independent error of every bin. */
  uncorrelated: number
  luminosity: number
  /** Correlated lepton efficiency and scale at low and at high mass; in between it grows with ln m. */
  lepton: { low: number; high: number }
  pdf: boolean
  scale: ScaleModel
}

/** The app's own choice, of the size of ATLAS and CMS Run 2 analyses; the paper's composition is not public. */
export const defaultUncertainties: UncertaintyOptions = {
  luminosityFb: 300,
  efficiency: 1,
  uncorrelated: 0.005,
  luminosity: 0.017,
  lepton: { low: 0.005, high: 0.01 },
  pdf: true,
  scale: 'nnlo-like',
}

/** Masses [GeV] between which the lepton error goes from `low` to `high`. */
const leptonRange: [number, number] = [100, 1000]

/**
 * Correlated sources of the SM spectrum, in pb per bin, for replicas
 * r_b = mu_b + statistical + sum_k shift_kb lambda_k with lambda_k ~ N(0, 1).
 *
 * @throws  AppError 'input/invalid' if 'lo' scale errors are asked of templates without scale variations
 */
export function nuisanceSources(templates: DrellYanTemplates, options: UncertaintyOptions): NuisanceSource[] {
  const { sm, bins, observables } = templates
  const sources: NuisanceSource[] = []
  const flat = (name: string, size: number, description: string) => {
    if (size > 0) sources.push({ name, description, shift: sm.map((value) => size * value) })
  }
  flat('luminosity', options.luminosity, `integrated luminosity, ${100 * options.luminosity} % of every bin`)

  const { low, high } = options.lepton
  if (low > 0 || high > 0) {
    const shift = new Float64Array(bins)
    let b = 0
    for (const { name, edges } of observables)
      for (let i = 0; i + 1 < edges.length; i++, b++) {
        const mass = massPerUnit[name] * 0.5 * (edges[i] + edges[i + 1])
        const t = Math.log(mass / leptonRange[0]) / Math.log(leptonRange[1] / leptonRange[0])
        shift[b] = sm[b] * (low + (high - low) * Math.min(1, Math.max(0, t)))
      }
    const description = `lepton efficiency and scale, ${100 * low} % up to m = 100 GeV (p_T = 50 GeV), ${100 * high} % from 1 TeV (500 GeV)`
    sources.push({ name: 'lepton', description, shift })
  }

  if (options.pdf) {
    const relative = relativePdfShifts(observables)
    for (let k = 0; k < pdfShiftCount; k++)
      sources.push({
        name: `pdf ${k + 1}`,
        description: `CT18NLO Hessian direction ${k + 1}, 68 %`,
        shift: sm.map((value, b) => value * relative[k * bins + b]),
      })
  }

  if (options.scale === 'nnlo-like')
    flat('scale', 0.01, 'missing higher orders, 1 % of every bin, about what is left at NNLO')
  else if (options.scale === 'lo') {
    const { scaleHalf, scaleDouble } = templates
    if (!scaleHalf || !scaleDouble)
      throw new AppError(
        'input/invalid',
        "The leading-order scale error needs templates with scaleVariations, these have none. Rebuild them or choose 'nnlo-like'.",
      )
    const nlo = templates.qcdOrder === 'nlo'
    sources.push({
      name: 'scale',
      description: nlo
        ? 'next-to-leading-order scales, half of (mu_F = mu_R = 2 m minus m / 2), signed'
        : 'leading-order factorisation scale, half of (mu_F = 2 m minus mu_F = m / 2), signed',
      shift: sm.map((_, b) => 0.5 * (scaleDouble[b] - scaleHalf[b])),
    })
    // Near a stationary scale both ways lead to the same side: the difference alone would call that no error.
    if (nlo)
      sources.push({
        name: 'scale, same side',
        description: 'mean of the shifts at mu_F = mu_R = 2 m and m / 2, signed',
        shift: sm.map((value, b) => 0.5 * (scaleDouble[b] + scaleHalf[b]) - value),
      })
  }
  return sources
}

/**
 * Poisson covariance of the SM spectrum. Both spectra are histograms of the same events, so
 * Cov(N_a of m_ll, N_b of p_T) = expected events in both; without it the concatenated vector counts events twice.
 * Positive semi-definite only: the two histograms have nearly the same sum.
 *
 * @returns  [bins, bins] pb^2
 */
export function statisticalCovariance(
  templates: DrellYanTemplates,
  options: UncertaintyOptions,
): Float64Array {
  const { sm, bins, joint, observables } = templates
  const covariance = new Float64Array(bins * bins)
  const perPb = options.luminosityFb * 1000 * options.efficiency
  if (!(perPb > 0))
    throw new AppError(
      'physics/out-of-range',
      `Luminosity x efficiency must be positive, got ${options.luminosityFb} /fb x ${options.efficiency}.`,
    )
  for (let b = 0; b < bins; b++) covariance[b * bins + b] = sm[b] / perPb
  const mll = observableRange(observables, 'mll')
  const ptl = observableRange(observables, 'ptl')
  if (joint && mll && ptl)
    for (let a = mll.start; a < mll.end; a++)
      for (let b = ptl.start; b < ptl.end; b++) {
        const shared = joint[(a - mll.start) * (ptl.end - ptl.start) + (b - ptl.start)] / perPb
        covariance[a * bins + b] = covariance[b * bins + a] = shared
      }
  return covariance
}

/** Everything that replicas and whitening need, at the SM. */
export interface UncertaintyModel {
  statistical: Float64Array // [bins, bins] pb^2
  uncorrelated: Float64Array // [bins] pb
  sources: NuisanceSource[]
}

export function uncertaintyModel(
  templates: DrellYanTemplates,
  options: UncertaintyOptions = defaultUncertainties,
): UncertaintyModel {
  return {
    statistical: statisticalCovariance(templates, options),
    uncorrelated: templates.sm.map((value) => options.uncorrelated * value),
    sources: nuisanceSources(templates, options),
  }
}

/** Sigma = statistical + diag(uncorrelated^2) + sum_k shift_k shift_k^T, [bins, bins] pb^2. */
export function totalCovariance(model: UncertaintyModel): Float64Array {
  const bins = model.uncorrelated.length
  const total = Float64Array.from(model.statistical)
  for (let b = 0; b < bins; b++) total[b * bins + b] += model.uncorrelated[b] ** 2
  for (const { shift } of model.sources)
    for (let a = 0; a < bins; a++) for (let b = 0; b < bins; b++) total[a * bins + b] += shift[a] * shift[b]
  return total
}
