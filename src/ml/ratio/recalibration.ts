import * as z from 'zod'
import { fitAdditiveRatio, type AdditiveColumn, type ClassWeights } from './additive-ratio-fit.ts'
import { evaluateSpline, linearSplineSchema, type LinearSpline } from './linear-spline.ts'

z.config({ jitless: true })

/**
 * What a trained classifier says, corrected on events that it was not trained on. Each stage takes ln ρ of the one before
 * to a function of it plus functions of single features.
 */
export const recalibrationSchema = z.object({
  /** Sign with which exp(ln ρ) is the ratio of the term itself; null: it is that of the density about the training point. */
  sign: z.literal([1, -1]).nullable(),
  stages: z
    .array(z.object({ score: linearSplineSchema, features: z.array(linearSplineSchema) })) // features: none or all
    .min(1),
  /** Fitted to so many. */
  events: z.number().int().positive(),
})
export type Recalibration = z.infer<typeof recalibrationSchema>

/**
 * @param scores  ln ρ as trained [rows]
 * @param x       [rows, features] unscaled
 * @returns       ln ρ
 */
export function recalibrate(
  { stages }: Pick<Recalibration, 'stages'>,
  scores: Float64Array,
  x: Float32Array,
): Float64Array {
  const width = x.length / scores.length
  return stages.reduce(
    (before, { score, features }) =>
      before.map((s, i) =>
        features.reduce(
          (sum, spline, k) => sum + evaluateSpline(spline, x[i * width + k]),
          evaluateSpline(score, s),
        ),
      ),
    scores,
  )
}

/** Knots are as many as events can fix to about 15 % each. */
const eventsPerKnot = 50
const scoreSegments = 12
const featureSegments = 6

/**
 * Fits the stages: first ln ρ becomes a rising function of the score, so that ρ is E[other | score]/E[SM | score] and
 * has no tails that no event bears out. Then functions of the features are added, in two rounds, so that the reweighted
 * SM has the other class' rate about every knot of every feature too: what a network that was trained for a few steps has
 * not seen yet. Features are left out where there are too few events.
 * Sources: calibrated classifiers as likelihood ratios, Cranmer, Pavez, Louppe 1506.02169, sec. 4; calibration on more
 * than the score, Hébert-Johnson et al. 1711.08513.
 *
 * @param x        [rows, features] unscaled
 * @param weights  of events that training did not see; the other class must be positive in total
 * @returns        the stages; done shares on the way
 */
export function* fitRecalibration(
  scores: Float64Array,
  x: Float32Array,
  weights: ClassWeights,
): Generator<number, Recalibration['stages']> {
  const rows = scores.length
  const width = x.length / rows
  const effective = Math.min(effectiveEvents(weights.sm), effectiveEvents(weights.other))
  const limit = (most: number, columns: number): number =>
    Math.min(most, Math.floor(effective / eventsPerKnot / columns) - 1)
  const rising = column(scores, Math.max(1, limit(scoreSegments, 1)), true)
  const stages: Recalibration['stages'] = []
  const [score] = yield* shares(fitAdditiveRatio([rising], weights), 0, 0.1)
  stages.push({ score, features: [] })
  const segments = limit(featureSegments, width + scoreSegments / featureSegments)
  if (segments < 1) return stages
  const features = Array.from({ length: width }, (_, k) =>
    column(
      Float64Array.from({ length: rows }, (_, i) => x[i * width + k]),
      segments,
      false,
    ),
  )
  let now = recalibrate({ stages }, scores, x)
  for (const from of [0.1, 0.55]) {
    const columns = [column(now, 2 * segments, true), ...features]
    const [first, ...rest] = yield* shares(fitAdditiveRatio(columns, weights), from, from + 0.45)
    const stage = { score: first, features: rest }
    stages.push(stage)
    now = recalibrate({ stages: [stage] }, now, x)
  }
  return stages
}

/** The score's function starts as it is, a feature's at 0. */
const column = (values: Float64Array, segments: number, isScore: boolean): AdditiveColumn => ({
  values,
  segments,
  start: isScore ? (knot) => knot : () => 0,
  rising: isScore,
})

/** Events of equal weight that would scatter as much. */
function effectiveEvents(weights: Float64Array): number {
  let sum = 0
  let squares = 0
  for (const w of weights) {
    sum += w
    squares += w * w
  }
  return squares > 0 ? (sum * sum) / squares : 0
}

/** Shares between two numbers, nearer to the second with each iteration. */
function* shares(
  fit: Generator<number, LinearSpline[]>,
  from: number,
  to: number,
): Generator<number, LinearSpline[]> {
  let left = to - from
  for (;;) {
    const next = fit.next()
    if (next.done) return next.value
    yield to - (left *= 0.7)
  }
}
