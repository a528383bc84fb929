import { hardProcessFromOptions } from '../../../cli/cross-section/set-up.ts'
import { samplingFromOptions } from '../../../cli/generate/sampling.ts'
import { partOptions } from '../../../cli/samples/part-options.ts'
import type { ReconstructedEvent } from '../../../generator/detector/reconstructed.ts'
import { createPartonEventSource } from '../../../generator/parton-events/event-block.ts'
import type { PartonEvents } from '../../../generator/parton-events/parton-events.ts'
import type { SampleModel } from '../../../generator/samples/models.ts'
import { createSampleChain } from '../../../generator/samples/sample-chain.ts'

/** Events as samples are made, with what samples do not keep. */
export interface BlockWithPartons {
  partons: PartonEvents
  /** One for each event, before any selection. */
  detected: ReconstructedEvent[]
  /** See EventBlock. */
  trials: number
  sum: number
}

/** Blocks of events of a process, with the truth about them, without end. */
export async function* eventsWithPartons(
  model: SampleModel,
  seed: number,
): AsyncGenerator<BlockWithPartons, never, void> {
  const options = partOptions(model, seed, 1)
  const { hard, kernel, set } = await hardProcessFromOptions(options, () => undefined)
  const sampling = await samplingFromOptions(options, hard, { step: () => Promise.resolve() })
  const decays = { mChi: set.darkMatter.mChi }
  const source = createPartonEventSource(hard, sampling, { seed, kernel, decays })
  const { pdf, sqrtS } = hard.collision
  const chain = createSampleChain({ pdf, sqrtS, seed, kernel })
  for (let number = 0; ; number++) {
    const { events: partons, trials, sum } = source.block(number)
    yield { partons, detected: chain.detected(partons, number), trials, sum }
  }
}
