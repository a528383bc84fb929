import { AppError } from '../../../errors.ts'
import { tellUnstored } from '../../../core/own-models.ts'
import { createProduct, slotOf } from '../../../core/product.ts'
import type { PlacedFile } from '../analysis/own-files/place-file.ts'
import { mostOwnFiles, mostPlaced } from '../limits.ts'
import type { EventsContext } from '../model.ts'
import { ownDataset } from '../own-dataset.ts'
import { nothingShown } from './events-state.ts'
import { eventFile, filesOfDataset, ownFileOf, type OwnFiles } from './own-files.ts'

/** Faults of one drop that are notices; all are listed beside the files. */
const toldFaults = 3
/** Of all files together: the page holds them in memory. */
const mostBytes = 512 * 2 ** 20

/** Files of events of one's own: kept in this browser, models of a dataset of theirs, or among the models of another map. */
export function createFileActions(context: EventsContext, files: OwnFiles) {
  const { store, change, notify, jobs } = context
  // Large files take seconds: the map does not wait for them.
  const compute = jobs('compute')
  const reading = createProduct(slotOf(store, 'reading'))
  const dropped = createProduct(slotOf(store, 'dropped'))
  let before: Promise<unknown> = Promise.resolve()

  async function take(file: File): Promise<string> {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const found = await compute.run('read-events', { name: file.name, bytes, channel: null }).promise
    const entry = await ownFileOf({ name: file.name, bytes }, found)
    const { id, hash, name } = entry
    if (files.has(id)) return id
    const all = files.list()
    if (all.length >= mostOwnFiles)
      throw new AppError(
        'input/invalid',
        `${name} is one more than the ${mostOwnFiles} files that are kept. Remove some of them first.`,
      )
    const size = all.reduce((sum, own) => sum + own.size, bytes.length)
    if (size > mostBytes)
      throw new AppError(
        'input/invalid',
        `With ${name} all files have ${size} bytes together, at most ${mostBytes} are kept. Remove some, or pack them with gzip.`,
        { size },
      )
    await tellUnstored(context, files, entry, files.keep(entry, { id, hash, name, bytes }, { name, bytes }))
    return id
  }

  /** Reads and keeps files, the good ones whatever the others are. @returns ids */
  async function keep(given: readonly File[]): Promise<string[]> {
    const added: string[] = []
    await reading.make('Reading events', async ({ onProgress }) => {
      const faults: string[] = []
      for (const [k, file] of given.entries()) {
        try {
          added.push(await take(file))
        } catch (thrown) {
          faults.push(AppError.from(thrown).about(file.name).message)
        }
        onProgress((k + 1) / given.length)
      }
      faults.slice(0, toldFaults).forEach((fault) => notify('error', fault))
      if (faults.length > toldFaults)
        notify(
          'error',
          `${faults.length - toldFaults} more files cannot be read; the list of files says why.`,
        )
      return { faults }
    })
    return [...new Set(added)]
  }

  function showDataset(added: readonly string[] = []): void {
    const { dataset, files: chosen } = store.getState().intent
    const wanted = chosen.length > 0 ? [...new Set([...chosen, ...added])] : []
    change({ ...(dataset !== ownDataset.id && { ...nothingShown, dataset: ownDataset.id }), files: wanted })
  }

  function place(): void {
    const { map, intent, placed, ownFiles } = store.getState()
    const { value, status } = map
    const own = (ownFiles ?? []).filter(({ id }) => placed.includes(id))
    if (!value || status !== 'ready' || value.dataset === ownDataset.id || own.length === 0) {
      if (own.length === 0) dropped.clear()
      return
    }
    const { encoder, perSet, dataset } = value
    const { sets, seed } = intent
    const key = JSON.stringify([own.map(({ id }) => id), dataset, encoder.id, perSet, sets, seed])
    void dropped.ensure(key, 'Placing files', async ({ signal, onProgress }) => {
      const there: PlacedFile[] = []
      const faults: string[] = []
      for (const [k, { id, name }] of own.entries()) {
        try {
          const { bytes } = await eventFile(files, id)
          const request = { name, bytes, encoder, sets, seed }
          there.push(await compute.run('place-file', request, { signal }).promise)
        } catch (thrown) {
          const error = AppError.from(thrown)
          if (error.code === 'job/cancelled') throw error
          faults.push(error.message)
        }
        onProgress((k + 1) / own.length)
      }
      for (const fault of faults) notify('error', fault)
      return there
    })
  }

  store.subscribe(({ map, placed, ownFiles }) => {
    const here = ownFiles?.map(({ id }) => id).join()
    return `${map.status} ${map.key} ${placed.join()} ${here}`
  }, place)

  const put = (placed: readonly string[]) => store.setState({ placed })
  return {
    dropped,
    /** One drop after the other: each is read whole. */
    dropFiles(given: readonly File[]): Promise<void> {
      const turn = before.then(async () => {
        const added = await keep(given)
        if (added.length === 0) return
        const { placed, intent } = store.getState()
        if (intent.dataset === ownDataset.id || added.length > mostPlaced) return showDataset(added)
        put([...placed.filter((id) => !added.includes(id)), ...added].slice(-mostPlaced))
        change({ view: 'explore' })
        notify(
          'info',
          `${added.length === 1 ? 'The file is' : `${added.length} files are`} on this map, and ${added.length === 1 ? 'a model' : 'models'} of the dataset "${ownDataset.title}".`,
          [{ label: `Show ${ownDataset.title}`, run: () => showDataset(added) }],
        )
      })
      before = turn.catch(() => undefined)
      return turn
    },
    /** Puts a kept file among the models of a shipped dataset, or takes it away. */
    placeFile(id: string, wanted: boolean): void {
      const others = store.getState().placed.filter((each) => each !== id)
      put((wanted ? [...others, id] : others).slice(-mostPlaced))
    },
    showFiles: () => showDataset(),
    /** Forgets a file, here and in later visits. */
    async removeFile(id: string): Promise<void> {
      const { placed, intent } = store.getState()
      put(placed.filter((each) => each !== id))
      if (intent.files.includes(id)) change({ files: intent.files.filter((each) => each !== id) })
      await files.remove(id)
    },
    /** Files of the dataset of files, as it is asked for. */
    wantedFiles() {
      const { ownFiles, intent } = store.getState()
      return filesOfDataset(ownFiles ?? [], intent.files)
    },
  }
}
