import { createTrainingSession } from '../../../core/training/training-session.ts'
import { recordedTrainings } from '../../../core/training/recorded-trainings.ts'
import { createWorkMeter } from '../../../core/work-meter.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import { configOf, stepsOf } from '../analysis/training/training-settings.ts'
import { shippedTransformer } from '../catalogue.ts'
import type { MultiTopMlJobs } from '../jobs.ts'
import type { MultiTopContext } from '../model.ts'
import type { TransformerLosses, TransformerSetup, TransformerTraining } from './transformer-run.ts'
import { previewOf, trainingKey, trainingRequest } from './transformer-setup.ts'

const [recordedUrl] = Object.values(
  import.meta.glob<string>('../../../../models/recorded/multi-top-training.json', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
)

/** Trainings of transformers on shipped events; those of the map are shown as it learns, and never trained on. */
export function createTransformerTrainings(
  { store, platform, notify, notSaved }: MultiTopContext,
  ml: JobClient<MultiTopMlJobs>,
) {
  const { checkpoints, locks, page } = platform
  const meter = createWorkMeter(platform.now)
  platform.guard(meter)

  function setup(): TransformerSetup | null {
    const { intent, events, transformer } = store.getState()
    const { training: settings, model, seed: splitSeed } = intent
    const source = settings.from === 'scratch' ? shippedTransformer(page) : transformer.value?.source
    if (!events.value || !source) return null
    const { patience } = configOf(settings)
    return {
      key: trainingKey(settings, model, splitSeed),
      about: { config: { steps: stepsOf(settings), patience }, settings, model, splitSeed },
      data: events.status,
      ...{ events: events.value, source },
    }
  }

  const tell = (key: string, patch: Partial<TransformerLosses>): void => {
    const now = store.getState().losses
    store.setState({ losses: { ...(now.key === key ? now : { key, records: [], levels: null }), ...patch } })
  }

  return createTrainingSession<TransformerTraining>({
    ...{ setup, meter, notify, notSaved, checkpoints, locks },
    run: { get: () => store.getState().training, set: (training) => store.setState({ training }) },
    preview: ({ events }) => previewOf(events),
    train({ about, source }, { events: preview }, resumeFrom, options) {
      const { workers, backend } = about.settings
      const request = trainingRequest(about, source, page)
      return ml.run('train-transformer', { ...request, backend, workers, preview, resumeFrom }, options)
    },
    async warm() {
      const now = setup()
      if (now) await ml.run('warm-up', trainingRequest(now.about, now.source, page)).promise
    },
    async replay({ about, key, source: model }, { events: preview }, checkpoint) {
      const request = { checkpoint, model, preview, until: about.config }
      const shown = await ml.run('replay-transformer', request).promise
      tell(key, { records: shown.records })
      return shown
    },
    goBackTo: () => true,
    recorded: recordedTrainings(recordedUrl, page),
    heard(event) {
      const { key } = store.getState().training
      if (event.kind === 'backend') tell(key, { levels: event.levels })
      if (event.kind === 'evaluation') tell(key, { records: event.records })
    },
    words: {
      busyElsewhere:
        'This set-up is being trained in another tab of this browser. Stop it there and press Play here, or choose another seed.',
      collapsedAt: (step) =>
        `All events lie on one place of the learned space at step ${step}. A lower learning rate may help.`,
    },
  })
}
