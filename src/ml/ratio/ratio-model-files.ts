import { AppError } from '../../errors.ts'
import { fromHalfBits, toHalfBits } from '../../numerics/half-floats.ts'
import { sha256Hex } from '../../numerics/sha256.ts'
import type { ModelFiles } from '../model-files.ts'
import { positiveOutputs, positiveTargets } from './positive-head.ts'
import { parseRatioCard, ratioCardSchema, type RatioCard, type ReadRatioCard } from './ratio-card.ts'
import type { RatioDecoder, RatioNetwork } from './ratio-network.ts'
import { countRatioParameters, ratioMlp, type RatioArchitecture } from './ratio-parameters.ts'

export interface RatioModel {
  card: ReadRatioCard
  network: RatioNetwork
}

const architectureOf = (card: Pick<RatioCard, 'features' | 'training' | 'outputs'>): RatioArchitecture => ({
  inputs: card.features.length,
  widths: card.training.widths,
  outputs: card.outputs,
})

/** `weights.bin`: centre and variance of the scaler, then what was trained, little-endian. */
export function ratioWeights(
  card: Pick<RatioCard, 'scaler' | 'precision'>,
  parameters: Float32Array,
): Uint8Array<ArrayBuffer> {
  const { centre, scale } = card.scaler
  const scaling = [...centre, ...scale.map((s) => s * s)]
  const weights = new Uint8Array(4 * scaling.length + bytesOfParameters(card, parameters.length))
  const view = new DataView(weights.buffer)
  scaling.forEach((value, i) => view.setFloat32(4 * i, value, true))
  const start = 4 * scaling.length
  parameters.forEach((value, i) => {
    if (card.precision) view.setUint16(start + 2 * i, toHalfBits(value), true)
    else view.setFloat32(start + 4 * i, value, true)
  })
  return weights
}

/**
 * `card.json`, `model.json` and `weights.bin`. TensorFlow.js and Keras open the latter two as a network from unscaled features
 * to the sigmoid, or to the outputs of a positive ratio: its first layer is the scaler, a batch normalisation without scale. Where the card's `scaler.log` is true the
 * network takes ln(1 + feature) instead of the feature. With `precision` float16 what was trained is rounded to half precision.
 */
export async function writeRatioModelFiles(
  card: Omit<RatioCard, 'schemaVersion' | 'kind' | 'weightsSha256'>,
  parameters: Float32Array,
): Promise<ModelFiles> {
  const weights = ratioWeights(card, parameters)
  const complete = ratioCardSchema.parse({
    ...card,
    schemaVersion: 2,
    kind: 'ratio',
    weightsSha256: await sha256Hex(weights),
  })
  return {
    card: toJson(complete),
    model: toJson(
      layersModel(
        architectureOf(complete),
        complete.decoder.kind === 'positive' ? 'linear' : 'sigmoid',
        complete.precision,
      ),
    ),
    weights,
  }
}

function bytesOfParameters({ precision }: Pick<RatioCard, 'precision'>, count: number): number {
  return (precision ? 2 : 4) * count
}

/** Outputs that a decoder reads, and terms that it gives. */
function sizesOf(decoder: RatioDecoder): { outputs: number; terms: number } {
  if (decoder.kind === 'classifier') return { outputs: 1, terms: 1 }
  if (decoder.kind === 'joint') return { outputs: decoder.bounds.length, terms: decoder.bounds.length - 1 }
  const n = decoder.units.length
  return { outputs: positiveOutputs(n), terms: positiveTargets(n) - 1 }
}

