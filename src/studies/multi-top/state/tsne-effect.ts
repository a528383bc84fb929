import type { Make } from '../../../core/product.ts'
import type { SeenState } from '../../../core/study-store.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import type { MultiTopJobs } from '../jobs.ts'
import type { MultiTopModel, ShownTsne } from '../model.ts'

type Seen = SeenState<MultiTopModel['intent'], MultiTopModel['state']>

/** All that decides a map by t-SNE; null where none is asked for, or its events are not there. */
export function tsneKey({ intent, events }: Seen): string | null {
  const { layout, metric, perplexity, seed } = intent
  if (layout !== 'tsne' || events.status !== 'ready') return null
  return JSON.stringify([events.key, metric, perplexity, seed])
}

/** Lays the events out, shown as they move. */
export function makeTsne({ intent, events }: Seen, compute: JobClient<MultiTopJobs>): Make<ShownTsne> {
  return async ({ signal, tell }) => {
    const { value, key = '' } = events
    if (!value) return null
    const { metric, perplexity, seed } = intent
    const { values, events: count, tokens, labels } = value
    const request = { values, events: count, dimensions: tokens, labels, metric, perplexity, seed }
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
