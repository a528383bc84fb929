import { a4PerAsymmetry } from '../../../../physics/drell-yan/asymmetry.ts'
import {
  type EftOrder,
  morphSpectrum,
  type SpectrumTemplates,
} from '../../../../physics/drell-yan/spectrum-templates.ts'

/** A_4 of the bins of a measurement in any universe. */
export interface A4Theory {
  templates: SpectrumTemplates // forward then backward of each bin, pb
  sm: Float64Array // [bins]
  /** dA_4/dC at the Standard Model, TeV^2 */
  linear: Float64Array // [17, bins]
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
export function a4Of(sides: Float64Array): Float64Array {
  return Float64Array.from({ length: sides.length / 2 }, (_, b) => {
    const [f, back] = [sides[2 * b], sides[2 * b + 1]]
    return (a4PerAsymmetry * (f - back)) / (f + back)
  })
}