const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** @throws AppError 'model/corrupt' naming what is wrong, 'model/mismatch' for a card of a later version */
export async function readRatioModelFiles({
  card: text,
  weights,
}: Pick<ModelFiles, 'card' | 'weights'>): Promise<RatioModel> {
  const card = parseRatioCard(text)
  const corrupt = (what: string): AppError =>
    new AppError('model/corrupt', `Model ${card.id}: ${what}. Load it again or train it anew.`)
  const inputs = card.features.length
  const { centre, scale, log } = card.scaler
  if (centre.length !== inputs || scale.length !== inputs || (log && log.length !== inputs))
    throw corrupt(
      `its scaler has ${centre.length}, ${scale.length} and ${log?.length ?? 'no'} numbers for ${inputs} features`,
    )
  const { outputs, terms: termsKnown } = sizesOf(card.decoder)
  if (outputs !== card.outputs || termsKnown !== card.terms.length)
    throw corrupt(
      `${card.outputs} outputs cannot give the ${card.terms.length} terms ${card.terms.join(', ')}`,
    )
  const { decoder: read } = card
  const stage =
    read.kind === 'classifier' &&
    read.recalibration?.stages.find(({ features }) => features.length > 0 && features.length !== inputs)
  if (stage) throw corrupt(`its recalibration has ${stage.features.length} functions for ${inputs} features`)
  if (read.kind === 'positive' && read.adjust && read.adjust.length !== read.units.length)
    throw corrupt(`its decoder adjusts ${read.adjust.length} of ${read.units.length} operators`)
  const parameters = countRatioParameters(architectureOf(card))
  const bytes = 8 * inputs + bytesOfParameters(card, parameters)
  if (weights.length !== bytes)
    throw corrupt(`weights.bin has ${weights.length} bytes, its card needs ${bytes}`)
  const hash = await sha256Hex(weights)
  if (hash !== card.weightsSha256)
    throw corrupt(
      `sha256 of weights.bin is ${hash.slice(0, 12)}…, its card says ${card.weightsSha256.slice(0, 12)}…`,
    )
  const view = new DataView(weights.buffer, weights.byteOffset, weights.byteLength)
  const flat = Float32Array.from({ length: parameters }, (_, i) =>
    card.precision
      ? fromHalfBits(view.getUint16(8 * inputs + 2 * i, true))
      : view.getFloat32(4 * (2 * inputs + i), true),
  )
  const bad = flat.findIndex((number) => !Number.isFinite(number))
  if (bad >= 0) throw corrupt(`parameter ${bad} is ${flat[bad]}, must be finite`)
  const { features, terms, scaler, decoder } = card
  return { card, network: { features, terms, scaler, decoder, mlp: ratioMlp(architectureOf(card), flat) } }
}

function layersModel(
  { inputs, widths, outputs }: RatioArchitecture,
  last: string,
  precision: RatioCard['precision'],
): object {
  const layer = (class_name: string, name: string, config: object): object => ({
    class_name,
    config: { name, trainable: true, ...config },
  })
  const units = [...widths, outputs]
  const specs = [
    { name: 'scale/moving_mean', shape: [inputs] },
    { name: 'scale/moving_variance', shape: [inputs] },
    ...units.flatMap((width, i) => [
      { name: `dense_${i + 1}/kernel`, shape: [i === 0 ? inputs : units[i - 1], width] },
      { name: `dense_${i + 1}/bias`, shape: [width] },
    ]),
  ]
  return {
    format: 'layers-model',
    generatedBy: 'Theoryscape',
    convertedBy: null,
    modelTopology: {
      class_name: 'Sequential',
      config: {
        name: 'ratio',
        layers: [
          layer('BatchNormalization', 'scale', {
            axis: -1,
            momentum: 0.99,
            epsilon: 1e-30,
            center: false,
            scale: false,
            trainable: false,
            batch_input_shape: [null, inputs],
            dtype: 'float32',
          }),
          ...units.map((width, i) =>
            layer('Dense', `dense_${i + 1}`, {
              units: width,
              activation: i < widths.length ? 'relu' : last,
              use_bias: true,
            }),
          ),
        ],
      },
      keras_version: 'tfjs-layers',
      backend: 'tensor_flow.js',
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: specs.map((spec) => ({
          ...spec,
          dtype: 'float32',
          ...(precision && spec.name.startsWith('dense_') && { quantization: { dtype: precision } }),
        })),
      },
    ],
  }
}
