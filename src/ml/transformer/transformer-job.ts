import type { BackendOptions, BackendReport } from '../backends.ts'
import { backendAfterLoss } from '../backend-after-loss.ts'
import type { BackendChoice } from '../training-config.ts'
import { createTransformerBackend } from './create-transformer-backend.ts'
import { createRecoveringBackend } from './recovering-backend.ts'
import { trainTransformer, type TransformerTraining } from './train-transformer.ts'
import {
  transformerCheckpointFromBytes,
  transformerCheckpointToBytes,
  type TransformerRecord,
} from './transformer-checkpoint.ts'
import type { TransformerConfig } from './transformer-config.ts'
import { TransformerEngine } from './transformer-engine.ts'

/** What the training of a transformer reports. */
export type TransformerEvent =
  | { kind: 'backend'; chosen: string; report: BackendReport[] }
  | {
      kind: 'step'
      step: number
      steps: number
      /** Of this batch. */
      reconstruction: number
      classification: number
      learningRate: number
      msPerStep: number
      /** The graphics card was lost, for this time, and the step made once more on this backend. */
      recovered?: { losses: number; backend: string; tooSmall: boolean }
    }
  /** After each epoch, with hashed bytes from which the training goes on. */
  | { kind: 'evaluation'; step: number; record: TransformerRecord; improved: boolean; checkpoint: Uint8Array }

export interface TransformerJobRequest {
  config: TransformerConfig
  backend: BackendChoice
  resumeFrom?: Uint8Array
  /** Weights that it starts from in place of random ones. */
  start?: Float32Array
}

/** What it learns from. */
export type TransformerData = Pick<TransformerTraining, 'source' | 'validation' | 'dataKey'>

export interface TransformerOutcome {
  parameters: Float32Array // of the best epoch
  bestEpoch: number
  validationLoss: number
  stoppedEarly: boolean
  history: TransformerRecord[]
  backend: string
  checkpoint: Uint8Array
}

/**
 * Trains a transformer on the fastest backend or the one that is named: one report per step, an evaluation with its
 * checkpoint per epoch.
 *
 * @param makeBackend  where several workers share a step
 * @throws AppError 'ml/diverged'; 'ml/backend-unavailable'; 'model/mismatch' or 'model/corrupt' for the checkpoint
 */
export async function* transformerJob(
  { config, backend: choice, resumeFrom, start }: TransformerJobRequest,
  data: TransformerData,
  backendOptions: BackendOptions,
  makeBackend: typeof createTransformerBackend = createTransformerBackend,
): AsyncGenerator<TransformerEvent, TransformerOutcome, void> {
  const report = await enginesFor(choice, backendOptions)
  let chosen = report.find((entry) => entry.chosen)?.name ?? 'cpu'
  yield { kind: 'backend', chosen, report }
  let recovered: { losses: number; backend: string; tooSmall: boolean } | undefined
  const first = await makeBackend(chosen, config.spec)
  const backend = createRecoveringBackend(first, async (losses, tooSmall) => {
    chosen = await backendAfterLoss(chosen, tooSmall ? Infinity : losses, backendOptions)
    recovered = { losses, backend: chosen, tooSmall }
    return makeBackend(chosen, config.spec)
  })
  try {
    const engine = new TransformerEngine(config, backend)
    if (start) engine.start(start)
    const saved = resumeFrom && (await transformerCheckpointFromBytes(resumeFrom))
    const training = trainTransformer({ config, engine, ...data, resumeFrom: saved })
    // A training that had ended already makes no step, hence no checkpoint of its own.
    let checkpoint: Uint8Array = resumeFrom ?? new Uint8Array(0)
    for (;;) {
      const next = await training.next()
      if (next.done) {
        const { stopped, ...result } = next.value
        return { ...result, stoppedEarly: stopped === 'early', backend: chosen, checkpoint }
      }
      const {
        evaluation,
        takeCheckpoint,
        step,
        steps,
        reconstruction,
        classification,
        learningRate,
        msPerStep,
      } = next.value
      yield {
        ...{ kind: 'step', step, steps, reconstruction, classification, learningRate, msPerStep },
        ...(recovered && { recovered }),
      }
      recovered = undefined
      if (!evaluation) continue
      checkpoint = await transformerCheckpointToBytes(takeCheckpoint())
      const { improved, ...record } = evaluation
      yield { kind: 'evaluation', step, record, improved, checkpoint }
    }
  } finally {
    backend.dispose()
  }
}

/** Our kernel for transformers is another than that of encoders, and needs nothing of TensorFlow.js. */
async function enginesFor(choice: BackendChoice, options: BackendOptions): Promise<BackendReport[]> {
  if (choice === 'kernels') return [{ name: 'kernels', available: true, chosen: true }]
  const { initBackend } = await import('../backends.ts')
  return initBackend(choice, options)
}
