import type { BackendReport } from '../../../ml/backends.ts'
import type { EncoderEvent, EncoderOutcome } from '../../../ml/encoder-job.ts'
import type { Product } from '../../../core/product.ts'
import { recordedTrainings } from '../../../core/training/recorded-trainings.ts'
import { createTrainingSession } from '../../../core/training/training-session.ts'
import type { TrainingSetup } from '../../../core/training/training-ports.ts'
import type { Actions } from './actions.ts'
import type { DrellYanStore, EncoderTrainingAbout, OpenDataset } from './drell-yan-state.ts'
import type { Services } from './services.ts'
import type { DatasetOfTraining } from './trained-encoder.ts'
import { trainingKey } from './training-key.ts'
import { trainingPreview, type Preview } from './training-preview.ts'

const [recordedUrl] = Object.values(
  import.meta.glob<string>('../../../../models/recorded/drell-yan-training.json', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
)

const words = {
  busyElsewhere:
    'This set-up is being trained in another tab of this browser, or as a map of Compare: two at once would overwrite each other. Stop it there and press Play here, which goes on where it stood; or choose another seed.',
  collapsedAt: (step: number) =>
    `All universes fall on one place or line of the map at step ${step}: raise the temperature or lower the learning rate.`,
}

interface EncoderSetup extends TrainingSetup {
  about: EncoderTrainingAbout
  open: OpenDataset
}

interface EncoderTrainingTypes {
  setup: EncoderSetup
  preview: Preview
  event: EncoderEvent
  end: EncoderOutcome
}

/** Trainings of encoders on the open dataset, with the order and settings of the page. */
export function createEncoderTrainings(
  store: DrellYanStore,
  services: Services,
  actions: Actions,
  datasetOfTraining: DatasetOfTraining,
  backends: Product<BackendReport[]>,
) {
  const { ml, checkpoints, locks, work } = services

  function setup(): EncoderSetup | null {
    const { dataset, intent } = store.getState()
    const open = dataset.value
    if (!open) return null
    const { order, training: config } = intent
    const { manifest, manifestHash } = open.header
    return {
      key: trainingKey(manifestHash, order, config),
      about: { datasetTitle: manifest.title, manifestHash, order, config },
      data: dataset.status,
      open,
    }
  }

  return createTrainingSession<EncoderTrainingTypes>({
    ...{ checkpoints, locks, words, setup, meter: work.training },
    notify: actions.notify,
    notSaved: actions.notSaved,
    run: {
      get: () => store.getState().training,
      set: (training) => store.setState({ training }),
    },
    preview: ({ open }) => trainingPreview(open, store.getState().rows),
    train({ open, about: { order, config } }, { x }, resumeFrom, options) {
      const { universeModel: model } = open.header
      return ml.run('train-encoder', { model, order, config, preview: x, resumeFrom }, options)
    },
    replay({ about }, { x }, checkpoint) {
      const { steps, patience } = about.config
      return ml.run('replay-checkpoint', { checkpoint, preview: x, until: { steps, patience } }).promise
    },
    warm: () => ml.run('warm-up', { backend: store.getState().intent.training.backend }).promise,
    goBackTo(about) {
      if (!datasetOfTraining('go on')) return false
      const { steps, patience, backend, learningRate } = store.getState().intent.training
      actions.change({
        order: about.order,
        training: { ...about.config, steps, patience, backend, learningRate },
      })
      return true
    },
    recorded: recordedTrainings(recordedUrl, services.page),
    heard(event) {
      if (event.kind === 'backend') backends.put(event.report)
      if (event.kind === 'step' && event.measured) backends.put(event.measured.report)
    },
  })
}
