import type { EncoderLimits } from '../analysis/encoder-limits.ts'
import type { EncoderBundle } from '../analysis/datasets/model-bundle.ts'
import { chosenCheckpoint } from '../../../core/training/training-run.ts'
import type { Actions } from './actions.ts'
import type { DrellYanStore, OpenDataset } from './drell-yan-state.ts'
import { makeEncoder } from './make-encoder.ts'
import type { Services } from './services.ts'

/** The encoder of the moment shown, or the best one of a finished training. */
export async function trainedEncoder(
  store: DrellYanStore,
  services: Services,
  open: OpenDataset,
  limits?: EncoderLimits,
): Promise<EncoderBundle | null> {
  const { training } = store.getState()
  const chosen = chosenCheckpoint(training)
  if (!chosen) return null
  const { backend } = training
  return makeEncoder(services, open.header, { ...chosen, backend, limits: limits ?? null })
}

/** @param what  that is to be done with the training, for the message */
export type DatasetOfTraining = (what: string) => OpenDataset | null

/** The open dataset if it is the one of the training; else says what is in the way. */
export function createDatasetOfTraining(
  store: DrellYanStore,
  { notify }: Pick<Actions, 'notify'>,
): DatasetOfTraining {
  return (what) => {
    const { dataset, training } = store.getState()
    const open = dataset.value
    if (!open || !training.about) return null
    if (open.header.manifestHash === training.about.manifestHash) return open
    notify(
      'error',
      `This encoder was trained on ${training.about.datasetTitle}, the page shows ${open.header.manifest.title}: open that dataset again to ${what}.`,
    )
    return null
  }
}
