import { AppError } from '../../../errors.ts'
import { buildTemplates, type DrellYanTemplates } from '../../../physics/drell-yan/templates.ts'
import {
  defaultUncertainties,
  totalCovariance,
  uncertaintyModel,
  type UncertaintyModel,
} from '../../../physics/drell-yan/uncertainties.ts'
import type { PdfSet } from '../../../physics/pdf/pdf-set.ts'
import { balancedPrior, type CoefficientPrior } from './prior.ts'
import { setupBins } from './setup-bins.ts'
import type { DatasetSetup } from './setup.ts'
import type { UniverseModel } from './universes.ts'
import { createWhitening, whitenedTemplates } from './whitening.ts'

export interface BuiltModel {
  model: UniverseModel
  templates: DrellYanTemplates
  uncertainties: UncertaintyModel
  whitenedLinear: Float64Array // [17, bins]
  /** SM over leading order with the same densities and scales [bins]; null at leading order */
  kFactor: number[] | null
}

/**
 * Templates, covariance, whitening and prior of a set-up on its bins. Yields the fraction done.
 *
 * @throws       AppError 'physics/out-of-range' where the SM expects nothing, or less, in a bin
 * @param given  the prior of another dataset, whose universes are drawn again; absent: balanced on these bins
 */
export function* buildUniverseModel(
  setup: DatasetSetup,
  pdf: PdfSet,
  given?: CoefficientPrior,
): Generator<number, BuiltModel> {
  const steps = buildTemplates({
    observables: setupBins(setup),
    pdf,
    sqrtS: setup.sqrtSGeV,
    scheme: setup.scheme,
    muF: setup.muF,
    order: setup.qcdOrder,
    cuts: setup.bins === 'mll' ? null : { ptMin: setup.ptMinGeV, absEtaMax: setup.absEtaMax },
    widthShift: setup.widthShift,
    scaleVariations: setup.scale === 'lo',
  })
  let step = steps.next()
  while (!step.done) {
    yield step.value
    step = steps.next()
  }
  const templates = step.value
  refuseNegative(templates, pdf)
  const uncertainties = uncertaintyModel(templates, {
    ...defaultUncertainties,
    luminosityFb: setup.luminosityInvFb,
    scale: setup.scale,
  })
  const covariance = totalCovariance(uncertainties)
  const whitening = createWhitening(templates.sm, covariance)
  const whitenedLinear = whitenedTemplates(whitening, templates)
  const prior = given ?? balancedPrior(whitenedLinear, setup.priorSigmas)
  const { leading } = templates
  const kFactor = leading ? Array.from(templates.sm, (sm, b) => sm / leading[b]) : null
  const model = { templates, covariance, whitening, prior }
  return { model, templates, uncertainties, whitenedLinear, kFactor }
}

/** Densities below zero, as some sets have them at high mass, are no expectation to draw events about. */
function refuseNegative({ observables, sm }: DrellYanTemplates, pdf: PdfSet): void {
  let at = 0
  for (const { name, edges, absY } of observables)
    for (let b = 0; b + 1 < edges.length; b++, at++) {
      if (sm[at] > 0) continue
      const where = `${edges[b]} to ${edges[b + 1]} GeV of ${name}${absY ? ` at |y| ${absY[0]} to ${absY[1]}` : ''}`
      throw new AppError(
        'physics/out-of-range',
        `The SM rate must be above 0 in every bin, but ${pdf.id} gives ${sm[at].toExponential(2)} pb at ${where}: its luminosities are not positive there. Take another set of densities, or a larger sqrt(s).`,
        { bin: at, sm: sm[at] },
      )
    }
}
