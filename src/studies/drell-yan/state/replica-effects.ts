import type { RowChunk } from '../analysis/dataset-types.ts'
import type { ExtraRows } from './drell-yan-state.ts'
import type { DrellYanStore } from './drell-yan-state.ts'
import { createProduct, slotOf } from '../../../core/product.ts'
import type { Services } from './services.ts'

/** Draws the replicas beyond the shipped ones whenever their number, seed, dataset or encoder changes. */
export function startReplicaEffects(store: DrellYanStore, services: Services): () => void {
  const product = createProduct(slotOf(store, 'extra'))

  async function draw(): Promise<void> {
    const { intent, dataset } = store.getState()
    const open = dataset.value
    if (!open || dataset.status !== 'ready' || intent.extraReplicas === 0) return product.clear()
    const { header, encoder, embedding } = open
    const total = header.table.count * intent.extraReplicas
    const value: ExtraRows = {
      perUniverse: intent.extraReplicas,
      firstReplica: header.manifest.replicasPerUniverse,
      latent: new Float32Array(total * embedding.latentDim),
      rows: 0,
      version: 0,
    }
    const request = {
      model: header.universeModel,
      whitenedMeans: header.whitenedMeans,
      encoder: encoder.mlp,
      perUniverse: intent.extraReplicas,
      firstReplica: value.firstReplica,
      seed: intent.replicaSeed,
    }
    await product.make(
      'Drawing replicas',
      async ({ signal, tell }) => {
        const onProgress = (chunk: RowChunk) =>
          tell(() => {
            value.latent.set(chunk.latent, chunk.firstRow * embedding.latentDim)
            value.rows = chunk.firstRow + chunk.rows
            value.version++
            return { value: { ...value }, fraction: value.rows / total }
          })
        await services.compute.run('draw-replicas', request, { signal, onProgress }).promise
        return { ...value }
      },
      { shown: { value } },
    )
  }

  const stop = store.subscribe(
    ({ intent, dataset }) => [
      intent.extraReplicas,
      intent.replicaSeed,
      dataset.status === 'ready' ? dataset.value : null,
    ],
    () => void draw(),
    { equalityFn: (a, b) => a.every((value, i) => Object.is(value, b[i])) },
  )
  return () => {
    stop()
    product.cancel()
  }
}
