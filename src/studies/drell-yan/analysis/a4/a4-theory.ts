import { effectiveAtZ } from '../../../../physics/drell-yan/amplitude.ts'
import { a4PerAsymmetry, asymmetries } from '../../../../physics/drell-yan/asymmetry.ts'
import {
  type EftOrder,
  morphSpectrum,
  type ObservableBins,
  type SpectrumTemplates,
} from '../../../../physics/drell-yan/spectrum-templates.ts'
import { computeTemplates } from '../../../../physics/drell-yan/templates.ts'
import type { PdfSet } from '../../../../physics/pdf/pdf-set.ts'
import { operatorNames } from '../../../../physics/smeft/operators.ts'
import type { A4Measurement } from './a4-measurement.ts'

/** A_4 of the bins of a measurement in any universe. */
export interface A4Theory {
  templates: SpectrumTemplates // forward then backward of each bin, pb
  sm: Float64Array // [bins]
  /** dA_4/dC at the Standard Model, TeV^2 */
  linear: Float64Array // [17, bins]
}

/**
 * Leading order in full phase space, with the effective sin^2(theta) in the Standard Model's Z couplings: the angle of
 * the inputs is off by 2,700 units of chi2 (drell-yan-beyond-lo notes C.1b). Higher orders of QCD nearly cancel in A_4.
 */
export function a4Theory(measurement: Pick<A4Measurement, 'bins' | 'sqrtSGeV'>, pdf: PdfSet): A4Theory {
  const observables = measurement.bins.flatMap(({ absY, mass }): ObservableBins[] =>
    (['forward', 'backward'] as const).map((name) => ({ name, edges: [...mass], absY })),
  )
  const templates = computeTemplates({
    ...{ observables, pdf, sqrtS: measurement.sqrtSGeV, scheme: 'MW', muF: 'mll', cuts: null },
    ...{ widthShift: false, scaleVariations: false, effective: effectiveAtZ },
  })
  const bins = measurement.bins.length
  const linear = new Float64Array(operatorNames.length * bins)
  asymmetries(templates).forEach((bin, b) =>
    bin.linear.forEach((value, o) => (linear[o * bins + b] = a4PerAsymmetry * value)),
  )
  return { templates, sm: a4Of(templates.sm), linear }
}

/** A_4 of one universe: the quotient itself, not its expansion. @returns [bins] */
export function morphA4(
  { templates }: A4Theory,
  coefficients: ArrayLike<number>,
  order: EftOrder,
): Float64Array {
  return a4Of(morphSpectrum(templates, coefficients, order))
}

/** @param sides  forward and backward of each bin in turn */
function a4Of(sides: Float64Array): Float64Array {
  return Float64Array.from({ length: sides.length / 2 }, (_, b) => {
    const [f, back] = [sides[2 * b], sides[2 * b + 1]]
    return (a4PerAsymmetry * (f - back)) / (f + back)
  })
}
