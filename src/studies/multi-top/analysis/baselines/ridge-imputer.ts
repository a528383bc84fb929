import { AppError } from '../../../../errors.ts'
import type { TokenBatch } from '../../../../ml/transformer/token-source.ts'
import { cholesky, solveLower } from '../../../../numerics/linear-algebra.ts'
import type { Imputer } from './imputers.ts'

/** Of squared coefficients, in events; the best on validation events is kept. */
export const ridgeStrengths = [1, 10, 100, 1000] as const

/**
 * For each scalar a linear function of all others as they are seen: values (0 where masked), which of them are masked, and 1. It
 * is fitted to the events where the scalar is masked and filled, with the masks that it will be asked with, by weighted squares
 * with a ridge. Yields the share of tokens done.
 *
 * @throws AppError 'input/invalid' for no events
 */
export function* fitRidge(training: TokenBatch, validation: TokenBatch): Generator<number, Imputer> {
  if (training.rows === 0)
    throw new AppError('input/invalid', 'A ridge is fitted to 0 events, at least 1 is needed.')
  const tokens = training.values.length / training.rows
  const width = 2 * tokens + 1
  const coefficients = new Float64Array(tokens * width)
  const inputs = seenInputs(training)
  const inputsOfValidation = seenInputs(validation)
  for (let t = 0; t < tokens; t++) {
    const rows = rowsAsking(training, t)
    if (rows.length > 0) {
      const { gram, moment } = normalEquations(training, inputs, t, rows)
      const asked = rowsAsking(validation, t)
      let least = Infinity
      for (const strength of ridgeStrengths) {
        const own = solveRidge(gram, moment, strength)
        const error = squaredError(validation, inputsOfValidation, t, asked, own)
        if (error >= least) continue
        least = error
        coefficients.set(own, t * width)
      }
    }
    yield (t + 1) / tokens
  }
  return (batch) => {
    const seen = seenInputs(batch)
    const out = new Float32Array(batch.rows * tokens)
    for (let r = 0; r < batch.rows; r++)
      for (let t = 0; t < tokens; t++)
        if (batch.masked[r * tokens + t] === 1 && batch.filled[r * tokens + t] === 1)
          out[r * tokens + t] = dot(seen, r * width, coefficients.subarray(t * width, (t + 1) * width))
    return out
  }
}

/** Events in which a scalar is masked and filled. */
function rowsAsking({ rows, masked, filled }: TokenBatch, t: number): number[] {
  const tokens = masked.length / rows
  const out: number[] = []
  for (let r = 0; r < rows; r++) if (masked[r * tokens + t] === 1 && filled[r * tokens + t] === 1) out.push(r)
  return out
}

/** [rows, 2 tokens + 1] */
function seenInputs({ rows, values, masked }: TokenBatch): Float32Array {
  const tokens = values.length / rows
  const width = 2 * tokens + 1
  const out = new Float32Array(rows * width)
  for (let r = 0; r < rows; r++) {
    for (let t = 0; t < tokens; t++) {
      const hidden = masked[r * tokens + t]
      out[r * width + t] = hidden === 1 ? 0 : values[r * tokens + t]
      out[r * width + tokens + t] = hidden
    }
    out[(r + 1) * width - 1] = 1
  }
  return out
}

/** Σ w x xᵀ (lower triangle) and Σ w x y. */
function normalEquations(batch: TokenBatch, inputs: Float32Array, t: number, rows: readonly number[]) {
  const tokens = batch.values.length / batch.rows
  const width = 2 * tokens + 1
  const gram = new Float64Array(width * width)
  const moment = new Float64Array(width)
  for (const r of rows) {
    const x = inputs.subarray(r * width, (r + 1) * width)
    const y = batch.values[r * tokens + t]
    for (let i = 0; i < width; i++) {
      const factor = batch.weights[r] * x[i]
      if (factor === 0) continue
      moment[i] += factor * y
      const line = i * width
      for (let j = 0; j <= i; j++) gram[line + j] += factor * x[j]
    }
  }
  return { gram, moment }
}

function solveRidge(gram: Float64Array, moment: Float64Array, strength: number): Float64Array {
  const n = moment.length
  const own = gram.slice()
  for (let k = 0; k < n; k++) own[k * n + k] += strength
  const lower = cholesky(own, n)
  const y = solveLower(lower, moment, n)
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) y[i] -= lower[k * n + i] * y[k]
    y[i] /= lower[i * n + i]
  }
  return y
}

function squaredError(
  batch: TokenBatch,
  inputs: Float32Array,
  t: number,
  rows: readonly number[],
  coefficients: Float64Array,
): number {
  const tokens = batch.values.length / batch.rows
  let sum = 0
  for (const r of rows)
    sum +=
      batch.weights[r] *
      (dot(inputs, r * coefficients.length, coefficients) - batch.values[r * tokens + t]) ** 2
  return sum
}

function dot(rows: Float32Array, at: number, coefficients: Float64Array): number {
  let sum = 0
  for (let k = 0; k < coefficients.length; k++) sum += rows[at + k] * coefficients[k]
  return sum
}
