import { createProduct, slotOf, type Make, type Product } from '../../../core/product.ts'
import type { BackendReport } from '../../../ml/backends.ts'
import type { DrellYanStore, MeasuredLimits } from './drell-yan-state.ts'
import type { Services } from './services.ts'
import { trainedEncoder, type DatasetOfTraining } from './trained-encoder.ts'

/** Held-out sample of the scores: accuracy is then known to about 1 %. */
export const limitSample = { universes: 100, replicas: 40, seed: 700_001 }

/** Under it they are kept across visits. */
export const limitsKey = ({
  encoderHash,
  manifestHash,
}: Pick<MeasuredLimits, 'encoderHash' | 'manifestHash'>): string =>
  JSON.stringify([encoderHash, manifestHash, limitSample])

/** What is measured of encoders and of the engines that train them. */
export function createLimitActions(
  store: DrellYanStore,
  services: Services,
  datasetOfTraining: DatasetOfTraining,
  backends: Product<BackendReport[]>,
) {
  const limits = createProduct(slotOf(store, 'limits'))
  return {
    /** Scores of the encoder on the map that an earlier visit measured, or that the page ships. */
    async recallLimits(): Promise<void> {
      const open = store.getState().dataset.value
      if (!open || limits.get().status !== 'idle') return
      const of = { encoderHash: open.encoder.hash, manifestHash: open.header.manifestHash }
      const own = await services.products.get('limits', limitsKey(of)).catch(() => null)
      const found = own ?? (await services.recorded.find('limits', open))
      if (found && limits.get().status === 'idle') limits.put(found)
    },
    async probe(): Promise<void> {
      const measure: Make<BackendReport[]> = ({ signal }) =>
        services.ml.run('probe-backends', { budgetMs: 400 }, { signal }).promise
      await backends.make('Measuring backends', measure, { fraction: null })
    },
    /** Scores of the encoder on the map, or of the one in training, beside their closed-form limits. */
    async measureLimits(which: 'map' | 'training' = 'map'): Promise<void> {
      const open = which === 'map' ? store.getState().dataset.value : datasetOfTraining('measure it')
      if (!open || limits.busy) return
      await limits.make(
        'Measuring on held-out universes',
        async ({ signal, onProgress }) => {
          const trained = which === 'training' ? await trainedEncoder(store, services, open) : null
          const encoder = trained?.encoder ?? open.encoder
          const { about } = store.getState().training
          const order = which === 'training' && about ? about.order : open.header.manifest.order
          const { universeModel: model, manifestHash } = open.header
          const request = { model, encoder: encoder.mlp, options: { ...limitSample, order } }
          const run = services.compute.run('encoder-limits', request, { signal, onProgress })
          return { ...(await run.promise), encoder: encoder.id, encoderHash: encoder.hash, manifestHash }
        },
        {
          // What is not stored is measured again then.
          kept: {
            keep: (value) =>
              void services.products.put('limits', limitsKey(value), value).catch(() => undefined),
          },
        },
      )
    },
  }
}
