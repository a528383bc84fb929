import type { Kernels } from '../../../../kernels/create-kernels.ts'
import { createTransformerBackend } from '../../../../ml/transformer/create-transformer-backend.ts'
import type { TransformerBackend } from '../../../../ml/transformer/transformer-backend.ts'
import type { TransformerConfig } from '../../../../ml/transformer/transformer-config.ts'
import { TransformerEngine } from '../../../../ml/transformer/transformer-engine.ts'
import type { TransformerModel } from '../../../../ml/transformer/transformer-files.ts'
import type { TokenEvents } from '../../../../ml/transformer/token-source.ts'
import { trainTransformer } from '../../../../ml/transformer/train-transformer.ts'
import { createRng, shuffle } from '../../../../numerics/rng.ts'
import { rankScores, weightedAuc } from '../../../../statistics/classification/weighted-auc.ts'
import { drain } from '../../../../numerics/drain.ts'
import { trainMlp, type NetworkRows } from '../baselines/mlp-baseline.ts'
import { createTokenBatches } from '../tokens/token-batches.ts'
import { startFrom } from '../training/start-from.ts'
import { allFeatures } from '../transformer/transformer-outputs.ts'

/** From random weights; from pre-trained ones, all of which learn; from pre-trained ones that stay, with a linear layer. */
export const transferArms = ['scratch', 'fine-tuned', 'frozen'] as const
export type TransferArm = (typeof transferArms)[number]

/** Rates that each arm is trained with; what its own validation labels like best is tested. */
const rates: Readonly<Record<TransferArm, readonly number[]>> = {
  ...{ scratch: [1e-3, 3e-3], 'fine-tuned': [3e-4, 1e-3], frozen: [1e-4, 1e-3] },
}

/** Of the labels, for the choice of rate and epoch. */
const validationShare = 0.2

/** Two classes of events, by what they are for. */
export interface TransferEvents {
  readonly table: TokenEvents
  /** Rows that labels are drawn from, and those that are tested on. */
  readonly pool: Uint32Array
  readonly test: Uint32Array
}

export interface LabelledSplit {
  training: Uint32Array
  validation: Uint32Array
}

/** So many labels, half of each class, the same for every arm. */
export function drawLabels({ table, pool }: TransferEvents, labels: number, seed: number): LabelledSplit {
  const own = [0, 1].map((label) => {
    const rows = pool.filter((row) => table.labels[row] === label)
    return shuffle(rows, createRng(seed, `labels/${label}`)).slice(0, labels / 2)
  })
  const held = Math.round((validationShare * labels) / 2)
  const both = (take: (rows: Uint32Array) => Uint32Array): Uint32Array =>
    Uint32Array.from(own.flatMap((rows) => Array.from(take(rows))))
  return {
    training: both((rows) => rows.slice(held)),
    validation: both((rows) => rows.slice(0, held)),
  }
}

export interface ArmSettings {
  seed: number
  batch: number
  epochs: number
}

export interface ArmResult {
  auc: number
  learningRate: number
  epoch: number
}

