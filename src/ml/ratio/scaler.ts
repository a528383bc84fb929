import * as z from 'zod'
import { AppError } from '../../errors.ts'

z.config({ jitless: true })

/**
 * How inputs are brought to size; the fitted numbers are stored with the network. The 'log' kinds first take ln(1 + x) of
 * columns whose size spans decades, energies in GeV above all: ratios grow like powers of them.
 */
export type ScalerSpec =
  | { kind: 'standard' | 'log-standard' }
  /** Median, and distance of two quantiles: (0.25, 0.75) or (0.05, 0.95). */
  | { kind: 'robust' | 'log-robust'; low: number; high: number }

export interface Scaler {
  centre: number[] // [features]
  scale: number[] // [features], positive
  /** Columns of which ln(1 + x) is taken first; absent means none. */
  log?: boolean[] // [features]
}

/** A card's scaler; files from before the logarithm have none. */
export const scalerSchema = z.object({
  centre: z.array(z.number()),
  scale: z.array(z.number().positive()),
  log: z.array(z.boolean()).optional(),
})

/**
 * Fits a scaler to weighted rows. Rows with weight 0 or below do not count. A column that does not vary is only centred.
 *
 * @param x        [rows, features] row-major
 * @param weights  [rows]
 * @param energies [features] columns that a 'log' kind takes the logarithm of
 * @throws AppError 'data/corrupt' naming row and column of a number that is not finite, or of a negative energy
 */
export function fitScaler(
  spec: ScalerSpec,
  x: Float32Array,
  names: readonly string[],
  weights: ArrayLike<number>,
  energies: readonly boolean[] = [],
): Scaler {
  const features = names.length
  const rows = x.length / features
  const log = spec.kind.startsWith('log') ? names.map((_, k) => energies[k] ?? false) : undefined
  const scaler: Scaler = { centre: [], scale: [], ...(log && { log }) }
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
      if (log?.[k] && value < 0)
        throw new AppError(
          'data/corrupt',
          `Event ${i + 1}: ${names[k]} is ${value}, an energy is at least 0. Repair or remove the event.`,
          { row: i + 1, column: names[k] },
        )
      values[i] = log?.[k] ? Math.log1p(value) : value
    }
    const [centre, scale] = 'low' in spec ? spread(values, weights, spec) : moments(values, weights)
    scaler.centre.push(centre)
    scaler.scale.push(scale > 1e-12 * Math.abs(centre) ? scale : 1)
  }
  return scaler
}

/** A copy of [rows, features], scaled. */
export function applyScaler({ centre, scale, log }: Scaler, x: Float32Array): Float32Array {
  const features = centre.length
  return x.map((value, i) => {
    const k = i % features
    return ((log?.[k] ? Math.log1p(Math.max(0, value)) : value) - centre[k]) / scale[k]
  })
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
