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
}

/**
 * Templates, covariance, whitening and prior of a set-up on its bins. Yields the fraction done.
 *
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
    cuts: { ptMin: setup.ptMinGeV, absEtaMax: setup.absEtaMax },
    widthShift: setup.widthShift,
    scaleVariations: setup.scale === 'lo',
  })
  let step = steps.next()
  while (!step.done) {
    yield step.value
    step = steps.next()
  }
  const templates = step.value
  const uncertainties = uncertaintyModel(templates, {
    ...defaultUncertainties,
    luminosityFb: setup.luminosityInvFb,
    scale: setup.scale,
  })
  const covariance = totalCovariance(uncertainties)
  const whitening = createWhitening(templates.sm, covariance)
  const whitenedLinear = whitenedTemplates(whitening, templates)
  const prior = given ?? balancedPrior(whitenedLinear, setup.priorSigmas)
  return { model: { templates, covariance, whitening, prior }, templates, uncertainties, whitenedLinear }
}
