import { recordedTrainings } from '../../../core/training/recorded-trainings.ts'
import { createTrainingSession } from '../../../core/training/training-session.ts'
import type { TrainingSetup } from '../../../core/training/training-ports.ts'
import type { WorkMeter } from '../../../core/work-meter.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import type { BackendReport } from '../../../ml/backends.ts'
import type { EncoderEvent, EncoderOutcome } from '../../../ml/encoder-job.ts'
import { trainingScaling } from '../analysis/encoder/train-events-job.ts'
import type { EventsTrainingJobs } from '../jobs.ts'
import type { EventsContext } from '../model.ts'
import { ownDataset } from '../own-dataset.ts'
import type { EventsAbout } from './events-run.ts'
import type { EventsMap } from './events-state.ts'
import { previewOf, trainingConfig, trainingKey } from './training-setup.ts'

const [recordedUrl] = Object.values(
  import.meta.glob<string>('../../../../models/recorded/events-training.json', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
)

interface EventsSetup extends TrainingSetup {
  about: EventsAbout
  map: EventsMap
}

interface EventsTraining {
  setup: EventsSetup
  preview: { items: Int32Array; rows: Float32Array }
  event: EncoderEvent
  end: EncoderOutcome
}

/** Trainings of encoders on the events of the map, in sets as large as its own. */
export function createEventsTrainings(
  { store, platform, change, notify, notSaved }: EventsContext,
  ml: JobClient<EventsTrainingJobs>,
  meter: WorkMeter,
  /** Told what each engine can do. */
  measured: (report: BackendReport[]) => void,
) {
  const { checkpoints, locks } = platform

  function setup(): EventsSetup | null {
    const { intent, map } = store.getState()
    if (!map.value || map.value.dataset !== intent.dataset) return null
    const { ids, perSet, content, dataset } = map.value
    const config = trainingConfig(intent.training, ids.length, perSet)
    return {
      key: trainingKey(map.value, config, intent.dataset === ownDataset.id ? intent.channel : undefined),
      about: { config, content, dataset, perSet, settings: intent.training },
      data: map.status,
      map: map.value,
    }
  }

  return createTrainingSession<EventsTraining>({
    ...{ setup, meter, notify, notSaved, checkpoints, locks },
    run: { get: () => store.getState().training, set: (training) => store.setState({ training }) },
    preview: ({ map }) => previewOf(map, trainingScaling(map.models)),
    train({ map: { models, perSet, content }, about: { config } }, { rows }, resumeFrom, options) {
      return ml.run('train-encoder', { models, perSet, content, config, preview: rows, resumeFrom }, options)
    },
    replay({ about }, { rows }, checkpoint) {
      const { steps, patience } = about.config
      return ml.run('replay-checkpoint', { checkpoint, preview: rows, until: { steps, patience } }).promise
    },
    warm() {
      const now = setup()
      const { backend } = store.getState().intent.training
      if (now?.data !== 'ready') return ml.run('warm-up', { backend, learn: null }).promise
      const { models, perSet, content } = now.map
      const learn = { models, perSet, content, config: now.about.config }
      return ml.run('warm-up', { backend, learn }).promise
    },
    goBackTo({ content, settings }) {
      const { map, intent } = store.getState()
      if (map.value?.content !== content) {
        notify('error', 'The map is of other events than this training: open those again to go on.')
        return false
      }
      const { epochs, backend, learningRate } = intent.training
      change({ training: { ...settings, epochs, backend, learningRate } })
      return true
    },
    recorded: recordedTrainings(recordedUrl, platform.page),
    heard(event) {
      if (event.kind === 'backend') measured(event.report)
      if (event.kind === 'step' && event.measured) measured(event.measured.report)
    },
    words: {
      busyElsewhere:
        'These events are being trained on in another tab of this browser. Stop it there, and press Play here.',
      collapsedAt: (step) =>
        `All sets lie on one place or line of the map at step ${step}. Of models that differ in one thing that may be so; else another seed, or a lower learning rate, may help.`,
    },
  })
}
