import * as tf from '@tensorflow/tfjs-core'
import { replicaSpectrum } from '../studies/drell-yan/analysis/replicas.ts'
import { whitenSpectra } from '../studies/drell-yan/analysis/whitening.ts'
import { AppError } from '../errors.ts'
import { loadKernels } from '../kernels/load-kernels.ts'
import { initBackend } from '../ml/backends.ts'
import { mlpKernel } from '../ml/mlp-kernel.ts'
import { runMlp, type Mlp } from '../ml/mlp.ts'
import { measure } from './measure.ts'
import { below, type BenchRow } from './report.ts'
import type { BenchSubject } from './subject.ts'

const rows = 20_000

/** Whitening and encoding of 20,000 spectra on each engine; every answer is compared with plain TypeScript's. */
export async function* encodingRows({ header, encoder }: BenchSubject): AsyncGenerator<BenchRow, void> {
  const { universeModel: model } = header
  const { mlp } = encoder
  const spectra = drawSpectra(header.universeModel)
  const whiten = (): Float32Array => whitenSpectra(model.whitening, spectra, rows)
  const whitened = whiten()
  const expected = runMlp(mlp, whitened, rows)
  const title = `${rows.toLocaleString('en')} spectra`
  yield { name: `whiten ${title}`, value: await measure(whiten, { seconds: 2 }), note: 'plain TypeScript' }
  yield {
    name: `whiten and encode ${title}, plain TypeScript`,
    value: await measure(() => runMlp(mlp, whiten(), rows), { seconds: 3 }),
    note: 'what streaming and replicas use where the kernels do not load',
  }

  const network = mlpKernel(await loadKernels(), mlp)
  checkSame('the kernels', network.predict(whitened, rows), expected)
  yield {
    name: `whiten and encode ${title}, kernels`,
    value: await measure(() => network.predict(whiten(), rows), { seconds: 3 }),
    target: below(300),
    note: 'what streaming and replicas use; whitening in plain TypeScript',
  }
  yield {
    name: `encode ${title}, kernels`,
    value: await measure(() => network.predict(whitened, rows), { seconds: 2 }),
  }

  await initBackend('wasm')
  const encode = tensorEncoder(mlp)
  checkSame('tfjs wasm', await encode(whitened), expected)
  yield {
    name: `whiten and encode ${title}, tfjs wasm`,
    value: await measure(() => encode(whiten()), { seconds: 3 }),
    target: below(300),
    note: 'whitening in plain TypeScript',
  }
}

function drawSpectra({ templates, whitening }: BenchSubject['header']['universeModel']): Float32Array {
  const bins = templates.bins
  const spectra = new Float32Array(rows * bins)
  for (let row = 0; row < rows; row++)
    spectra.set(replicaSpectrum(whitening, templates.sm, 1, 0, row), row * bins)
  return spectra
}

function tensorEncoder({ layers }: Mlp): (x: Float32Array) => Promise<Float32Array> {
  const weights = layers.map(({ inputs, outputs, kernel, bias, activation }) => ({
    kernel: tf.tensor2d(kernel, [inputs, outputs]),
    bias: tf.tensor1d(bias),
    activation,
  }))
  return async (x) => {
    const z = tf.tidy(() => {
      let a: tf.Tensor = tf.tensor2d(x, [rows, layers[0].inputs])
      for (const { kernel, bias, activation } of weights)
        a = tf.fused.matMul({ a, b: kernel, bias, activation })
      return a
    })
    const data = await z.data<'float32'>()
    z.dispose()
    return data
  }
}

function checkSame(engine: string, actual: Float32Array, expected: Float32Array): void {
  let worst = 0
  let scale = 0
  for (let i = 0; i < expected.length; i++) {
    worst = Math.max(worst, Math.abs(actual[i] - expected[i]))
    scale = Math.max(scale, Math.abs(expected[i]))
  }
  if (!(worst <= 1e-4 * scale))
    throw new AppError(
      'ml/backend-unavailable',
      `Encoding on ${engine} differs from plain TypeScript by ${worst}, ${(1e-4 * scale).toPrecision(2)} is allowed: a time of wrong numbers is none.`,
      { engine, worst },
    )
}
