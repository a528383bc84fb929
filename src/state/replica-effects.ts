import { AppError } from '../errors.ts'
import type { ExtraRows } from './app-state.ts'
import type { Store } from './create-app-store.ts'
import { failed, idle, ready, running } from './loadable.ts'
import type { Services } from './services.ts'

/** Draws the replicas beyond the shipped ones whenever their number, seed, dataset or encoder changes. */
export function startReplicaEffects(store: Store, services: Services): () => void {
  let abort = new AbortController()

  async function draw(): Promise<void> {
    abort.abort()
    const own = (abort = new AbortController())
    const { intent, dataset, extra } = store.getState()
    const open = dataset.value
    if (!open || dataset.status !== 'ready' || intent.extraReplicas === 0) {
      if (extra.status !== 'idle') store.setState({ extra: idle })
      return
    }
    const { header, encoder, embedding } = open
    const total = header.table.count * intent.extraReplicas
    const value: ExtraRows = {
      perUniverse: intent.extraReplicas,
      firstReplica: header.manifest.replicasPerUniverse,
      latent: new Float32Array(total * embedding.latentDim),
      rows: 0,
      version: 0,
    }
    store.setState({ extra: { ...running(idle, 'Drawing replicas', 0), value } })
    try {
      await services.compute.run(
        'draw-replicas',
        {
          model: header.model,
          whitenedMeans: header.whitenedMeans,
          encoder: encoder.mlp,
          perUniverse: intent.extraReplicas,
          firstReplica: value.firstReplica,
          seed: intent.replicaSeed,
        },
        {
          signal: own.signal,
          onProgress: (chunk) => {
            if (own.signal.aborted) return
            value.latent.set(chunk.latent, chunk.firstRow * embedding.latentDim)
            value.rows = chunk.firstRow + chunk.rows
            value.version++
            store.setState((state) => ({
              extra: { ...state.extra, value: { ...value }, fraction: value.rows / total },
            }))
          },
        },
      ).promise
      if (!own.signal.aborted) store.setState({ extra: ready({ ...value }) })
    } catch (thrown) {
      if (own.signal.aborted) return
      store.setState((state) => ({ extra: failed(state.extra, AppError.from(thrown).toPlain()) }))
    }
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
    abort.abort()
    stop()
  }
}
