import type { JobClient } from '../../jobs/job-client.ts'
import type { EncoderEvent, EncoderJobs, EncoderOutcome } from '../../ml/encoder-job.ts'
import type { TrainingConfig } from '../../ml/training-config.ts'
import type { StudyContext, StudyModel } from '../study.ts'
import type { StudyStore } from '../study-store.ts'
import { createWorkMeter } from '../work-meter.ts'
import type { RunOf, TrainingSetup } from './training-ports.ts'
import type { RecordedTraining } from './training-run.ts'
import { createTrainingSession } from './training-session.ts'

/** What the page would train now. */
export interface EncoderSetup extends TrainingSetup {
  about: { config: TrainingConfig }
  /** Drawn as it learns: all items of the dataset, in their order. */
  rows: Float32Array // [items, features]
  items: number
}

interface EncoderTraining {
  setup: EncoderSetup
  preview: { items: Int32Array; rows: Float32Array }
  event: EncoderEvent
  end: EncoderOutcome
}

/** A training of an encoder as the page shows it. */
export type EncoderRun = RunOf<EncoderTraining>

interface EncoderContext extends Pick<StudyContext<StudyModel>, 'platform' | 'notify' | 'notSaved'> {
  store: StudyStore<object, { training: EncoderRun }>
}

/**
 * Trainings of encoders, for a study whose state keeps the one that is shown as `training`.
 *
 * @param setup  null while there is nothing to train on
 * @param many   what it learns from: "points"
 * @param recorded  as TrainingPorts has it
 */
export function createEncoderTrainings(
  { store, platform, notify, notSaved }: EncoderContext,
  ml: JobClient<EncoderJobs>,
  setup: () => EncoderSetup | null,
  many: string,
  recorded?: (key: string) => Promise<RecordedTraining | null>,
) {
  const { checkpoints, locks } = platform
  const meter = createWorkMeter(platform.now)
  platform.guard(meter)
  return createTrainingSession<EncoderTraining>({
    ...{ setup, meter, notify, notSaved, checkpoints, locks, recorded },
    run: { get: () => store.getState().training, set: (training) => store.setState({ training }) },
    preview: ({ items, rows }) => ({ rows, items: Int32Array.from({ length: items }, (_, i) => i) }),
    train: ({ about: { config } }, { rows }, resumeFrom, options) =>
      ml.run('train-encoder', { config, preview: rows, resumeFrom }, options),
    replay: ({ about }, { rows }, checkpoint) =>
      ml.run('replay-checkpoint', { checkpoint, preview: rows, until: about.config }).promise,
    warm: () => ml.run('warm-up', { backend: setup()?.about.config.backend ?? 'auto' }).promise,
    goBackTo: () => true,
    words: {
      busyElsewhere: `These ${many} are being trained on in another tab of this browser. Stop it there, and press Play here.`,
      collapsedAt: (step) =>
        `All ${many} fall on one place or line of the map at step ${step}: another seed may help.`,
    },
  })
}
