import { agreementOf } from '../../analysis/agreement.ts'
import type { UniverseModel } from '../../analysis/universes.ts'
import type { Subject } from '../../state/subject.ts'
import { formatNumber } from '../../../../ui/common/format.ts'
import { agreementText } from '../spectra/agreement-text.ts'

/** What all bins together say of the subject against the Standard Model. */
export function smJudgement(
  model: UniverseModel,
  { whitened, noisy, absorbed, kind }: Pick<Subject, 'whitened' | 'noisy' | 'absorbed' | 'kind'>,
): string {
  const { observables } = model.templates
  if (noisy) {
    const agreement = agreementOf(model, Float64Array.from(whitened), absorbed)
    return agreementText(agreement, observables, kind === 'measurement' ? 'data and theory' : 'the dataset')
  }
  const distance = Math.hypot(...whitened)
  const degrees = whitened.length - absorbed
  return `Full covariance, all ${whitened.length} bins: D = ${formatNumber(distance)}; measurements of it have χ² = ${formatNumber(distance ** 2 + degrees)} / ${degrees} to the Standard Model on average.`
}
