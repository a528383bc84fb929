import { createProduct, slotOf } from '../../../core/product.ts'
import { AppError } from '../../../errors.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import type { MultiTopJobs } from '../jobs.ts'
import type { MultiTopContext } from '../model.ts'

/** A file of events among those of the map; embedded anew when map, transformer or space change. */
export function createFileActions({ store, change }: MultiTopContext, compute: JobClient<MultiTopJobs>) {
  const product = createProduct(slotOf(store, 'dropped'))
  let file: { name: string; bytes: Uint8Array; number: number } | null = null
  let files = 0

  function place(): void {
    const { events, transformer, learned } = store.getState()
    if (!file || events.status !== 'ready' || !events.value || transformer.status !== 'ready') return
    const source = transformer.value?.source
    if (!source) return
    const { axes, scaling } = events.value
    const inLearned = learned.status === 'ready' ? learned : null
    const key = JSON.stringify([file.number, events.key, transformer.key, inLearned?.key])
    const request = {
      ...{ name: file.name, bytes: file.bytes, transformer: source },
      ...{ input: { axes, scaling }, learned: inLearned?.value?.axes ?? null },
    }
    void product.ensure(
      key,
      `Reading ${file.name}`,
      ({ signal }) => compute.run('place-events', request, { signal }).promise,
    )
  }

  store.subscribe(
    ({ events, transformer, learned }) =>
      [events, transformer, learned].map(({ status, key }) => `${status} ${key}`).join(),
    place,
  )
  return {
    /** @throws AppError 'input/invalid' for more than one file */
    async dropFile(given: readonly File[]): Promise<void> {
      const [own] = given
      if (given.length !== 1 || !own)
        throw new AppError(
          'input/invalid',
          `${given.length} files at once; 1 file of events is put on this map. Drop them one after the other.`,
        )
      file = { name: own.name, bytes: new Uint8Array(await own.arrayBuffer()), number: ++files }
      product.clear()
      change({ view: 'explore' })
      place()
    },
    removeFile(): void {
      file = null
      product.clear()
    },
  }
}
