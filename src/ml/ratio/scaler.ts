import { AppError } from '../../errors.ts'

/** How inputs are brought to size; the fitted numbers are stored with the network. */
export type ScalerSpec =
  | { kind: 'standard' }
  /** Median, and distance of two quantiles: (0.25, 0.75) or (0.05, 0.95). */
  | { kind: 'robust'; low: number; high: number }

export interface Scaler {
  centre: number[] // [features]
  scale: number[] // [features], positive
}

/**
 * Fits a scaler to weighted rows. Rows with weight 0 or below do not count. A column that does not vary is only centred.
 *
 * @param x        [rows, features] row-major
 * @param weights  [rows]
 * @throws AppError 'data/corrupt' naming row and column of a number that is not finite
 */
export function fitScaler(
  spec: ScalerSpec,
  x: Float32Array,
  names: readonly string[],
  weights: ArrayLike<number>,
): Scaler {
  const features = names.length
  const rows = x.length / features
  const scaler: Scaler = { centre: [], scale: [] }
  for (let k = 0; k < features; k++) {
    const values = new Float64Array(rows)
    for (let i = 0; i < rows; i++) {
      const value = x[i * features + k]
      if (!Number.isFinite(value))
        throw new AppError(
          'data/corrupt',
          `Event ${i + 1}: ${names[k]} is ${value}, must be a finite number. Repair or remove the event.`,
          { row: i + 1, column: names[k] },
        )
      values[i] = value
    }
    const [centre, scale] =
      spec.kind === 'standard' ? moments(values, weights) : spread(values, weights, spec)
    scaler.centre.push(centre)
    scaler.scale.push(scale > 1e-12 * Math.abs(centre) ? scale : 1)
  }
  return scaler
}

/** A copy of [rows, features], scaled. */
export function applyScaler({ centre, scale }: Scaler, x: Float32Array): Float32Array {
  const features = centre.length
  return x.map((value, i) => (value - centre[i % features]) / scale[i % features])
}

function moments(values: Float64Array, weights: ArrayLike<number>): [number, number] {
  let total = 0
  let mean = 0
  for (let i = 0; i < values.length; i++) {
    if (!(weights[i] > 0)) continue
    total += weights[i]
    mean += (weights[i] / total) * (values[i] - mean)
  }
  let variance = 0
  for (let i = 0; i < values.length; i++)
    if (weights[i] > 0) variance += (weights[i] / total) * (values[i] - mean) ** 2
  return [mean, Math.sqrt(variance)]
}

function spread(
  values: Float64Array,
  weights: ArrayLike<number>,
  { low, high }: { low: number; high: number },
): [number, number] {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i)
    .filter((i) => weights[i] > 0)
    .sort((a, b) => values[a] - values[b])
  let total = 0
  for (const i of order) total += weights[i]
  const [bottom, middle, top] = [low, 0.5, high].map((share) => {
    let below = 0
    for (const i of order) {
      below += weights[i]
      if (below >= share * total) return values[i]
    }
    return values[order[order.length - 1]]
  })
  return [middle, top - bottom]
}
