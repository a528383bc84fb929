import type { Bundled, Unbundled } from '../../../core/bundling.ts'
import type { NotCarried } from '../../../core/not-carried.ts'
import { freeModelId, tellUnstored } from '../../../core/own-models.ts'
import { shortName } from '../../../errors.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import type { ReadBundleItem } from '../../../share/bundle/bundle-format.ts'
import { sortModelFiles } from '../../../ml/sort-model-files.ts'
import type { EventsIntent } from '../intent.ts'
import type { EventsJobs } from '../jobs.ts'
import type { EventsContext } from '../model.ts'
import { ownDataset } from '../own-dataset.ts'
import { eventsNotCarried, shownEncoders, shownFiles } from './not-carried.ts'
import { partsOf, type OwnEncoders } from './own-encoders.ts'
import { eventFile, ownFileOf, type OwnFiles } from './own-files.ts'

interface Ports {
  context: EventsContext
  files: OwnFiles
  encoders: OwnEncoders
  compute: JobClient<EventsJobs>
  /** Encoders that are shipped. */
  shipped: readonly { id: string }[]
}

/** What bundles take of this study and give back: files of events as they are, encoders as their exported files. */
export function createBundling({ context, files, encoders, compute, shipped }: Ports) {
  const { store } = context
  return {
    async bundled(): Promise<Bundled> {
      const state = store.getState()
      const { intent } = state
      const events = await Promise.all(shownFiles(state, intent).map(({ id }) => eventFile(files, id)))
      const items: Bundled['items'][number][] = events.map(({ name, bytes }) => ({
        kind: 'events',
        holds: { files: [{ name, content: bytes }] },
      }))
      const lacks: NotCarried[] = eventsNotCarried(state, intent).filter(({ kind }) => kind === 'training')
      for (const { id } of shownEncoders(state, intent)) {
        const own = await encoders.filesOf(id)
        if (!own) lacks.push({ kind: 'encoder', name: id })
        else
          items.push({
            kind: 'encoder',
            holds: {
              files: [
                { name: 'card.json', content: own.card },
                { name: 'model.json', content: own.model },
                { name: 'weights.bin', content: own.weights },
              ],
            },
          })
      }
      return { items, lacks }
    },
    /** @throws AppError for files that cannot be read */
    async unbundle(items: readonly ReadBundleItem[]): Promise<Unbundled> {
      const of = (kind: string) => items.filter((item) => item.kind === kind)
      const events = await Promise.all(
        of('events')
          .flatMap((item) => item.files)
          .map(async ({ name, bytes }) => {
            const file = { name: shortName(name), bytes }
            const read = await compute.run('read-events', { ...file, channel: null }).promise
            return { file, entry: await ownFileOf(file, read) }
          }),
      )
      const models = await Promise.all(
        of('encoder').map(async (item) => {
          const made = await compute.run('import-encoder', { files: sortModelFiles(item.files) }).promise
          const [entry, model, parts] = partsOf(made, 'file')
          const id = await freeModelId(entry, encoders, shipped)
          return { given: entry.id, entry: { ...entry, id }, model: { ...model, id }, parts }
        }),
      )
      const ids = events.map(({ entry }) => entry.id)
      const renamed = new Map(models.map(({ given, entry }) => [given, entry.id]))
      const idOf = (id: string): string => renamed.get(id) ?? id
      return {
        async lay() {
          for (const { file, entry } of events) {
            if (files.has(entry.id)) continue
            const { id, hash } = entry
            await tellUnstored(context, files, entry, files.keep(entry, { id, hash, ...file }, file))
          }
          for (const { entry, model, parts } of models)
            if (!encoders.has(entry.id))
              await tellUnstored(context, encoders, entry, encoders.keep(entry, model, parts))
        },
        intent(asked) {
          const given = asked as EventsIntent // of a link, which the schema has checked
          const { model, compare } = given
          const intent = {
            ...given,
            model: model && idOf(model),
            compare: { ...compare, maps: compare.maps.map(idOf) },
          }
          // Other files of this browser are none of that analysis.
          return intent.dataset === ownDataset.id ? { ...intent, files: ids } : intent
        },
        async finish() {
          if (store.getState().intent.dataset !== ownDataset.id) store.setState({ placed: ids })
        },
        notes: [],
      }
    },
  }
}
