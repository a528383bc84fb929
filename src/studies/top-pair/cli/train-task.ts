import { inSteps, type ResumableRun } from '../../../cli/resumable-run.ts'
import type { RatioCard } from '../../../ml/ratio/ratio-card.ts'
import { ratioPresets } from '../../../ml/ratio/ratio-presets.ts'
import { product } from '../../../product.ts'
import type { NetworkTask } from '../analysis/fit/fit-setup.ts'
import { fitVersion } from '../analysis/fit/fit-version.ts'
import { setupDetector, setupProcess, setupSelections } from '../analysis/fit/setup-process.ts'
import { networkSetup } from '../analysis/ratios/network-setup.ts'
import {
  calibrationSample,
  networkSeed,
  sampleKey,
  trainingSample,
} from '../analysis/ratios/training-sample.ts'
import type { FitIntent } from '../intent.ts'
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
  const events = await inSteps(trainingSample(setup, replica), 'events', run)
  const { outcome, kept } = await trainRatioInSteps(
    {
      ...{ events, terms, replica, preset, backend: 'kernels' },
      changes: { seed: networkSeed(setup, task), ...(setup.epochs !== null && { epochs: setup.epochs }) },
      ...(setup.recalibrate && { calibrationEvents: () => calibrationSample(setup, replica) }),
      dataKey: sampleKey(setup, replica),
    },
    run,
    log,
  )
  return { outcome, kept, card: taskCard(setup, task, events.rows) }
}

/** @param events  trained on, validation included */
export function taskCard(
  setup: FitIntent,
  { replica }: NetworkTask,
  events: number,
): Pick<RatioCard, 'setup' | 'made'> {
  return {
    setup: networkSetup(setupProcess(setup), setupSelections[setup.selection], setupDetector(setup)),
    made: {
      ...{ preset: setup.preset, seed: setup.seed, replica: replica + 1 },
      product: `${product}, ${fitVersion}`,
      ...{ points: setup.trainingPoints ?? ratioPresets[setup.preset].events, events, source: null },
    },
  }
}
