import { createTrainingSession } from '../../../core/training/training-session.ts'
import { createWorkMeter } from '../../../core/work-meter.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import type { TrainingRequest } from '../analysis/training/train-job.ts'
import { configOf, labelsOf, stepsOf } from '../analysis/training/training-settings.ts'
import type { RawEvents } from '../analysis/map/learned-features.ts'
import type { TransformerSource } from '../analysis/transformer-source.ts'
import { shippedTransformer } from '../catalogue.ts'
import { sampleUrl, topClasses } from '../datasets.ts'
import type { MultiTopMlJobs } from '../jobs.ts'
import type { MultiTopContext } from '../model.ts'
import type {
  TrainingIntent,
  TransformerAbout,
  TransformerLosses,
  TransformerSetup,
  TransformerTraining,
} from './transformer-run.ts'

/** Events of each class on the map as it learns. */
const previewPerClass = 60

/** All that decides the numbers of a training; workers and engine do not. */
export function trainingKey(settings: TrainingIntent, model: string | null, splitSeed: number): string {
  const { workers, backend, ...decides } = settings
  void [workers, backend]
  return `multi-top ${JSON.stringify([{ ...decides, labels: labelsOf(settings) }, settings.from === 'model' ? model : null, splitSeed])}`
}

/** What a training asks its worker for. */
export function trainingRequest(
  { settings, splitSeed }: TransformerAbout,
  model: TransformerSource,
  page: string,
): TrainingRequest {
  const { from, classes, seed } = settings
  return {
    data: {
      samples: topClasses.map(({ id }) => ({ id, manifestUrl: sampleUrl(page, id) })),
      ...{ classes, labels: labelsOf(settings), splitSeed, seed },
    },
    ...{ config: configOf(settings), model, scratch: from === 'scratch' },
  }
}

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
    async replay({ about, key, source: model }, { events: preview }, checkpoint) {
      const request = { checkpoint, model, preview, until: about.config }
      const shown = await ml.run('replay-transformer', request).promise
      tell(key, { records: shown.records })
      return shown
    },
    goBackTo: () => true,
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

/** The first events of each class of the map. */
export function previewOf({ raw, filled, labels, events }: RawEvents): TransformerTraining['preview'] {
  const tokens = raw.length / events
  const taken = new Map<number, number>()
  const items = Int32Array.from({ length: events }, (_, i) => i).filter((event) => {
    const own = taken.get(labels[event]) ?? 0
    taken.set(labels[event], own + 1)
    return own < previewPerClass
  })
  const [values, marks] = [new Float32Array(items.length * tokens), new Uint8Array(items.length * tokens)]
  items.forEach((event, row) => {
    values.set(raw.subarray(event * tokens, (event + 1) * tokens), row * tokens)
    marks.set(filled.subarray(event * tokens, (event + 1) * tokens), row * tokens)
  })
  return {
    items,
    events: {
      ...{ raw: values, filled: marks, events: items.length },
      labels: Uint8Array.from(items, (event) => labels[event]),
    },
  }
}
