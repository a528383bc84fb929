// The kernels' network once more, in float64 and as plainly as the formulas read: what tests compare with.

import { dropoutMask } from './dropout.ts'
import { completeLayers, type NetworkSpec } from './network-spec.ts'
import type { ContrastiveSetting, RegressionLoss } from './network-kernel.ts'

export interface ReferencePass {
  outputs: Float64Array // before the last activation
  /** Mean and variance of each layer with batch norm, as in the tail of the flat parameters. */
  statistics: number[]
}

/** A training pass over all rows (batch statistics, dropout by key). `flat` as in NetworkKernel. */
export function referenceForward(
  spec: NetworkSpec,
  flat: ArrayLike<number>,
  x: ArrayLike<number>,
  rows: number,
  dropoutKey = 0,
  training = true,
): ReferencePass {
  const layers = completeLayers(spec)
  let at = 0
  let movingAt = 0
  for (const { inputs, units, bias, batchNorm } of layers)
    movingAt += units * (inputs + (bias ? 1 : 0) + (batchNorm ? 2 : 0))
  const statistics: number[] = []
  let entering = Float64Array.from(x)
  layers.forEach(({ inputs, units, bias, batchNorm, activation, dropout }, l) => {
    const z = new Float64Array(rows * units)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < units; j++) {
        let sum = bias ? flat[at + inputs * units + j] : 0
        for (let k = 0; k < inputs; k++) sum += entering[i * inputs + k] * flat[at + k * units + j]
        z[i * units + j] = sum
      }
    at += inputs * units + (bias ? units : 0)
    if (batchNorm) {
      const means: number[] = []
      const variances: number[] = []
      for (let j = 0; j < units; j++) {
        let mean = flat[movingAt + j]
        let variance = flat[movingAt + units + j]
        if (training) {
          mean = 0
          variance = 0
          for (let i = 0; i < rows; i++) mean += z[i * units + j] / rows
          for (let i = 0; i < rows; i++) variance += (z[i * units + j] - mean) ** 2 / rows
        }
        const deviation = Math.sqrt(variance + (spec.batchNormEpsilon ?? 1e-3))
        for (let i = 0; i < rows; i++) {
          const p = i * units + j
          z[p] = (flat[at + j] * (z[p] - mean)) / deviation + flat[at + units + j]
        }
        means.push(mean)
        variances.push(variance)
      }
      statistics.push(...means, ...variances)
      at += 2 * units
      movingAt += 2 * units
    }
    if (l < layers.length - 1) {
      for (let i = 0; i < z.length; i++) z[i] = activate(activation, z[i])
      if (dropout > 0 && training) {
        const mask = dropoutMask(dropoutKey, l, rows, units, dropout)
        for (let i = 0; i < z.length; i++) z[i] = mask[i] === 0 ? 0 : z[i] / (1 - dropout)
      }
    }
    entering = z
  })
  return { outputs: entering, statistics }
}

export function activate(name: 'linear' | 'relu' | 'sigmoid', x: number): number {
  if (name === 'relu') return Math.max(x, 0)
  return name === 'sigmoid' ? 1 / (1 + Math.exp(-x)) : x
}

export function referenceRegressionLoss(
  spec: NetworkSpec,
  kind: RegressionLoss,
  outputs: Float64Array,
  targets: ArrayLike<number>,
  weights: ArrayLike<number>,
): number {
  const { units, activation } = spec.layers[spec.layers.length - 1]
  let loss = 0
  let weight = 0
  for (let i = 0; i < weights.length; i++) {
    weight += weights[i]
    for (let q = 0; q < units; q++) {
      const g = activate(activation, outputs[i * units + q])
      const y = targets[i * units + q]
      const one = kind === 'squared' ? (g - y) ** 2 : -y * Math.log(g) - (1 - y) * Math.log(1 - g)
      loss += (weights[i] * one) / units
    }
  }
  return loss / weight
}

/**
 * Formulas: Khosla et al. 2004.11362 eq. 2; Hadsell, Chopra, LeCun, CVPR 2006, eq. 4 (distances not below
 * sqrt(1e-9), where they have no direction).
 */
export function referenceContrastiveLoss(
  { loss, setting }: ContrastiveSetting,
  z: Float64Array,
  labels: Int32Array,
): number {
  const rows = labels.length
  const dim = z.length / rows
  const square = (i: number, j: number): number => {
    let sum = 0
    for (let k = 0; k < dim; k++) sum += (z[i * dim + k] - z[j * dim + k]) ** 2
    return sum
  }
  const product = (i: number, j: number): number => {
    let sum = 0
    for (let k = 0; k < dim; k++) sum += z[i * dim + k] * z[j * dim + k]
    return sum
  }
  if (loss === 'pair') {
    const sums = [0, 0]
    const counts = [0, 0]
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < i; j++) {
        const unlike = Number(labels[i] !== labels[j])
        const d2 = square(i, j)
        counts[unlike]++
        sums[unlike] += unlike ? Math.max(0, setting - Math.sqrt(Math.max(d2, 1e-9))) ** 2 : d2
      }
    return (counts[0] && sums[0] / counts[0]) + (counts[1] && sums[1] / counts[1])
  }
  const similarity = (i: number, j: number): number =>
    loss === 'supcon-euclidean' ? -square(i, j) : product(i, j) / Math.sqrt(product(i, i) * product(j, j))
  let sum = 0
  let anchors = 0
  for (let i = 0; i < rows; i++) {
    const s = new Float64Array(rows)
    let top = -Infinity
    let positives = 0
    for (let j = 0; j < rows; j++) {
      if (j === i) continue
      s[j] = similarity(i, j) / setting
      top = Math.max(top, s[j])
      if (labels[j] === labels[i]) positives++
    }
    if (positives === 0) continue
    anchors++
    let all = 0
    for (let j = 0; j < rows; j++) if (j !== i) all += Math.exp(s[j] - top)
    const logAll = top + Math.log(all)
    for (let j = 0; j < rows; j++) if (j !== i && labels[j] === labels[i]) sum += (logAll - s[j]) / positives
  }
  return anchors === 0 ? 0 : sum / anchors
}

/** dL/dp of each parameter by central differences. */
export function centralDifferences(
  loss: (flat: Float64Array) => number,
  flat: ArrayLike<number>,
  count: number,
): Float64Array {
  const at = Float64Array.from(flat)
  return Float64Array.from({ length: count }, (_, i) => {
    const kept = at[i]
    const h = 1e-5 * Math.max(1, Math.abs(kept))
    at[i] = kept + h
    const up = loss(at)
    at[i] = kept - h
    const down = loss(at)
    at[i] = kept
    return (up - down) / (2 * h)
  })
}

/** Largest |a - b| over the largest |b|. */
export function relativeToScale(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let scale = 1e-300
  let worst = 0
  for (let i = 0; i < b.length; i++) scale = Math.max(scale, Math.abs(b[i]))
  for (let i = 0; i < b.length; i++) {
    const d = Math.abs(a[i] - b[i])
    if (!(d <= worst)) worst = d
  }
  return worst / scale
}
