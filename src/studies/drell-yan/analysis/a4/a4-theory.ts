import { effectiveAtZ } from '../../../../physics/drell-yan/amplitude.ts'
import { a4PerAsymmetry, asymmetries } from '../../../../physics/drell-yan/asymmetry.ts'
import type { ObservableBins } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { computeTemplates } from '../../../../physics/drell-yan/templates.ts'
import type { PdfSet } from '../../../../physics/pdf/pdf-set.ts'
import { operatorNames } from '../../../../physics/smeft/operators.ts'
import type { A4Measurement } from './a4-measurement.ts'
import { a4Of, type A4Theory } from './a4-value.ts'

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
