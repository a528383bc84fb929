import { AppError } from '../../errors.ts'
import { wasTooSmall } from '../device-loss.ts'
import type { TransformerBackend } from './transformer-backend.ts'

/**
 * A backend that outlives its graphics card. Parameters are with the caller, so that what was asked of a card that was
 * lost is asked again of the backend that `restart` gives.
 *
 * @param restart  another backend after so many losses; tooSmall: the card has not the memory for such a step
 */
export function createRecoveringBackend(
  first: TransformerBackend,
  restart: (losses: number, tooSmall: boolean) => Promise<TransformerBackend>,
): TransformerBackend {
  let backend = first
  let losses = 0

  async function insist<T>(work: (backend: TransformerBackend) => T | Promise<T>): Promise<T> {
    for (;;)
      try {
        return await work(backend)
      } catch (thrown) {
        if (AppError.from(thrown).code !== 'ml/device-lost') throw thrown
        backend.dispose()
        backend = await restart(++losses, wasTooSmall(thrown))
      }
  }

  return {
    get name() {
      return backend.name
    },
    gradients: (...asked) => insist((now) => now.gradients(...asked)),
    losses: (...asked) => insist((now) => now.losses(...asked)),
    outputs: (...asked) => insist((now) => now.outputs(...asked)),
    features: (...asked) => insist((now) => now.features(...asked)),
    dispose: () => backend.dispose(),
  }
}
