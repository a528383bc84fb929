import { afterEvent, type TrainingEvent } from './training-events.ts'
import { emptyTraining, type TrainingRun } from './training-run.ts'

interface RecordOptions {
  /** Item of the dataset that each row of a picture is of. */
  items: Int32Array
  /** Whether the picture of a step is kept; of the last one it always is. */
  pictured(step: number): boolean
  log(line: string): void
}

/** A training as a page would show it, of what its job reports. */
export async function recordRun(
  job: AsyncGenerator<TrainingEvent, unknown, void>,
  { items, pictured, log }: RecordOptions,
): Promise<TrainingRun> {
  let run: TrainingRun = { ...emptyTraining, previewItems: items }
  for await (const event of job) {
    run = { ...run, ...afterEvent(run, event) }
    if (event.kind === 'evaluation') log(`step ${event.step}: held-out loss ${event.heldOutLoss.toFixed(4)}`)
  }
  const { moments, step } = run
  return { ...run, moments: moments.filter((moment) => moment.step === step || pictured(moment.step)) }
}
