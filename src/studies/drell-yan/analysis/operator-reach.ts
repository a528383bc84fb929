import { operators, pairIndex, type OperatorInfo } from '../../../physics/smeft/operators.ts'
import { fisherLimits } from './fisher-limits.ts'
import { shownErrors, shownSpectrum, shownValues } from './shown-spectrum.ts'
import type { UniverseModel } from './universes.ts'

/** Where in the m_ll spectrum an operator acts, and up to which scale of new physics these data would see it. */
export interface OperatorReach {
  operator: OperatorInfo
  /** Linear term over the SM in the bin that holds m_Z; % for C = 1 TeV^-2 */
  atPeak: number
  /** The same in the last bin of m_ll. */
  inTail: number
  /** Squared term over the SM in the last bin; % for C = 1 TeV^-2 */
  squaredInTail: number
  /**
   * n of |linear / SM| ~ m^n between the first bin above 300 GeV and the last: near 0 where an operator changes couplings
   * of the Z, near 2 where it adds a contact term (arXiv:1609.08157, section 2); anything where parts of u and d cancel.
   */
  growth: number
  /** Bin of m_ll [GeV] that has most of the operator's information where bins are taken alone. */
  strongest: [low: number, high: number]
  /** One standard deviation with all other coefficients at zero; TeV^-2 */
  sigma: number
  /** Lambda [TeV] up to which C = 1 is excluded at 95 %, all others at zero: 1 / sqrt(1.96 sigma), in linear theory. */
  reach: number
}

const zMass = 91.1876
const tailFrom = 300
const twoSided95 = 1.959964

/**
 * For all 17 operators, exactly, from the templates and the covariance of a dataset.
 *
 * @returns null for a dataset without bins of m_ll that hold the Z peak and a tail
 */
export function operatorReach(model: UniverseModel): OperatorReach[] | null {
  const { templates, covariance } = model
  const mll = shownSpectrum(templates.observables, 'mll')
  if (mll.name !== 'mll') return null
  const { edges } = mll
  const peak = edges.findIndex((low, b) => low <= zMass && zMass < edges[b + 1])
  const first = edges.findIndex((low) => low >= tailFrom)
  const last = edges.length - 2
  if (peak < 0 || first < 0 || first >= last) return null
  const { bins, linear, quadratic } = templates
  const sm = shownValues(mll, templates.sm)
  const errors = shownErrors(mll, templates.sm, covariance)
  const row = (values: Float64Array, at: number) =>
    shownValues(mll, values.subarray(at * bins, (at + 1) * bins))
  const { single } = fisherLimits(model)
  const middle = (b: number) => Math.sqrt(edges[b] * edges[b + 1])
  return operators.map((operator, o) => {
    const moved = row(linear, o)
    const relative = (b: number) => moved[b] / sm[b]
    let strongest = 0
    let most = 0
    for (let b = 0; b <= last; b++) {
      const information = (moved[b] / errors[b]) ** 2
      if (information > most) [most, strongest] = [information, b]
    }
    return {
      operator,
      atPeak: 100 * relative(peak),
      inTail: 100 * relative(last),
      squaredInTail: (100 * row(quadratic, pairIndex(o, o))[last]) / sm[last],
      growth: Math.log(Math.abs(relative(last) / relative(first))) / Math.log(middle(last) / middle(first)),
      strongest: [edges[strongest], edges[strongest + 1]],
      sigma: single[o],
      reach: 1 / Math.sqrt(twoSided95 * single[o]),
    }
  })
}
