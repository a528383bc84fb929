import type { SampleEvents } from '../../../dataset/event-samples/sample-events.ts'
import type { SampleModel } from '../../../generator/samples/models.ts'
import { sampleSet } from '../../../generator/samples/sample-set.ts'
import type { ResumableRun } from '../../../cli/resumable-run.ts'
import { asSampleEvents, drawBlocks } from '../../../cli/samples/make-sample.ts'
import { openPartStream } from '../../../cli/samples/part-stream.ts'
import { joinEvents } from '../analysis/tokens/class-samples.ts'

/** Of the shipped classes. */
const { selection } = sampleSet['multitop-2t']
const wholeBlock = 1000

/** Events of one process as a detector sees them, after the selection of the shipped classes. */
export async function generatedEvents(
  process: string,
  events: number,
  seed: number,
  run: Pick<ResumableRun, 'step'>,
): Promise<SampleEvents> {
  const model: SampleModel = { process, set: {} }
  const stream = await openPartStream(model, selection, { seed, workers: 1 }, run)
  try {
    const blocks = await drawBlocks([stream], [wholeBlock], events, (done) =>
      run.step({ done, total: events, unit: 'event' }),
    )
    return joinEvents(blocks.map((block) => asSampleEvents(block, [1])))
  } finally {
    await stream.close()
  }
}
