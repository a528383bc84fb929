import {
  transformerCheckpointFromBytes,
  type TransformerRecord,
} from '../../../../ml/transformer/transformer-checkpoint.ts'
import type { TransformerConfig } from '../../../../ml/transformer/transformer-config.ts'
import { learnsClasses, learnsReconstruction } from '../../../../ml/transformer/transformer-loss.ts'
import type { HttpOptions } from '../../../../dataset/http.ts'
import { componentsOf, learnedFeatures, type RawEvents } from '../map/learned-features.ts'
import { scalingOf, standardised, type TokenScaling } from '../tokens/token-scaling.ts'
import { loadTransformer, type TransformerSource } from '../transformer-source.ts'

/** What is shown of a training after an epoch. */
export interface TrainedMoment {
  step: number
  /** That early stopping goes by: of the training batches of the epoch, and of the validation events. */
  loss: number
  heldOutLoss: number
  /** (Σλ)²/Σλ² of the ten leading components of the learned space */
  effectiveRank: number
  /** All events on one place. */
  collapsed: boolean
  /** [preview events, 2] leading components of the learned space */
  latent: Float32Array
  /** Both losses of all epochs so far. */
  records: TransformerRecord[]
}

/** What a training came to. */
export interface TrainedTransformer {
  /** Of the weights that are kept. */
  step: number
  heldOutLoss: number
  stoppedEarly: boolean
  checkpoint: Uint8Array
}

/** What early stopping goes by. */
export const lossOf = (
  task: TransformerConfig['task'],
  reconstruction: number,
  classification: number,
): number => (learnsReconstruction(task) ? reconstruction : 0) + (learnsClasses(task) ? classification : 0)

/** A checkpoint as a picture of the events shown. */
export async function momentOf(
  bytes: Uint8Array,
  scaling: TokenScaling,
  preview: RawEvents,
): Promise<TrainedMoment> {
  const { config, engine, history } = await transformerCheckpointFromBytes(bytes)
  const { tokens } = config.spec
  const values = standardised(
    { events: preview.events, tokens, values: preview.raw, filled: preview.filled },
    scaling,
  )
  const embedding = learnedFeatures(config.spec, engine.parameters, values)
  let next = await embedding.next()
  while (!next.done) next = await embedding.next()
  const { coordinates, found, variance } = componentsOf(next.value, preview.labels, 10)
  const sum = (of: (x: number) => number) => variance.reduce((total, x) => total + of(x), 0)
  const [total, squares] = [sum((x) => x), sum((x) => x * x)]
  const last = history.at(-1)
  const told = (record: TransformerRecord | undefined) => ({
    loss: record ? lossOf(config.task, record.reconstruction, record.classification) : NaN,
    heldOutLoss: record
      ? lossOf(config.task, record.validationReconstruction, record.validationClassification)
      : NaN,
  })
  return {
    ...{ step: engine.steps, records: history, ...told(last) },
    effectiveRank: squares > 0 ? total ** 2 / squares : 0,
    collapsed: !(total > 1e-8),
    latent: Float32Array.from(
      { length: 2 * preview.events },
      (_, at) => coordinates[(at >> 1) * found + (at & 1)],
    ),
  }
}

export interface ReplayTransformerRequest {
  checkpoint: Uint8Array
  /** Whose scaling of numbers the training took. */
  model: TransformerSource
  preview: RawEvents
  /** When a training ends, as the page has it now. */
  until: { steps: number; patience: number }
}

export interface ReplayedTransformer extends TrainedMoment {
  history: { step: number; loss: number; heldOutLoss: number }[]
  outcome: TrainedTransformer | null
}

/** A moment of a training shown again; with its end where it had come to it. */
export async function replayTransformer(
  { checkpoint, model, preview, until }: ReplayTransformerRequest,
  http: HttpOptions,
): Promise<ReplayedTransformer> {
  const { card } = await loadTransformer(model, http)
  const moment = await momentOf(checkpoint, scalingOf(card), preview)
  const { config, best, epochsSinceBest } = await transformerCheckpointFromBytes(checkpoint)
  const { step, records } = moment
  const perEpoch = step / Math.max(1, records.length)
  const early = epochsSinceBest >= until.patience
  return {
    ...moment,
    history: records.map((record) => ({
      step: record.epoch * perEpoch,
      loss: lossOf(config.task, record.reconstruction, record.classification),
      heldOutLoss: lossOf(config.task, record.validationReconstruction, record.validationClassification),
    })),
    outcome:
      best && (early || step >= until.steps)
        ? {
            ...{ step: best.epoch * perEpoch, heldOutLoss: best.validationLoss },
            ...{ stoppedEarly: early, checkpoint },
          }
        : null,
  }
}
