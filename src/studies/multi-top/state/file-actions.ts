import { tellUnstored } from '../../../core/own-models.ts'
import { createProduct, slotOf } from '../../../core/product.ts'
import { told } from '../../../core/told.ts'
import { AppError } from '../../../errors.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import type { MultiTopJobs } from '../jobs.ts'
import type { MultiTopContext } from '../model.ts'
import { eventFileEntry, keptEventFile, type EventFile, type OwnEventFile } from './own-event-file.ts'
import type { OwnEventFiles } from './own-event-file.ts'

/** A file of events among those of the map, also that of an earlier visit; embedded anew when map, transformer or space change. */
export function createFileActions(
  context: MultiTopContext,
  compute: JobClient<MultiTopJobs>,
  files: OwnEventFiles,
) {
  const { store, change, notify } = context
  const product = createProduct(slotOf(store, 'dropped'))
  let file: { entry: OwnEventFile; content: EventFile } | null = null

  async function place(): Promise<void> {
    const { events, transformer, learned } = store.getState()
    const own = file
    if (!own || events.status !== 'ready' || !events.value || transformer.status !== 'ready') return
    const source = transformer.value?.source
    if (!source) return
    const { axes, scaling } = events.value
    const inLearned = learned.status === 'ready' ? learned : null
    const { entry, content } = own
    const key = JSON.stringify([entry.id, entry.name, events.key, transformer.key, inLearned?.key])
    const request = {
      ...{ ...content, transformer: source },
      ...{ input: { axes, scaling }, learned: inLearned?.value?.axes ?? null },
    }
    await product.ensure(
      key,
      `Reading ${entry.name}`,
      ({ signal }) => compute.run('place-events', request, { signal }).promise,
    )
    if (file !== own || product.get().status !== 'ready') return
    // Only a file that can be read is there in the next visit.
    if (store.getState().ownFile !== entry) store.setState({ ownFile: entry })
    if (files.has(entry.id)) return
    const { id, hash } = entry
    await tellUnstored(context, files, entry, files.keep(entry, { id, hash, ...content }, content))
  }

  async function put(content: EventFile): Promise<void> {
    file = { entry: await eventFileEntry(content), content }
    product.clear()
    store.setState({ ownFile: null })
    await place()
  }

  /** That of an earlier visit, where none was dropped meanwhile. */
  async function recall(): Promise<void> {
    const entry = (await files.known()).at(-1)
    if (!entry || file) return
    const content = await keptEventFile(files, entry.id)
    file ??= { entry, content }
    await place()
  }

  store.subscribe(
    ({ events, transformer, learned }) =>
      [events, transformer, learned].map(({ status, key }) => `${status} ${key}`).join(),
    () => void place(),
  )
  void told(notify, recall())

  return {
    /** @throws AppError 'input/invalid' for more than one file */
    async dropFile(given: readonly File[]): Promise<void> {
      const [own] = given
      if (given.length !== 1 || !own)
        throw new AppError(
          'input/invalid',
          `${given.length} files at once; 1 file of events is put on this map. Drop them one after the other.`,
        )
      const { view, tab } = store.getState().intent
      // Both show it; everywhere else nothing would be seen of it.
      if (view !== 'interpret' || tab !== 'search') change({ view: 'explore' })
      await put({ name: own.name, bytes: new Uint8Array(await own.arrayBuffer()) })
    },
    /** The same from a bundle, whatever is shown. */
    putFile: put,
    /** The file whose events are shown. */
    shownFile: (): (EventFile & { id: string }) | null => file && { ...file.content, id: file.entry.id },
    /** Forgets it, here and in later visits. */
    async removeFile(): Promise<void> {
      const id = file?.entry.id
      file = null
      product.clear()
      store.setState({ ownFile: null })
      if (id !== undefined) await files.remove(id)
    },
  }
}
