import { AppError } from '../../errors.ts'
import type { TokenBatch } from './token-source.ts'

/** What a step learns from: hidden scalars, classes, or both on one batch. */
export const transformerTasks = ['multi-task', 'reconstruction', 'classification'] as const
export type TransformerTask = (typeof transformerTasks)[number]

export const learnsReconstruction = (task: TransformerTask): boolean => task !== 'classification'
export const learnsClasses = (task: TransformerTask): boolean => task !== 'reconstruction'

/** Residuals beyond this, in standard deviations, count linearly. */
export const huberDelta = 3

/**
 * r² up to huberDelta, 2 δ|r| - δ² beyond: twice Huber's function (Huber 1964), so that it is the squared error where it
 * can be.
 */
export function huber(residual: number): number {
  const size = Math.abs(residual)
  return size <= huberDelta ? size * size : huberDelta * (2 * size - huberDelta)
}

/** Losses of a batch as sums, so that those of its parts add up; a mean is sum / weight. */
export interface TransformerLosses {
  /** Σ huber(x̂ - x) over the masked filled scalars, and how many they are. */
  reconstruction: number
  scalars: number
  /** Σ w × cross-entropy, and Σ w. */
  classification: number
  weight: number
}

export const noLosses = (): TransformerLosses => ({
  reconstruction: 0,
  scalars: 0,
  classification: 0,
  weight: 0,
})

export function addLosses(to: TransformerLosses, of: TransformerLosses): void {
  to.reconstruction += of.reconstruction
  to.scalars += of.scalars
  to.classification += of.classification
  to.weight += of.weight
}

/** Means; 0 where there is nothing to take the mean of. */
export function meanLosses({ reconstruction, scalars, classification, weight }: TransformerLosses) {
  return {
    reconstruction: scalars > 0 ? reconstruction / scalars : 0,
    classification: weight > 0 ? classification / weight : 0,
  }
}

/** L_rec + L_cls, or the one that the task learns from. */
export function totalLoss(task: TransformerTask, losses: TransformerLosses): number {
  const { reconstruction, classification } = meanLosses(losses)
  return (learnsReconstruction(task) ? reconstruction : 0) + (learnsClasses(task) ? classification : 0)
}

/** What the sums of a whole batch are divided by, known before it is computed: its parts need it. */
export interface BatchShares {
  /** 1 / masked filled scalars, or 0 where there are none. */
  scalar: number
  /** 1 / Σ w, or 0. */
  weight: number
}

export function sharesOf(batch: TokenBatch): BatchShares {
  let scalars = 0
  for (let i = 0; i < batch.masked.length; i++) scalars += batch.masked[i] & batch.filled[i]
  let weight = 0
  for (const w of batch.weights) weight += w
  return { scalar: scalars > 0 ? 1 / scalars : 0, weight: weight > 0 ? 1 / weight : 0 }
}

/** Events `from` to before `to` of a batch, as views. */
export function partOf(
  { values, filled, masked, labels, weights, rows }: TokenBatch,
  from: number,
  to: number,
): TokenBatch {
  const tokens = rows === 0 ? 0 : values.length / rows
  const cut = <T extends Float32Array | Uint8Array>(a: T): T => a.subarray(from * tokens, to * tokens) as T
  return {
    rows: to - from,
    values: cut(values),
    filled: cut(filled),
    masked: cut(masked),
    labels: labels.subarray(from, to),
    weights: weights.subarray(from, to),
  }
}

/** @throws AppError 'model/mismatch' where arrays and numbers of a batch do not belong together */
export function checkTokenBatch(batch: TokenBatch, tokens: number, classes: number): void {
  const { rows, values, filled, masked, labels, weights } = batch
  const cells = rows * tokens
  const wrong = (
    [
      ['values', values.length, cells],
      ['filled marks', filled.length, cells],
      ['masks', masked.length, cells],
      ['labels', labels.length, rows],
      ['weights', weights.length, rows],
    ] as const
  ).find(([, actual, expected]) => actual !== expected)
  if (wrong)
    throw new AppError(
      'model/mismatch',
      `${rows} events of ${tokens} tokens need ${wrong[2]} ${wrong[0]}, got ${wrong[1]}. Choose data and model of the same tokens.`,
      { rows, tokens, expected: wrong[2], actual: wrong[1] },
    )
  const label = labels.findIndex((k) => k >= classes)
  if (label >= 0)
    throw new AppError(
      'model/mismatch',
      `Event ${label} has class ${labels[label]}, the model knows classes 0 to ${classes - 1}. Choose data of the model's classes.`,
      { event: label, label: labels[label], classes },
    )
  const weight = weights.findIndex((w) => !(w >= 0 && w < Infinity))
  if (weight >= 0)
    throw new AppError(
      'input/invalid',
      `Event ${weight} has weight ${weights[weight]}; weights must be finite and not negative.`,
      { event: weight, weight: weights[weight] },
    )
}
