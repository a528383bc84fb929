import * as z from 'zod'
import { runMlp, type Mlp } from '../mlp.ts'
import {
  adjustComponents,
  positiveComponents,
  positiveOutputs,
  positiveTargets,
  positiveTerms,
} from './positive-head.ts'
import { recalibrate, recalibrationSchema } from './recalibration.ts'
import { applyScaler, type Scaler } from './scaler.ts'

/**
 * How logits z become ratios r_t(x) = dσ_t/dσ_SM of polynomial terms.
 *
 * 'classifier': g = sigmoid(z) is the share of the SM, so its odds against the other class are exp(-z). Times
 * `scale` (1 for cross-section weights, σ_class/σ_SM for normalised classes) they are the ratio of densities ρ.
 * Without a training point r = ρ; with one the class is SM + c r, so r = (ρ - 1)/c.
 *
 * 'joint': head k estimates E[w_k/ref | x], which lies between its bounds; head 0 is the SM's, and r_k is the quotient.
 *
 * 'positive': outputs are those of a PositiveHead for coefficients c_j times `units` j; terms are all of the polynomial, in
 * its order. The ratio at any c is a sum of squares.
 */
export const ratioDecoderSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('classifier'),
    scale: z.number(),
    trainingPoint: z.number().nullable(),
    /** Largest ratio of densities that is believed: see normaliseRatios. */
    limit: z.number().positive().optional(),
    /** Takes the place of scale and limit but for the sign: see recalibrateRatios. */
    recalibration: recalibrationSchema.optional(),
  }),
  z.object({
    kind: z.literal('joint'),
    bounds: z.array(z.tuple([z.number(), z.number()])).min(2), // [outputs]
    /** Each ratio is multiplied with its own: see normaliseRatios. */
    factors: z.array(z.number().positive()).optional(), // [terms]
  }),
  z.object({
    kind: z.literal('positive'),
    units: z.array(z.number().positive()).min(1), // [operators]
    /** Factor and shift of each operator's vector: see normaliseRatios. */
    adjust: z.array(z.tuple([z.number().positive(), z.number()])).optional(), // [operators]
  }),
])
export type RatioDecoder = z.infer<typeof ratioDecoderSchema>

/** From observables to ratios without anything else. */
export interface RatioNetwork {
  features: readonly string[]
  terms: readonly string[]
  scaler: Scaler
  mlp: Mlp
  decoder: RatioDecoder
}

/** @param x  [rows, features] unscaled; @returns [rows, terms] */
export function predictRatios(network: RatioNetwork, x: Float32Array): Float64Array {
  const rows = x.length / network.features.length
  return decodeRatios(network.decoder, runMlp(network.mlp, applyScaler(network.scaler, x), rows), rows, x)
}

/**
 * @param logits  [rows, outputs]
 * @param x       [rows, features] unscaled; only recalibrated classifiers look at them
 * @returns       [rows, terms]
 */
export function decodeRatios(
  decoder: RatioDecoder,
  logits: Float32Array,
  rows: number,
  x: Float32Array = new Float32Array(0),
): Float64Array {
  if (decoder.kind === 'classifier') return decodeClassifier(decoder, logits, x)
  if (decoder.kind === 'positive') return decodePositive(decoder, logits, rows)
  const { bounds, factors } = decoder
  const outputs = bounds.length
  const out = new Float64Array(rows * (outputs - 1))
  const mean = (i: number, k: number): number => {
    const [low, high] = bounds[k]
    return low + (high - low) / (1 + Math.exp(-logits[i * outputs + k]))
  }
  for (let i = 0; i < rows; i++) {
    const sm = mean(i, 0)
    for (let k = 1; k < outputs; k++)
      out[i * (outputs - 1) + k - 1] = ((factors?.[k - 1] ?? 1) * mean(i, k)) / sm
  }
  return out
}

/** ln ρ of a classifier as it was trained. */
export function classifierScores(scale: number, logits: Float32Array): Float64Array {
  const offset = Math.log(Math.abs(scale))
  return Float64Array.from(logits, (z) => offset - z)
}

function decodeClassifier(
  { scale, trainingPoint, limit = Infinity, recalibration }: Extract<RatioDecoder, { kind: 'classifier' }>,
  logits: Float32Array,
  x: Float32Array,
): Float64Array {
  const scores = classifierScores(scale, logits)
  const densities = recalibration
    ? recalibrate(recalibration, scores, x).map(Math.exp)
    : scores.map((s) => Math.min(limit, Math.exp(s)))
  const sign = recalibration?.sign ?? Math.sign(scale)
  if (trainingPoint === null || recalibration?.sign) return densities.map((rho) => sign * rho)
  return densities.map((rho) => (sign * rho - 1) / trainingPoint)
}

function decodePositive(
  { units, adjust }: Extract<RatioDecoder, { kind: 'positive' }>,
  outputs: Float32Array,
  rows: number,
): Float64Array {
  const n = units.length
  const terms = positiveTargets(n) - 1
  const width = positiveOutputs(n)
  const out = new Float64Array(rows * terms)
  const a = new Float64Array(n * (n + 1))
  for (let i = 0; i < rows; i++) {
    positiveComponents(outputs, i * width, n, a)
    if (adjust) adjustComponents(a, adjust)
    positiveTerms(a, units, out, i * terms)
  }
  return out
}

/**
 * Point by point over replicas: the median, and half the distance of the 16 % and 84 % quantiles as the uncertainty of
 * the method (interpolated; for two replicas 0.34 of their distance). Of ratios that are positive for all c take the
 * mean, which is one again; medians of single terms are not.
 */
export function combineReplicas(
  replicas: readonly Float64Array[],
  middle: 'median' | 'mean' = 'median',
): {
  median: Float64Array
  spread: Float64Array
} {
  const n = replicas[0].length
  const median = new Float64Array(n)
  const spread = new Float64Array(n)
  const values = new Float64Array(replicas.length)
  const quantile = (share: number): number => {
    const at = share * (values.length - 1)
    const low = Math.floor(at)
    const high = Math.min(low + 1, values.length - 1)
    return values[low] + (at - low) * (values[high] - values[low])
  }
  for (let i = 0; i < n; i++) {
    replicas.forEach((replica, k) => (values[k] = replica[i]))
    values.sort()
    median[i] = middle === 'median' ? quantile(0.5) : values.reduce((sum, r) => sum + r, 0) / values.length
    spread[i] = 0.5 * (quantile(0.84) - quantile(0.16))
  }
  return { median, spread }
}
