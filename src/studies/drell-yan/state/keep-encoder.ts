import type { EncoderBundle } from '../analysis/datasets/model-bundle.ts'
import { tellUnstored } from '../../../core/own-models.ts'
import type { Actions } from './actions.ts'
import { partsOf, type OwnEncoder } from './own-encoders.ts'
import type { Services } from './services.ts'

/** An encoder of one's own at hand at once, and stored; where the browser does not store it, that is said. */
export function keepEncoder(
  { encoders }: Pick<Services, 'encoders'>,
  actions: Pick<Actions, 'notSaved'>,
  made: EncoderBundle,
  origin: OwnEncoder['origin'],
): Promise<void> {
  const parts = partsOf(made, origin)
  return tellUnstored(actions, encoders, parts[0], encoders.keep(...parts))
}
