import { createFitHandlers } from '../../top-pair/analysis/fit/create-fit-handlers.ts'
import type { ToyKeeper } from '../../top-pair/analysis/fit/fit-calibration.ts'
import type { FitProgress } from '../../top-pair/analysis/fit/fit-jobs.ts'
import type { FitPace } from '../../top-pair/analysis/fit/fit-posterior.ts'
import type { BackendChoice, BackendName } from '../../../ml/training-config.ts'
import { begunBackend } from '../../../cli/begun-backend.ts'
import type { FitHandlers } from '../../top-pair/cli/fit-options.ts'
import type { ResumableRun, Sections } from '../../../cli/resumable-run.ts'

/** Jobs of a fit as parts of a run that can be continued: networks in training, posteriors and toys are kept. */
export interface KeptFit {
  handlers: FitHandlers
  toys: ToyKeeper
  /** 'auto' is measured once. */
  backend(asked: BackendChoice): Promise<BackendName>
  /** Names the network trained next; gives the state in which an earlier run left it. */
  beginNetwork(name: string): Uint8Array | undefined
  /** Where an earlier run left the posterior. */
  readonly posterior: Uint8Array | undefined
  /** Keeps how far the posterior is. */
  afterReport(progress: FitProgress): Promise<void>
  /** For work whose own state is not kept: tells how far it is, and stops at a signal. */
  between(part: string, fraction: number): Promise<void>
}

/** Reports and checkpoints of a posterior [ms]: a signal is seen at a report. */
const usualPace: FitPace = { report: 60, checkpoint: 1000 }

/** @param everyStep  a checkpoint at every step, as --checkpoint-every 0 asks */
export function createKeptFit({ stored, step }: ResumableRun, everyStep = false): KeptFit {
  // Networks after their last epoch lead to their calibration without another step.
  const kept: Sections = { ...stored }
  let network = ''
  let toysDone = 0
  const anything = (): (() => Sections) | undefined => (Object.keys(kept).length > 0 ? () => kept : undefined)
  const toys: ToyKeeper = {
    resumeFrom: Object.hasOwn(stored, 'toys') ? numbersOf(stored.toys) : [],
    async afterToy({ done, total, numbers }) {
      toysDone = done
      await step({ done, total, unit: 'toy' }, () => ({ ...kept, toys: bytesOf(numbers) }))
    },
  }
  return {
    toys,
    handlers: createFitHandlers(
      {},
      {
        toys,
        pace: everyStep ? { report: 0, checkpoint: 0 } : usualPace,
        async afterRatioStep({ step: done, steps: total, evaluation }, takeCheckpoint) {
          if (evaluation) kept[sectionOf(network)] = await takeCheckpoint()
          await step({ done, total, unit: 'step', part: network }, async () => ({
            ...kept,
            [sectionOf(network)]: await takeCheckpoint(),
          }))
        },
      },
    ),
    async backend(asked) {
      const backend = await begunBackend(asked, stored.backend)
      kept.backend = new TextEncoder().encode(backend)
      return backend
    },
    beginNetwork(name) {
      network = name
      return stored[sectionOf(name)]
    },
    posterior: stored.posterior,
    async afterReport({ report: { remainder }, checkpoint }) {
      if (checkpoint) kept.posterior = checkpoint
      const done = Math.floor(100 * (1 - remainder))
      await step({ done, total: 100, unit: 'percent', part: 'posterior' }, anything())
    },
    async between(part, fraction) {
      // Toys tell of themselves.
      if (toysDone > 0) return
      await step({ done: Math.floor(100 * fraction), total: 100, unit: 'percent', part }, anything())
    },
  }
}

const sectionOf = (network: string): string => `network ${network}`

function bytesOf(numbers: readonly number[]): Uint8Array {
  return new Uint8Array(Float64Array.from(numbers).buffer)
}

function numbersOf(bytes: Uint8Array): number[] {
  return Array.from(new Float64Array(bytes.slice().buffer))
}
