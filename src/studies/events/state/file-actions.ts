import { AppError } from '../../../errors.ts'
import { createProduct, slotOf } from '../../../core/product.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import type { PlacedFile } from '../analysis/own-files/place-file.ts'
import type { EventsJobs } from '../jobs.ts'
import type { EventsContext } from '../model.ts'

/** Files that are on the map at most. */
const mostFiles = 6

/** Files of events among the models of the map; placed anew when the map gets another encoder, or sets of another size. */
export function createFileActions({ store, change }: EventsContext, compute: JobClient<EventsJobs>) {
  const product = createProduct(slotOf(store, 'dropped'))
  let files: readonly { name: string; bytes: Uint8Array }[] = []

  function keyOf(): string | null {
    const { map, intent } = store.getState()
    if (files.length === 0 || map.status !== 'ready' || !map.value) return null
    const { encoder, perSet, dataset } = map.value
    return JSON.stringify([
      files.map(({ name }) => name),
      dataset,
      encoder.id,
      perSet,
      intent.sets,
      intent.seed,
    ])
  }

  function place(): void {
    const key = keyOf()
    const { map, intent } = store.getState()
    if (key === null || !map.value) return
    const { encoder } = map.value
    const own = files
    void product.ensure(key, 'Reading events', async ({ signal, onProgress }) => {
      const placed: PlacedFile[] = []
      for (const { name, bytes } of own) {
        const request = { name, bytes, encoder, sets: intent.sets, seed: intent.seed }
        placed.push(await compute.run('place-file', request, { signal }).promise)
        onProgress(placed.length / own.length)
      }
      return placed
    })
  }

  store.subscribe(({ map }) => `${map.status} ${map.key}`, place)
  return {
    dropped: product,
    /** @throws AppError 'input/invalid' for more files than fit */
    async dropFiles(given: readonly File[]): Promise<void> {
      if (given.length > mostFiles)
        throw new AppError(
          'input/invalid',
          `${given.length} files at once; at most ${mostFiles} are put on the map beside its models. Drop fewer.`,
        )
      files = await Promise.all(
        given.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
      )
      product.clear()
      change({ view: 'explore' })
      place()
    },
    removeFiles(): void {
      files = []
      product.clear()
    },
  }
}
