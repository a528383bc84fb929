import type { Sampling } from '../../generator/hard-process/unweighting.ts'
import { createPartonEventSource, eventsPerBlock } from '../../generator/parton-events/event-block.ts'
import type { hardProcessFromOptions } from '../cross-section/set-up.ts'
import { createContentMaker, type EventContent } from './event-content.ts'
import type { GenerateOptions } from './options.ts'

/** The first `count` events of a block. */
export interface EventTask {
  number: number
  count: number
}

export interface EventAnswer {
  content: EventContent
  /** Events with nothing for a detector to see. */
  empty: number
  /** See EventBlock. */
  trials: number
  sum: number
  sum2: number
  /** Σ of the events' weights */
  weights: number
}

export interface EventMaker {
  /** Partonic processes as the events count them. */
  readonly subprocesses: readonly string[]
  make(task: EventTask): EventAnswer
}

/** Makes blocks of events from the options and a sampling alone, in any thread the same. */
export function createEventMaker(
  options: GenerateOptions,
  sampling: Sampling,
  { hard, kernel, set }: Awaited<ReturnType<typeof hardProcessFromOptions>>,
): EventMaker {
  const decays = options.decays === 'all' ? { mChi: set.darkMatter.mChi } : undefined
  const source = createPartonEventSource(hard, sampling, { seed: options.seed, kernel, decays })
  const contentOf = createContentMaker(options, hard.collision, kernel)
  return {
    subprocesses: source.subprocesses,
    make({ number, count }) {
      const { events, trials, sum, sum2 } = source.block(number, count)
      let weights = 0
      for (const weight of events.weight) weights += weight
      return { ...contentOf(events, number, number * eventsPerBlock), trials, sum, sum2, weights }
    },
  }
}
