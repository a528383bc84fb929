import { createProduct, slotOf } from '../../../core/product.ts'
import type { EventsContext } from '../model.ts'

/** Events of a file at most whose ratios are drawn. */
export const mostRatios = 5000

/** Exact ratios of two models at the events of a dropped Les Houches file; asked anew for other models. */
export function createRatioActions({ store, jobs }: EventsContext) {
  // Amplitudes of thousands of events take seconds: the map does not wait for them.
  const compute = jobs('compute')
  const ratios = createProduct(slotOf(store, 'ratios'))
  let file: { name: string; bytes: Uint8Array } | undefined

  function ask(a: string, b: string): void {
    if (!file) return
    const { name, bytes } = file
    const key = JSON.stringify([name, bytes.length, a, b])
    void ratios.ensure(key, `|M|² of ${name}`, async ({ signal, tell }) => {
      const request = { name, bytes, a, b, most: mostRatios }
      const found = await compute.run('event-ratio', request, {
        signal,
        onProgress: (done) => tell(() => ({ label: `|M|² of ${name}, ${done} events`, fraction: null })),
      }).promise
      return { ...found, name }
    })
  }
  return {
    ratios,
    askRatios: ask,
    async dropRatioFile(given: File, a: string, b: string): Promise<void> {
      file = { name: given.name, bytes: new Uint8Array(await given.arrayBuffer()) }
      ratios.clear()
      ask(a, b)
    },
  }
}
