import {
  batchNormEpsilon,
  hiddenShapes,
  type EncoderArchitecture,
  type EncoderParameters,
} from './encoder-parameters.ts'
import type { Whitening } from './whitening.ts'

/** One array of weights.bin, in TensorFlow.js's words. */
export interface WeightSpec {
  name: string
  shape: number[]
  dtype: 'float32'
}

/**
 * The arrays of weights.bin in their order. The stored model takes spectra: its first layer subtracts the mean
 * (a batch normalisation without scale), its second multiplies with the transposed whitening matrix.
 */
export function weightSpecs(architecture: EncoderArchitecture): WeightSpec[] {
  const { features, latentDim, blocks } = architecture
  const specs: WeightSpec[] = []
  const add = (name: string, ...shape: number[]): void => void specs.push({ name, shape, dtype: 'float32' })
  add('centre/moving_mean', features)
  add('centre/moving_variance', features)
  add('whiten/kernel', features, features)
  const shapes = hiddenShapes(architecture)
  shapes.forEach(({ inputs, outputs }, i) => {
    add(`dense_${i + 1}/kernel`, inputs, outputs)
    if (blocks === 'bias') add(`dense_${i + 1}/bias`, outputs)
    else
      for (const part of ['gamma', 'beta', 'moving_mean', 'moving_variance'])
        add(`norm_${i + 1}/${part}`, outputs)
  })
  add('latent/kernel', shapes.at(-1)?.outputs ?? features, latentDim)
  add('latent/bias', latentDim)
  return specs
}

/** The arrays themselves, in the order of weightSpecs(). */
export function weightArrays(parameters: EncoderParameters, { mean, whitening }: Whitening): Float32Array[] {
  const n = mean.length
  return [
    mean,
    new Float32Array(n).fill(1 - batchNormEpsilon), // + epsilon = 1 under the root
    transposed(whitening, n),
    ...parameters.biasBlocks.flatMap((b) => [b.kernel, b.bias]),
    ...parameters.blocks.flatMap((b) => [b.kernel, b.gamma, b.beta, b.movingMean, b.movingVariance]),
    parameters.output.kernel,
    parameters.output.bias,
  ]
}

export function transposed(matrix: Float32Array, n: number): Float32Array {
  const result = new Float32Array(n * n)
  for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) result[k * n + i] = matrix[i * n + k]
  return result
}

/** `model.json`, which tf.loadLayersModel opens. */
export function layersModelJson(
  architecture: EncoderArchitecture,
  dropout: number,
  tfjsVersion: string,
): object {
  const { features, latentDim, pool } = architecture
  const normed = architecture.blocks !== 'bias'
  const layer = (class_name: string, name: string, config: object): object => ({
    class_name,
    config: { name, trainable: true, ...config },
  })
  const norm = { axis: -1, momentum: 0.99, epsilon: batchNormEpsilon }
  const layers = [
    layer('BatchNormalization', 'centre', {
      ...norm,
      center: false,
      scale: false,
      trainable: false,
      batch_input_shape: [null, features],
      dtype: 'float32',
    }),
    layer('Dense', 'whiten', { units: features, activation: 'linear', use_bias: false, trainable: false }),
    ...(pool ? [layer('Reshape', 'items', { target_shape: [pool.items, features / pool.items] })] : []),
    ...hiddenShapes(architecture).flatMap(({ outputs: units }, i) => [
      layer('Dense', `dense_${i + 1}`, { units, activation: 'linear', use_bias: !normed }),
      ...(normed
        ? [layer('BatchNormalization', `norm_${i + 1}`, { ...norm, center: true, scale: true })]
        : []),
      layer('Activation', `relu_${i + 1}`, { activation: 'relu' }),
      ...(pool ? [] : [layer('Dropout', `dropout_${i + 1}`, { rate: dropout })]),
      ...(i + 1 === pool?.widths.length ? [layer('GlobalAveragePooling1D', 'mean', {})] : []),
    ]),
    layer('Dense', 'latent', { units: latentDim, activation: 'linear', use_bias: true }),
  ]
  return {
    format: 'layers-model',
    generatedBy: `Theoryscape, TensorFlow.js ${tfjsVersion}`,
    convertedBy: null,
    modelTopology: {
      class_name: 'Sequential',
      config: { name: 'encoder', layers },
      keras_version: `tfjs-layers ${tfjsVersion}`,
      backend: 'tensor_flow.js',
    },
    weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs(architecture) }],
  }
}
