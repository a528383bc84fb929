import { pointsPerBlock } from '../../generator/hard-process/block.ts'
import type { HardProcess } from '../../generator/hard-process/hard-process.ts'
import { loadTrainedGrids, trainedFor } from '../../generator/hard-process/trained-grids.ts'
import { prepareSampling, type Sampling } from '../../generator/hard-process/unweighting.ts'
import { runnerFromOptions } from '../cross-section/block-runner.ts'
import type { CollisionOptions } from '../cross-section/options.ts'
import type { ResumableRun } from '../resumable-run.ts'

/** The same for every run with these options, so it need not be kept. */
export async function samplingFromOptions(
  options: CollisionOptions & { workers: number },
  hard: HardProcess,
  run: Pick<ResumableRun, 'step'>,
): Promise<Sampling> {
  const { dimensions, beamDimensions } = hard
  const trained = trainedFor(hard, await loadTrainedGrids())
  const runner = runnerFromOptions(options, hard)
  try {
    const preparation = prepareSampling({ dimensions, beamDimensions, trained })
    let step = preparation.next()
    while (!step.done) {
      const { tasks, points, expected, kind } = step.value
      let done = points
      const sums = await runner.run(tasks, () => {
        done += pointsPerBlock
        return run.step({ done, total: Math.max(done, expected), unit: 'point', part: kind })
      })
      step = preparation.next(sums)
    }
    return step.value
  } finally {
    await runner.close()
  }
}
