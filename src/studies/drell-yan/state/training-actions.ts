import type { EncoderLimits } from '../analysis/encoder-limits.ts'
import type { EncoderBundle } from '../analysis/datasets/model-bundle.ts'
import { createProduct, slotOf } from '../../../core/product.ts'
import { told } from '../../../core/told.ts'
import type { Actions } from './actions.ts'
import type { DrellYanStore, OpenDataset } from './drell-yan-state.ts'
import { createEncoderTrainings } from './encoder-trainings.ts'
import { keepEncoder } from './keep-encoder.ts'
import { createLimitActions } from './limit-actions.ts'
import type { Services } from './services.ts'
import { createDatasetOfTraining, trainedEncoder } from './trained-encoder.ts'

/** Train encoders, and use, export and measure what comes of it. */
export function createTrainingActions(store: DrellYanStore, services: Services, actions: Actions) {
  const datasetOfTraining = createDatasetOfTraining(store, actions)
  const backends = createProduct(slotOf(store, 'backends'))
  const session = createEncoderTrainings(store, services, actions, datasetOfTraining, backends)
  const { training: work } = services.work

  /** @param limits  scores of its very weights, for its card */
  const trained = (open: OpenDataset, limits?: EncoderLimits) =>
    told(actions.notify, trainedEncoder(store, services, open, limits))

  return {
    ...session,
    ...createLimitActions(store, services, datasetOfTraining, backends),
    /** False where checkpoints do not survive a reload. */
    get durable(): boolean {
      return services.checkpoints.durable
    },
    /** Puts the encoder of the moment shown (or of the best step) on the Explore map, and stores it. */
    async useOnMap(): Promise<void> {
      const open = datasetOfTraining('use it')
      const made = open && (await trained(open))
      // Meanwhile another dataset may have been opened, whose bins are others.
      if (!made || !datasetOfTraining('use it')) return
      const keeping = keepEncoder(services, actions, made, 'trained')
      actions.change({ model: made.encoder.id, view: 'explore', camera: null, selection: null })
      await keeping
      if (services.encoders.durable && !session.underWay()) work.saved()
    },
    /** The same encoder as card.json, model.json and weights.bin. */
    async exportModel(): Promise<EncoderBundle | null> {
      const open = datasetOfTraining('export it')
      const made = open && (await trained(open))
      if (!made) return null
      const limits = store.getState().limits.value
      const files = limits?.encoderHash === made.encoder.hash ? await trained(open, limits) : made
      if (files && !session.underWay()) work.saved()
      return files
    },
  }
}

export type TrainingActions = ReturnType<typeof createTrainingActions>
