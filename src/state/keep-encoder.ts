import type { EncoderBundle } from '../analysis/model-bundle.ts'
import { AppError } from '../errors.ts'
import type { Actions } from './actions.ts'
import type { OwnEncoder } from './own-encoders.ts'
import type { Services } from './services.ts'

/** An encoder of one's own at hand at once, and stored; where the browser does not store it, that is said. */
export async function keepEncoder(
  { encoders }: Pick<Services, 'encoders'>,
  actions: Pick<Actions, 'notify'>,
  made: EncoderBundle,
  origin: OwnEncoder['origin'],
): Promise<void> {
  const lost = (why: string) =>
    actions.notify(
      'warning',
      `${made.encoder.id} is not stored in this browser (${why}): it is gone when the page is closed. ${origin === 'trained' ? 'Export it to keep it.' : 'Keep its files.'}`,
    )
  try {
    await encoders.keep(made, origin)
    if (!encoders.durable) lost('private window or blocked storage')
  } catch (thrown) {
    lost(AppError.from(thrown).message)
  }
}
