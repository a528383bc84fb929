import type { Make } from '../../../core/product.ts'
import type { SeenState } from '../../../core/study-store.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import type { LearnedMap } from '../analysis/map/learned-map.ts'
import type { MultiTopJobs } from '../jobs.ts'
import type { MultiTopModel } from '../model.ts'

type Seen = SeenState<MultiTopModel['intent'], MultiTopModel['state']>

/** All that decides the learned space of the events; null where nothing asks for it, or its parts are not there. */
export function learnedKey({ intent, events, transformer }: Seen): string | null {
  const { space, neighbourSpace, view } = intent
  if (events.status !== 'ready' || transformer.status !== 'ready') return null
  if (view !== 'explore' || (space !== 'learned' && neighbourSpace !== 'learned')) return null
  return JSON.stringify([events.key, transformer.key])
}

/** Has the transformer embed them. */
export function makeLearned(
  { intent, events, transformer }: Seen,
  compute: JobClient<MultiTopJobs>,
): Make<LearnedMap> {
  return async (making) => {
    if (!events.value || !transformer.value) return null
    const { raw, filled, labels, events: count, values: input } = events.value
    const request = {
      ...{ transformer: transformer.value.source, input, splitSeed: intent.seed },
      events: { raw, filled, labels, events: count },
    }
    return compute.run('learned-map', request, making).promise
  }
}
