import type { Bundled, Unbundled } from '../../../core/bundling.ts'
import type { NotCarried } from '../../../core/not-carried.ts'
import { shortName } from '../../../errors.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import type { ReadBundleItem } from '../../../share/bundle/bundle-format.ts'
import type { MultiTopJobs } from '../jobs.ts'
import type { MultiTopContext } from '../model.ts'
import { multiTopNotCarried, shownTransformers } from './not-carried.ts'
import type { EventFile } from './own-event-file.ts'
import type { OwnTransformers } from './own-transformers.ts'
import { keepImported } from './transformer-drops.ts'

interface Ports {
  context: Pick<MultiTopContext, 'store'>
  transformers: OwnTransformers
  compute: JobClient<MultiTopJobs>
  shownFile(): EventFile | null
  putFile(file: EventFile): Promise<void>
  /** Looks again for a transformer that was not here. */
  lookAgain(): void
}

/** What bundles take of this study and give back: a file of events as it is, transformers as their exported files. */
export function createBundling({ context, transformers, compute, shownFile, putFile, lookAgain }: Ports) {
  const { store } = context
  return {
    async bundled(): Promise<Bundled> {
      const state = store.getState()
      const { intent } = state
      const items: Bundled['items'][number][] = []
      const file = state.dropped.value ? shownFile() : null
      if (file) items.push({ kind: 'events', holds: { files: [{ name: file.name, content: file.bytes }] } })
      const lacks: NotCarried[] = multiTopNotCarried(state, intent).filter(({ kind }) => kind === 'training')
      for (const { id } of shownTransformers(state, intent)) {
        const own = await transformers.filesOf(id)
        if (!own) lacks.push({ kind: 'networks', name: id })
        else {
          const files = [
            { name: 'card.json', content: own.card },
            { name: 'weights.bin', content: Uint8Array.from(own.weights) },
          ]
          items.push({ kind: 'networks', holds: { files } })
        }
      }
      return { items, lacks }
    },
    /** @throws AppError for files that cannot be read */
    async unbundle(items: readonly ReadBundleItem[]): Promise<Unbundled> {
      const of = (kind: string) => items.filter((item) => item.kind === kind)
      const [file] = of('events').flatMap((item) => item.files)
      const events = file && { name: shortName(file.name), bytes: file.bytes }
      if (events) await compute.run('count-events', events).promise
      const models = await Promise.all(
        of('networks').map(({ files }) => compute.run('import-transformer', { files }).promise),
      )
      return {
        async lay() {
          for (const made of models) await keepImported(transformers, made)
        },
        async finish() {
          lookAgain()
          if (events) await putFile(events)
        },
        notes: [],
      }
    },
  }
}
