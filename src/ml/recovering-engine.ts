import { AppError } from '../errors.ts'
import { wasTooSmall } from './device-loss.ts'
import type { EncoderEngine } from './encoder-engine.ts'

/**
 * An engine that outlives its graphics card: parameters and moments are plain arrays in memory, so that a step during
 * which the card was lost is made once more, on the engine that `restart` gives, from the same numbers.
 *
 * @param restart  another engine after so many losses; tooSmall: the card has not the memory for such a step
 */
export function createRecoveringEngine(
  first: EncoderEngine,
  restart: (losses: number, tooSmall: boolean) => Promise<EncoderEngine>,
): EncoderEngine & { goOnWith(next: EncoderEngine): Promise<void> } {
  let engine = first
  let losses = 0

  async function replace(tooSmall: boolean): Promise<void> {
    const state = await engine.state()
    engine.dispose()
    engine = await restart(++losses, tooSmall)
    await engine.restore(state)
  }

  /** Another engine takes over between two steps. */
  async function goOnWith(next: EncoderEngine): Promise<void> {
    await next.restore(await engine.state())
    engine.dispose()
    engine = next
  }

  async function again(loss: unknown, batch: Parameters<EncoderEngine['step']>): Promise<number> {
    for (let last = loss; ;) {
      await replace(wasTooSmall(last))
      try {
        return await engine.step(...batch)
      } catch (thrown) {
        if (!isLoss(thrown)) throw thrown
        last = thrown
      }
    }
  }

  return {
    goOnWith,
    get name() {
      return engine.name
    },
    step(...batch) {
      const loss = engine.step(...batch)
      if (typeof loss === 'number') return loss
      return loss.catch((thrown: unknown) => {
        if (!isLoss(thrown)) throw thrown
        return again(thrown, batch)
      })
    },
    parameters: () => engine.parameters(),
    state: () => engine.state(),
    restore: (state) => engine.restore(state),
    dispose: () => engine.dispose(),
  }
}

function isLoss(thrown: unknown): boolean {
  return AppError.from(thrown).code === 'ml/device-lost'
}