/** Each rate in turn; the one of least loss on the validation labels is tested. Yields after every epoch. */
export async function* transformerArm(
  arm: 'scratch' | 'fine-tuned',
  model: TransformerModel,
  events: TransferEvents,
  labels: LabelledSplit,
  { seed, batch, epochs }: ArmSettings,
): AsyncGenerator<void, ArmResult, void> {
  const { table, test } = events
  const spec = { ...model.card.training.spec, classes: 2 }
  const backend = await createTransformerBackend('kernels', spec)
  const held = createTokenBatches(table, labels.validation, { seed, classes: 2, shuffled: false })
  let best: { loss: number; parameters: Float32Array; learningRate: number; epoch: number } | undefined
  for (const learningRate of rates[arm]) {
    const config: TransformerConfig = {
      ...{ seed, spec, task: 'classification', masks: 'scalars', learningRate },
      ...{ schedule: 'cosine', weightDecay: 0 },
      ...{ batch: Math.min(batch, labels.training.length), epochs, patience: epochs },
    }
    const engine = new TransformerEngine(config, backend)
    if (arm === 'fine-tuned') engine.start(startFrom(model, config))
    const training = trainTransformer({
      ...{ config, engine, dataKey: 'transfer' },
      source: createTokenBatches(table, labels.training, { seed, classes: 2 }),
      validation: held.batch(0, 0, labels.validation.length),
    })
    for (;;) {
      const next = await training.next()
      if (next.done) {
        const { validationLoss: loss, parameters, bestEpoch: epoch } = next.value
        if (!best || loss < best.loss) best = { loss, parameters, learningRate, epoch }
        break
      }
      if (next.value.evaluation) yield
    }
  }
  const { parameters, learningRate, epoch } = best!
  const asked = createTokenBatches(table, test, { seed, classes: 2, shuffled: false })
  const { values, rows } = asked.batch(0, 0, test.length)
  const { logits } = await backend.outputs(parameters, values, rows, null)
  const scores = Float64Array.from(test, (_, r) => logits[2 * r + 1] - logits[2 * r])
  return { auc: areaOf(scores, events), learningRate, epoch }
}

/** The learned space of all events, once for all linear layers. @returns [events, tokens × width] */
export async function frozenFeatures(
  backend: TransformerBackend,
  { parameters }: TransformerModel,
  { events, values }: TokenEvents,
): Promise<Float32Array> {
  return (await allFeatures(backend, parameters, { values, rows: events })).values
}

/** A linear layer on what the pre-trained transformer makes of the events. */
export function frozenArm(
  kernels: Kernels,
  features: Float32Array,
  events: TransferEvents,
  labels: LabelledSplit,
  { seed, batch, epochs }: ArmSettings,
): ArmResult {
  const { table, test } = events
  const width = features.length / table.events
  const { mean, deviation } = momentsOf(features, width, labels.training)
  const rowsFor = (rows: Uint32Array): NetworkRows => {
    const inputs = new Float32Array(rows.length * width)
    rows.forEach((row, r) => {
      for (let k = 0; k < width; k++)
        inputs[r * width + k] = (features[row * width + k] - mean[k]) / deviation[k]
    })
    return {
      inputs,
      labels: Uint8Array.from(rows, (row) => table.labels[row]),
      weights: new Float64Array(rows.length).fill(1),
    }
  }
  const [training, validation, tested] = [labels.training, labels.validation, test].map(rowsFor)
  let best: { loss: number; scores: Float64Array; learningRate: number; epoch: number } | undefined
  for (const learningRate of rates.frozen) {
    let [loss, epoch] = [Infinity, 0]
    const settings = { widths: [], learningRate, batch: Math.min(batch, labels.training.length), epochs }
    const classify = drain(
      trainMlp(kernels, training, validation, 2, { ...settings, patience: epochs, seed }),
      (report) => {
        if (report.validationLoss < loss) [loss, epoch] = [report.validationLoss, report.epoch]
      },
    )
    if (best && loss >= best.loss) continue
    const probabilities = classify(tested.inputs)
    best = { loss, learningRate, epoch, scores: probabilities.filter((_, at) => at % 2 === 1) }
  }
  const { scores, learningRate, epoch } = best!
  return { auc: areaOf(scores, events), learningRate, epoch }
}

function areaOf(scores: Float64Array, { table, test }: TransferEvents): number {
  const signal = Uint8Array.from(test, (row) => table.labels[row])
  return weightedAuc(
    rankScores(scores),
    signal,
    Float64Array.from(test, (row) => table.weights[row]),
  )
}

function momentsOf(features: Float32Array, width: number, rows: Uint32Array) {
  const mean = new Float64Array(width)
  const deviation = new Float64Array(width)
  for (const row of rows) for (let k = 0; k < width; k++) mean[k] += features[row * width + k] / rows.length
  for (const row of rows)
    for (let k = 0; k < width; k++) deviation[k] += (features[row * width + k] - mean[k]) ** 2 / rows.length
  return { mean, deviation: deviation.map((square) => Math.sqrt(square) || 1) }
}
