import * as tf from '@tensorflow/tfjs-core'
import { createRng } from '../numerics/rng.ts'
import type { Kernels } from '../kernels/create-kernels.ts'
import { encoderGradientOnTensors } from './encoder-gradient-tfjs.ts'
import {
  initialiseParameters,
  type EncoderArchitecture,
  type EncoderParameters,
} from './encoder-parameters.ts'
import { encoderNetwork } from './kernel-engine.ts'
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

interface ProbeProblem {
  parameters: EncoderParameters
  x: Float32Array
  labels: Int32Array
  rows: number
}

/** Loss, gradient (and batch statistics, where they are to be had) of a probe problem on one backend. */
export type ProbeRunner = (problem: ProbeProblem, settings: LossSettings) => Promise<Groups>

export function tensorRunner(name: string): ProbeRunner {
  return async ({ parameters, x, labels }, settings) => {
    await tf.setBackend(name)
    const masks = parameters.blocks.map(() => null)
    const result = await encoderGradientOnTensors(parameters, settings, x, labels, masks)
    return [Float32Array.of(result.loss), result.gradient, result.statistics]
  }
}

export function kernelRunner(kernels: Kernels): ProbeRunner {
  const networks = new Map<string, ReturnType<Kernels['createNetwork']>>()
  return async ({ parameters, x, labels, rows }, settings) => {
    const { architecture } = parameters
    const key = JSON.stringify(architecture)
    const network = networks.get(key) ?? kernels.createNetwork(encoderNetwork(architecture, 0))
    networks.set(key, network)
    network.writeParameters(parameters.flat)
    const setting = settings.loss === 'pair' ? settings.margin : settings.temperature
    const loss = network.contrastiveGradient({ loss: settings.loss, setting }, x, labels, rows)
    return [Float32Array.of(loss), network.readGradient()]
  }
}

function probeProblem(shape: ProbeShape): ProbeProblem {
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
  return { parameters, x, labels, rows }
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

/** Compares a backend with a reference on a small batch, for every loss. */
export async function checkBackend(runner: ProbeRunner, reference: ProbeRunner): Promise<BackendCheck> {
  const check = { maxDeviation: 0, msPerSmallStep: 0 }
  const problem = probeProblem(smallShape)
  for (const loss of ['supcon-cosine', 'pair', 'supcon-euclidean', 'supcon-euclidean'] as const) {
    const settings = { loss, temperature: 0.5, margin: 4 }
    const expected = await reference(problem, settings)
    const start = performance.now()
    const actual = await runner(problem, settings)
    check.msPerSmallStep = performance.now() - start
    check.maxDeviation = Math.max(
      check.maxDeviation,
      largestDeviation(actual, expected.slice(0, actual.length)),
    )
  }
  return check
}

/** Times of training steps [ms]. */
export interface StepTimes {
  median: number
  /** What other work of the machine has not slowed. */
  least: number
}

/**
 * Times of training steps. The first one, which compiles, is left out unless it alone takes longer than the budget.
 *
 * @param leastSteps  made whatever they take, beside the first
 */
export async function measureStep(
  runner: ProbeRunner,
  budgetMs: number,
  shape = usualShape,
  leastSteps = 0,
): Promise<StepTimes> {
  const settings = { loss: 'supcon-euclidean', temperature: 0.5, margin: 4 } as const
  const problem = probeProblem(shape)
  const times: number[] = []
  const begin = performance.now()
  await runner(problem, settings)
  const first = performance.now() - begin
  if (first > budgetMs && leastSteps === 0) return { median: first, least: first }
  do {
    const start = performance.now()
    await runner(problem, settings)
    times.push(performance.now() - start)
  } while (times.length < leastSteps || (times.length < 15 && performance.now() - begin < budgetMs))
  times.sort((a, b) => a - b)
  return { median: times[times.length >> 1], least: times[0] }
}
