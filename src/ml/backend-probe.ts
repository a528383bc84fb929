import * as tf from '@tensorflow/tfjs-core'
import { createRng } from '../numerics/rng.ts'
import { encoderGradientOnTensors } from './encoder-gradient-tfjs.ts'
import { initialiseParameters, type EncoderArchitecture } from './encoder-parameters.ts'
import type { LossSettings } from './losses/contrastive-loss.ts'

/** A training problem of fixed random numbers, to measure or compare backends with. */
export interface ProbeShape extends EncoderArchitecture {
  universes: number
  replicas: number
}

const smallShape: ProbeShape = { features: 12, widths: [16, 8], latentDim: 2, universes: 6, replicas: 4 }
const usualShape: ProbeShape = {
  features: 71,
  widths: [128, 64, 32],
  latentDim: 2,
  universes: 50,
  replicas: 8,
}

/** Relative; float32 on every backend agrees to about 1e-5. */
export const largestAllowedDeviation = 1e-3

type Groups = Float32Array[]

/** One gradient on the current backend: [loss], gradient, statistics. */
async function probeStep(shape: ProbeShape, settings: LossSettings): Promise<Groups> {
  const rng = createRng(1).split('backend-probe')
  const rows = shape.universes * shape.replicas
  const parameters = initialiseParameters(shape, rng.split('parameters'))
  const centres = Float32Array.from({ length: shape.universes * shape.features }, () => 3 * rng.normal())
  const x = new Float32Array(rows * shape.features)
  const labels = new Int32Array(rows)
  for (let i = 0; i < rows; i++) {
    labels[i] = i % shape.universes
    for (let k = 0; k < shape.features; k++)
      x[i * shape.features + k] = centres[labels[i] * shape.features + k] + rng.normal()
  }
  const masks = shape.widths.map(() => null)
  const result = await encoderGradientOnTensors(parameters, settings, x, labels, masks)
  return [Float32Array.of(result.loss), result.gradient, result.statistics]
}

/** Largest |a - b| of each group over the group's largest |b|; infinite where a number is not finite. */
export function largestDeviation(actual: Groups, expected: Groups): number {
  let worst = 0
  expected.forEach((group, g) => {
    let scale = 1e-30
    for (const value of group) scale = Math.max(scale, Math.abs(value))
    for (let i = 0; i < group.length; i++) {
      const deviation = Math.abs(actual[g][i] - group[i]) / scale
      worst = Number.isFinite(deviation) ? Math.max(worst, deviation) : Infinity
    }
  })
  return worst
}

export interface BackendCheck {
  maxDeviation: number
  /** Time of the last small step, its code compiled [ms]. */
  msPerSmallStep: number
}

/** Compares two started backends on a small batch, for every loss. Leaves `name` current. */
export async function checkBackend(name: string, reference: string): Promise<BackendCheck> {
  const check = { maxDeviation: 0, msPerSmallStep: 0 }
  for (const loss of ['supcon-cosine', 'pair', 'supcon-euclidean', 'supcon-euclidean'] as const) {
    const settings = { loss, temperature: 0.5, margin: 4 }
    await tf.setBackend(reference)
    const expected = await probeStep(smallShape, settings)
    await tf.setBackend(name)
    const start = performance.now()
    const actual = await probeStep(smallShape, settings)
    check.msPerSmallStep = performance.now() - start
    check.maxDeviation = Math.max(check.maxDeviation, largestDeviation(actual, expected))
  }
  return check
}

/**
 * Median time of a training step on the current backend [ms]. The first one, which compiles, is left out unless
 * it alone takes longer than the budget.
 */
export async function measureStep(budgetMs: number, shape = usualShape): Promise<number> {
  const settings = { loss: 'supcon-euclidean', temperature: 0.5, margin: 4 } as const
  const times: number[] = []
  const begin = performance.now()
  await probeStep(shape, settings)
  const first = performance.now() - begin
  if (first > budgetMs) return first
  do {
    const start = performance.now()
    await probeStep(shape, settings)
    times.push(performance.now() - start)
  } while (times.length < 15 && performance.now() - begin < budgetMs)
  times.sort((a, b) => a - b)
  return times[times.length >> 1]
}
