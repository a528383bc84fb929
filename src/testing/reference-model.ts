import reference from '../studies/drell-yan/analysis/reference/ct14lo-templates.json' with { type: 'json' }
import { balancedPrior } from '../studies/drell-yan/analysis/prior.ts'
import type { UniverseModel } from '../studies/drell-yan/analysis/universes.ts'
import { createWhitening, whitenedTemplates } from '../studies/drell-yan/analysis/whitening.ts'
import { relativePdfShifts } from '../physics/drell-yan/pdf-shifts.ts'
import { spectrumTemplates, type ObservableBins } from '../physics/drell-yan/spectrum-templates.ts'
import { operatorNames, quadraticCount } from '../physics/smeft/operators.ts'

const luminosityInvPb = 300_000

/**
 * The model behind the numbers of drell-yan notes 7.4 and 7.5: the notes' own CT14lo templates, statistics without
 * the m_ll-p_T correlation, 0.5 % uncorrelated, 1.7 % luminosity, CT18NLO and the full leading-order scale shift.
 *
 * @param mllBelow, ptlBelow  [GeV] bins that end above are left out; 0 leaves out the observable
 */
export function referenceModel(mllBelow: number, ptlBelow: number, priorSigmas: number): UniverseModel {
  const all: ObservableBins[] = [
    { name: 'mll', edges: reference.mllEdges },
    { name: 'ptl', edges: reference.ptlEdges },
  ]
  const kept = [mllBelow, ptlBelow].map((below, i) => all[i].edges.filter((edge) => edge <= below))
  const first = [0, reference.mllEdges.length - 1]
  const pick = kept.flatMap((edges, i) => edges.slice(1).map((_, b) => first[i] + b))
  const observables = all
    .map(({ name }, i) => ({ name, edges: kept[i] }))
    .filter(({ edges }) => edges.length > 1)
  const bins = pick.length
  const take = (row: ArrayLike<number>) => Float64Array.from(pick, (at) => row[at])

  const sm = take(reference.sm)
  const linear = new Float64Array(operatorNames.length * bins)
  operatorNames.forEach((name, o) =>
    linear.set(take(reference.linear[reference.operators.indexOf(name)]), o * bins),
  )
  const shifts = [
    sm.map((value) => 0.017 * value),
    take(reference.scaleDouble.map((value, at) => 0.5 * (value - reference.scaleHalf[at]))),
  ]
  const pdf = relativePdfShifts(all)
  const width = reference.sm.length
  for (let k = 0; k < pdf.length / width; k++)
    shifts.push(take(pdf.subarray(k * width, (k + 1) * width)).map((relative, b) => relative * sm[b]))
  const covariance = new Float64Array(bins * bins)
  for (let b = 0; b < bins; b++) covariance[b * bins + b] = sm[b] / luminosityInvPb + (0.005 * sm[b]) ** 2
  for (const shift of shifts)
    for (let a = 0; a < bins; a++)
      for (let b = 0; b < bins; b++) covariance[a * bins + b] += shift[a] * shift[b]

  const quadratic = new Float64Array(quadraticCount * bins)
  const templates = spectrumTemplates({ observables, sm, linear, quadratic })
  const whitening = createWhitening(sm, covariance)
  const prior = balancedPrior(whitenedTemplates(whitening, templates), priorSigmas)
  return { templates, covariance, whitening, prior }
}
