import { shapeExcess, massRange, type ShapeChoice } from '../../../analysis/drell-yan/anomaly/shapes.ts'
import { absorbedTerms } from '../../../analysis/drell-yan/measurement.ts'
import { replicaSpectrum } from '../../../analysis/drell-yan/replicas.ts'
import type { UniverseModel } from '../../../analysis/drell-yan/universes.ts'
import { whitenSpectra } from '../../../analysis/drell-yan/whitening.ts'
import { runMlp, type Mlp } from '../../../ml/mlp.ts'
import type { ShapeIntent } from '../../../share/schema.ts'
import type { Subject } from '../../../state/subject.ts'

/** The subject with what was drawn on it. */
export interface DrawnSpectrum {
  spectrum: Float64Array // [bins], pb per bin
  whitened: Float32Array // [bins]
  latent: Float32Array // [d]
  /** It carries the noise of a measurement or replica; else it is an exact expectation. */
  noisy: boolean
  /** Degrees of freedom that its covariance has absorbed */
  absorbed: number
}

/** Subjects that are expectations; the others come with their own noise. */
export function isExact({ kind }: Pick<Subject, 'kind'>): boolean {
  return kind === 'live' || kind === 'universe'
}

/** A few milliseconds. @param noiseSeed  null for none; a subject with noise of its own gets no more */
export function drawnSpectrum(
  model: UniverseModel,
  encoder: Mlp,
  subject: Subject,
  shape: ShapeChoice | null,
  noiseSeed: number | null,
): DrawnSpectrum {
  const exact = isExact(subject)
  const absorbed = absorbedTerms(subject.kind)
  if (!shape && (noiseSeed === null || !exact)) return { ...subject, noisy: !exact, absorbed }
  const spectrum = Float64Array.from(subject.spectrum)
  if (shape) shapeExcess(model, shape).forEach((excess, b) => (spectrum[b] += excess))
  const seen =
    exact && noiseSeed !== null ? replicaSpectrum(model.whitening, spectrum, noiseSeed, 0, 0) : spectrum
  const whitened = whitenSpectra(model.whitening, seen, 1)
  return {
    spectrum: seen,
    whitened,
    latent: runMlp(encoder, whitened, 1),
    noisy: !exact || noiseSeed !== null,
    absorbed,
  }
}

/** The intent's shape as the analysis takes it. */
export function shapeOf(shape: ShapeIntent): ShapeChoice {
  const { kind, massGeV, widthGeV, strength } = shape
  if (kind === 'resonance') return { kind, massGeV, widthGeV, strength }
  return kind === 'kink' ? { kind, massGeV, strength } : { kind, strength }
}

/** A first shape of a kind, well inside the bins and large enough to be seen. */
export function firstShape(kind: ShapeIntent['kind'], model: UniverseModel): ShapeIntent {
  const [low, high] = massRange(model)
  const massGeV = Math.round(Math.min(Math.max(400, 1.5 * low), 0.6 * high))
  return { kind, massGeV, widthGeV: Math.round(0.05 * massGeV), strength: 0.15 }
}

/** How well each bin is known when all the others are given, pb: 1 / sqrt of the diagonal of the inverse covariance. */
export function localErrors({ whitening: { inverse, reference } }: UniverseModel): Float64Array {
  const bins = reference.length
  return Float64Array.from({ length: bins }, (_, b) => {
    let sum = 0
    for (let k = b; k < bins; k++) sum += inverse[k * bins + b] ** 2
    return 1 / Math.sqrt(sum)
  })
}

/**
 * Residual of the best universe per bin as a pull: the bin against what all other bins predict for it, in units of
 * how well they do. What moves all bins together (luminosity, PDF, scale) drops out, so a bump stands where it is.
 * Pulls are correlated: their squares do not add up to chi2.
 *
 * @param residual  [bins] whitened
 */
export function residualPulls(model: UniverseModel, residual: Float64Array): Float64Array {
  const { inverse } = model.whitening
  const bins = residual.length
  const local = localErrors(model)
  return local.map((error, b) => {
    let sum = 0
    for (let k = b; k < bins; k++) sum += inverse[k * bins + b] * residual[k]
    return sum * error
  })
}
