import { batchNormEpsilon } from '../encoder-parameters.ts'
import { transposed, type WeightSpec } from '../layers-model.ts'
import type { Mlp } from '../mlp.ts'
import type { Whitening } from '../whitening.ts'

/** Sizes of a classifier as its card says them. */
export interface ClassifierShape {
  features: number
  /** Outputs of the encoder's layers where the networks read latent coordinates. */
  encoder: number[] | null
  /** Hidden units of each network. */
  widths: number[]
  classes: number
  members: number
}

/** Latent coordinates as input, shifted and scaled. */
export interface LatentScaler {
  encoder: Mlp
  centre: Float64Array // [d]
  scale: Float64Array // [d]
}

const memberUnits = ({ widths, classes }: ClassifierShape): number[] => [...widths, classes]
const memberInputs = ({ features, encoder }: ClassifierShape): number => encoder?.at(-1) ?? features

/**
 * The arrays of weights.bin in their order: what whitens a spectrum, the encoder and the scaler of its coordinates
 * where there is one, then kernel and bias of every layer, network by network.
 */
export function classifierSpecs(shape: ClassifierShape): WeightSpec[] {
  const { features, encoder, members } = shape
  const specs: WeightSpec[] = []
  const add = (name: string, ...sizes: number[]): void =>
    void specs.push({ name, shape: sizes, dtype: 'float32' })
  function dense(prefix: string, inputs: number, units: readonly number[]): void {
    units.forEach((width, i) => {
      add(`${prefix}_${i + 1}/kernel`, i === 0 ? inputs : units[i - 1], width)
      add(`${prefix}_${i + 1}/bias`, width)
    })
  }
  add('centre/moving_mean', features)
  add('centre/moving_variance', features)
  add('whiten/kernel', features, features)
  if (encoder) {
    dense('encoder', features, encoder)
    add('scale/moving_mean', encoder[encoder.length - 1])
    add('scale/moving_variance', encoder[encoder.length - 1])
  }
  for (let m = 1; m <= members; m++) dense(`network_${m}`, memberInputs(shape), memberUnits(shape))
  return specs
}

/** The arrays before those of the networks, in the order of classifierSpecs(). */
export function scalerArrays({ mean, whitening }: Whitening, latent: LatentScaler | null): Float32Array[] {
  const n = mean.length
  const arrays = [mean, new Float32Array(n).fill(1 - batchNormEpsilon), transposed(whitening, n)]
  if (latent) {
    for (const { kernel, bias } of latent.encoder.layers) arrays.push(kernel, bias)
    arrays.push(
      Float32Array.from(latent.centre),
      Float32Array.from(latent.scale, (s) => s * s),
    )
  }
  return arrays
}

/** `model.json`: from a spectrum to the logits of each network, as an output of its own. */
export function classifierModelJson(shape: ClassifierShape): object {
  const { features, encoder, members } = shape
  const layers: object[] = []
  function layer(class_name: string, name: string, from: string | null, config: object): string {
    const inbound_nodes = from === null ? [] : [[[from, 0, 0, {}]]]
    layers.push({ class_name, name, config: { name, trainable: false, ...config }, inbound_nodes })
    return name
  }
  const norm = (name: string, from: string, epsilon: number): string =>
    layer('BatchNormalization', name, from, {
      ...{ axis: -1, momentum: 0.99, epsilon, center: false, scale: false },
    })
  function dense(prefix: string, from: string, units: readonly number[]): string {
    let at = from
    units.forEach((width, i) => {
      const activation = i < units.length - 1 ? 'relu' : 'linear'
      at = layer('Dense', `${prefix}_${i + 1}`, at, { units: width, activation, use_bias: true })
    })
    return at
  }
  const input = layer('InputLayer', 'spectrum', null, {
    batch_input_shape: [null, features],
    dtype: 'float32',
    sparse: false,
  })
  let at = norm('centre', input, batchNormEpsilon)
  at = layer('Dense', 'whiten', at, { units: features, activation: 'linear', use_bias: false })
  if (encoder) at = norm('scale', dense('encoder', at, encoder), 1e-30)
  const outputs = Array.from({ length: members }, (_, m) => dense(`network_${m + 1}`, at, memberUnits(shape)))
  return {
    format: 'layers-model',
    generatedBy: 'Theoryscape',
    convertedBy: null,
    modelTopology: {
      class_name: 'Functional',
      config: {
        name: 'classifier',
        layers,
        input_layers: [[input, 0, 0]],
        output_layers: outputs.map((name) => [name, 0, 0]),
      },
      keras_version: 'tfjs-layers',
      backend: 'tensor_flow.js',
    },
    weightsManifest: [{ paths: ['weights.bin'], weights: classifierSpecs(shape) }],
  }
}
