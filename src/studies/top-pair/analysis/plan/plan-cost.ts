import { featureSets } from '../../../../generator/observables.ts'
import { countRatioParameters } from '../../../../ml/ratio/ratio-parameters.ts'
import { ratioPresets } from '../../../../ml/ratio/ratio-presets.ts'
import type { FitIntent } from '../../intent.ts'
import { networkTasks } from '../ratios/network-tasks.ts'

/** Processor time of run-task as measured for jobs of three presets on a shared core (docs/performance.md). */
const measured = {
  /** The program and its first events [s]. */
  start: 1.5,
  /** Of a phase-space point: its tops alone, or all of its final state [s]. */
  point: { parton: 9e-6, whole: 3e-5 },
  /** A classifier's recalibration [s]. */
  recalibration: 6,
  /** Of a point in an epoch [s], and of each parameter there: batches that leave the cache take longer. */
  row: 3.5e-7,
  parameter: { small: 1.1e-10, large: 2.9e-10 },
  largeBatch: 50_000,
} as const

export interface PlanCost {
  jobs: number
  /** Processor time of one job with all its epochs [s]; most trainings stop earlier. */
  seconds: number
  /** Of one network's files. */
  bytes: number
}

/** Of each network: card.json, model.json, weights.bin, run.json. */
export const filesPerNetwork = 4

/** What the networks of a set-up cost elsewhere: a model, from measured times of other set-ups. */
export function planCost(setup: FitIntent): PlanCost {
  const preset = ratioPresets[setup.preset]
  const tasks = networkTasks(setup)
  const points = setup.trainingPoints ?? preset.events
  const epochs = setup.epochs ?? preset.training.epochs
  const parameters = countRatioParameters({
    inputs: featureSets[preset.features].length,
    widths: preset.training.widths,
    outputs: preset.method.kind === 'classifier' ? 1 : Math.max(1, ...tasks.map(({ terms }) => terms.length)),
  })
  const recalibrates = setup.recalibrate && preset.method.kind === 'classifier'
  const perPoint = measured.point[preset.features === 'parton' ? 'parton' : 'whole']
  const { batches } = preset.training
  const batch = 'rows' in batches ? batches.rows : points / batches.perEpoch
  const perParameter = measured.parameter[batch >= measured.largeBatch ? 'large' : 'small']
  return {
    jobs: tasks.length,
    seconds:
      measured.start +
      points * (perPoint + epochs * (measured.row + parameters * perParameter)) +
      (recalibrates ? measured.recalibration : 0),
    bytes: 4 * parameters + (recalibrates ? 15_000 : 10_000),
  }
}

/**
 * Clock time of a plan [s] where each processor does one job after the other: jobs of equal length, no queue, no load.
 * More processors than jobs do not help.
 */
export function planSeconds(
  { jobs, seconds }: Pick<PlanCost, 'jobs' | 'seconds'>,
  processors: number,
): number {
  return Math.ceil(jobs / processors) * seconds
}
