import type { ResumableRun } from '../../../cli/resumable-run.ts'
import { ratioPresets } from '../../../ml/ratio/ratio-presets.ts'
import type { NetworkTask } from '../analysis/fit/fit-setup.ts'
import { taskCard } from '../analysis/ratios/network-model-files.ts'
import {
  calibrationRequest,
  networkSeed,
  sampleKey,
  trainingRequest,
} from '../analysis/ratios/training-sample.ts'
import type { FitIntent } from '../intent.ts'
import { keptSample, makeKept } from './kept-sample.ts'
import { trainRatioInSteps } from './train-ratio-in-steps.ts'

/**
 * The network that the page itself would train for a set-up, from the same events, start and batches, with what its card says of them.
 *
 * @returns also `kept`: the state that leads to the network without another step
 */
export async function trainTask(
  setup: FitIntent,
  task: NetworkTask,
  run: ResumableRun,
  log: (line: string) => void,
) {
  const { terms, replica } = task
  const preset = ratioPresets[setup.preset]
  const training = keptSample(trainingRequest(setup, replica), 'events', run.stored)
  const events = await makeKept(training, 'events', run, () => run.stored)
  const calibration = setup.recalibrate
    ? keptSample(calibrationRequest(setup, replica), 'recalibration-events', run.stored)
    : null
  const { outcome, kept } = await trainRatioInSteps(
    {
      ...{ events, terms, replica, preset, backend: 'kernels' },
      changes: { seed: networkSeed(setup, task), ...(setup.epochs !== null && { epochs: setup.epochs }) },
      ...(calibration && { calibrationEvents: () => calibration.make() }),
      dataKey: sampleKey(setup, replica),
    },
    run,
    log,
    calibration?.sections,
  )
  return { outcome, kept, card: taskCard(setup, task, events.rows) }
}
