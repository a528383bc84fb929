import { ratioPresets } from '../../../../ml/ratio/ratio-presets.ts'
import type { FitIntent } from '../../intent.ts'
import type { NetworkTask } from '../fit/fit-setup.ts'
import { networkTasks } from '../ratios/network-tasks.ts'
import { parseRatioTerm } from '../ratios/ratio-terms.ts'

/** One job of a plan: a network that any machine can train by itself. */
export interface PlanTask {
  /** Of letters, digits and dashes: also the folder of the network. */
  id: string
  terms: string[]
  /** From 1, as on the card. */
  replica: number
  /** Of `train-ratio`, by name: what trains the same weights by hand. A flag is "true". */
  options: Record<string, string>
}

/**
 * Set-up of trainings elsewhere: one core has one engine, and what the page ships is no network of a plan.
 * All else is that of the page.
 */
export function planSetup(setup: FitIntent): FitIntent {
  return { ...setup, networks: 'trained', backend: 'kernels' }
}

/** Every network that the fit of a set-up needs, in the order of the page. */
export function planTasks(setup: FitIntent): PlanTask[] {
  return networkTasks(setup).map((task) => ({
    id: taskId(task),
    terms: task.terms,
    replica: task.replica + 1,
    options: trainRatioOptions(setup, task),
  }))
}

/** The task as jobs know it. */
export function networkTask({ terms, replica }: Pick<PlanTask, 'terms' | 'replica'>): NetworkTask {
  return { terms, replica: replica - 1 }
}

/** "td8-r1", "td8-td8-r1" of the square, "td8-tq8-r1", or "all-r1" for all terms in one. */
function taskId({ terms, replica }: NetworkTask): string {
  const name = terms.length === 1 ? termWord(terms[0]) : 'all'
  return `${name}-r${replica + 1}`
}

function termWord(term: string): string {
  const { operators, kind } = parseRatioTerm(term)
  const [first] = operators
  return (kind === 'quadratic' ? [first, first] : operators).join('-').toLowerCase()
}

function trainRatioOptions(setup: FitIntent, { terms, replica }: NetworkTask): Record<string, string> {
  const { operators, seed, preset, sqrtSGeV, mttMinGeV, selection, smearing, epochs } = setup
  return {
    term: terms.join(),
    operators: operators.join(),
    // Its seeds count replicas from 0.
    replica: String(replica),
    seed: String(seed),
    preset,
    events: String(setup.trainingPoints ?? ratioPresets[preset].events),
    ...(epochs !== null && { epochs: String(epochs) }),
    sqrts: String(sqrtSGeV),
    'mtt-min': String(mttMinGeV),
    selection,
    ...(smearing && { smearing: 'true' }),
    recalibrate: setup.recalibrate ? 'yes' : 'no',
    backend: 'kernels',
  }
}
