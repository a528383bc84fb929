import type { Make } from '../../../core/product.ts'
import type { SeenState } from '../../../core/study-store.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import type { MultiTopJobs } from '../jobs.ts'
import type { MultiTopModel, ShownTsne } from '../model.ts'

type Seen = SeenState<MultiTopModel['intent'], MultiTopModel['state']>

/** All that decides a map by t-SNE; null where none is asked for, or its events are not there. */
export function tsneKey({ intent, events, learned }: Seen): string | null {
  const { layout, space, metric, perplexity, seed } = intent
  if (layout !== 'tsne' || events.status !== 'ready') return null
  if (space === 'learned' && learned.status !== 'ready') return null
  return JSON.stringify([tsneSpace(space, events.key, learned.key), metric, perplexity, seed])
}

/** Names the space that is laid out. */
export const tsneSpace = (space: 'input' | 'learned', events = '', learned = ''): string =>
  space === 'input' ? events : `learned ${learned}`

/** Lays the events out, shown as they move. */
export function makeTsne(
  { intent, events, learned }: Seen,
  compute: JobClient<MultiTopJobs>,
): Make<ShownTsne> {
  return async ({ signal, tell }) => {
    const { value } = events
    const { space, metric, perplexity, seed } = intent
    const own = space === 'learned' ? learned.value : undefined
    if (!value || (space === 'learned' && !own)) return null
    const key = tsneSpace(space, events.key, learned.key)
    const { events: count, tokens, labels } = value
    const request = {
      ...(own
        ? { values: own.components, dimensions: own.componentCount }
        : { values: value.values, dimensions: tokens }),
      ...{ events: count, labels, metric, perplexity, seed },
    }
    const { map, kl, purity } = await compute.run('tsne-map', request, {
      signal,
      onProgress: (news) =>
        tell(() => ({
          fraction: news.fraction,
          value: { events: key, map: news.map, kl: news.kl, purity: null },
        })),
    }).promise
    return { events: key, map, kl, purity }
  }
}
