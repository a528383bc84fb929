import type { DatasetManifest } from '../../../dataset/manifest.ts'
import { chi2Survival } from '../../../statistics/special.ts'
import type { UniverseModel } from './universes.ts'
import { whitenSpectra } from './whitening.ts'

/** A measurement beside the theory of its dataset. */
export interface MeasurementComparison {
  title: string
  citation: string
  url: string
  note: string
  spectrum: Float64Array // [bins], pb per bin
  error: Float64Array // [bins], pb per bin, published total
  whitened: Float32Array // [bins], with the enlarged covariance
  kFactor: { value: Float64Array; error: Float64Array } // [3]
  kFits: { name: string; chi2: number; degreesOfFreedom: number }[]
  /** Where leptons radiate: L as fitted with a constant K, and by how much its chi2 falls without each bin. */
  radiation: { logarithm: number; error: number; drop: Float64Array } | null
  full: { edges: Float64Array; value: Float64Array; error: Float64Array; sm: Float64Array }
  /** chi2 to the SM with the enlarged covariance */
  chi2ToSm: number
  degreesOfFreedom: number
  pValue: number
}

/** Terms of K(m), quadratic in ln m, that the covariance leaves free: each uses up a degree of freedom. */
export const freeKTerms = 3

/** Degrees of freedom that the covariance has absorbed of a spectrum: only the measurement itself has free parameters. */
export function absorbedTerms(kind: string, manifest: Pick<DatasetManifest, 'measurement'>): number {
  return kind === 'measurement' ? freeTerms(manifest) : 0
}

function freeTerms({ measurement }: Pick<DatasetManifest, 'measurement'>): number {
  return measurement?.freeTerms ?? freeKTerms
}

const kFitNames = ['constant', 'linear in ln m', 'quadratic in ln m']

/** Reads the arrays of a measurement's dataset; null for a dataset without one. */
export async function readMeasurement(
  manifest: DatasetManifest,
  model: UniverseModel,
  read: (name: string, shape: number[]) => Promise<Float64Array>,
): Promise<MeasurementComparison | null> {
  if (!manifest.measurement) return null
  const bins = model.templates.bins
  const all = manifest.arrays['full-measured']?.shape[0] ?? 0
  const radiates = manifest.arrays.radiation !== undefined
  const [spectrum, covariance, k, fits, edges, value, error, sm, radiation, drop] = await Promise.all([
    read('measured', [bins]),
    read('measured-covariance', [bins, bins]),
    read('k-factor', [2, 3]),
    read('k-fits', [3, 2]),
    read('full-edges', [all + 1]),
    read('full-measured', [all]),
    read('full-error', [all]),
    read('full-sm', [all]),
    radiates ? read('radiation', [2]) : null,
    radiates ? read('chi2-drop', [bins]) : null,
  ])
  const whitened = whitenSpectra(model.whitening, spectrum, 1)
  const chi2ToSm = whitened.reduce((sum, w) => sum + w * w, 0)
  const degreesOfFreedom = bins - freeTerms(manifest)
  return {
    ...manifest.measurement,
    spectrum,
    error: Float64Array.from({ length: bins }, (_, b) => Math.sqrt(covariance[b * bins + b])),
    whitened,
    kFactor: { value: k.slice(0, 3), error: k.slice(3) },
    kFits: kFitNames.map((name, i) => ({ name, chi2: fits[2 * i], degreesOfFreedom: fits[2 * i + 1] })),
    radiation: radiation && drop && { logarithm: radiation[0], error: radiation[1], drop },
    full: { edges, value, error, sm },
    chi2ToSm,
    degreesOfFreedom,
    pValue: chi2Survival(chi2ToSm, degreesOfFreedom),
  }
}
