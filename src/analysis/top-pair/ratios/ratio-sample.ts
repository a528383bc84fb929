import { AppError } from '../../../errors.ts'
import { featureMatrix, type EventTable } from '../../../generator/event-table.ts'
import { observableInfo, type ObservableName } from '../../../generator/observables.ts'
import { positiveOutputs } from '../../../ml/ratio/positive-head.ts'
import type { RatioTable } from '../../../ml/ratio/ratio-engine.ts'
import type { RatioDecoder } from '../../../ml/ratio/ratio-network.ts'
import type { RatioPreset } from '../../../ml/ratio/ratio-presets.ts'
import { applyScaler, fitScaler, type Scaler } from '../../../ml/ratio/scaler.ts'
import { coefficientMonomials, evaluatePolynomial } from '../../../physics/top-pair/polynomial.ts'
import { parseRatioTerm, ratioTerms, termIndex, type RatioTerm } from './ratio-terms.ts'

/** A training set: rows for an engine, and what turns the network that learns them into ratios. */
export interface RatioSample {
  table: RatioTable
  features: readonly ObservableName[]
  terms: string[]
  scaler: Scaler
  decoder: RatioDecoder
  /** Of the absolute size of the class, where its density is negative on single events. */
  negativeShare: number
}

/**
 * A class may be negative on so much of its size. Below it a signed cross-entropy is still bounded, because the density
 * given the features (over which neutrinos and more are averaged) stays positive; above it is not.
 */
export const largestNegativeShare = 0.05

/** 'positive' and 'negative' take one sign of the term's weights: r is the sum of the two networks' (the second's is below 0). */
export type TermPart = 'whole' | 'positive' | 'negative'

export interface RatioSampleOptions {
  features: readonly ObservableName[]
  /** One for a classifier, any number for a regression. */
  terms: readonly string[]
  preset: Pick<RatioPreset, 'method' | 'scaler' | 'scalerFrom'>
  part?: TermPart
}

/**
 * Rows for learning dσ_term/dσ_SM from events with weights of both. Each event stands for both classes at once: its
 * weight is the sum of the two, its target the share of the first (see ratioLoss), so no label is drawn.
 *
 * @throws AppError 'data/mismatch' for missing columns and terms; 'data/corrupt' for NaN, negative SM weights, a class
 *         without weight; 'input/invalid' for a class that is negative too often
 */
export function buildRatioSample(events: EventTable, options: RatioSampleOptions): RatioSample {
  const { features, preset, part = 'whole' } = options
  const terms = options.terms.map(parseRatioTerm)
  if (terms.length === 0) throw new AppError('input/invalid', 'There is no term to learn. Name at least one.')
  const matrix = featureMatrix(events, features)
  const sm = smWeights(events)
  const { method } = preset
  if (method.kind === 'classifier' && terms.length > 1)
    throw new AppError(
      'input/invalid',
      `A classifier learns one term, got ${options.terms.join(', ')}. Train one each, or use joint-ratio regression.`,
    )
  const rows =
    method.kind === 'classifier'
      ? classifierRows(events, terms[0], sm, method, part)
      : method.kind === 'joint-ratio'
        ? regressionRows(events, terms, sm, method.share)
        : positiveRows(events, terms, sm, method)
  const energies = features.map((name) => observableInfo[name].unit === 'GeV')
  const from = preset.scalerFrom === 'sm' ? sm : rows.weights
  const scaler = fitScaler(preset.scaler, matrix, features, from, energies)
  return {
    table: {
      rows: events.rows,
      features: features.length,
      outputs: rows.head ? positiveOutputs(rows.head.operators) : rows.targets.length / events.rows,
      inputs: applyScaler(scaler, matrix),
      targets: rows.targets,
      weights: rows.weights,
      ...(rows.head && { head: rows.head }),
    },
    features,
    terms: [...options.terms],
    scaler,
    decoder: rows.decoder,
    negativeShare: rows.negativeShare,
  }
}

type Rows = Pick<RatioTable, 'targets' | 'weights' | 'head'> & Pick<RatioSample, 'decoder' | 'negativeShare'>

/** SM weights of all events [pb]. @throws AppError 'data/corrupt' */
export function smWeights(events: EventTable): Float64Array {
  const { rows, terms, weights } = events
  const bad = weights.findIndex((w) => !Number.isFinite(w))
  if (bad >= 0)
    throw new AppError(
      'data/corrupt',
      `Event ${Math.floor(bad / terms) + 1} has the weight ${weights[bad]}, must be finite. Repair or remove the event.`,
      { row: Math.floor(bad / terms) + 1 },
    )
  const sm = termWeights(events, 0)
  const negative = sm.findIndex((w) => w < 0)
  if (negative >= 0)
    throw new AppError(
      'data/corrupt',
      `Event ${negative + 1} has the SM weight ${sm[negative]}: ratios to a negative rate are not defined. Use leading-order events.`,
      { row: negative + 1 },
    )
  if (!(sum(sm) > 0))
    throw new AppError(
      'data/corrupt',
      `The SM weights of ${rows} events add up to ${sum(sm)}, must be positive. Check the sign of the weights.`,
      { rows },
    )
  return sm
}

export function termWeights({ rows, terms, weights }: EventTable, term: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => weights[i * terms + term])
}

function classifierRows(
  events: EventTable,
  term: RatioTerm,
  sm: Float64Array,
  method: Extract<RatioPreset['method'], { kind: 'classifier' }>,
  part: TermPart,
): Rows {
  const { trainingPoint } = method
  const raw = termWeights(events, termIndex(events.operators, term))
  // A destructive term is learned with its sign turned, which the scale of the decoder turns back.
  const sign = part === 'negative' || (part === 'whole' && trainingPoint === null && sum(raw) < 0) ? -1 : 1
  const own = raw.map((w) => (part === 'whole' ? sign * w : Math.max(0, sign * w)))
  const fixed = trainingPoint === null ? null : trainingPoint ** (term.kind === 'linear' ? 1 : 2)
  // Interference of both signs is learned on top of the SM, as much of it as the SM bears.
  const monomial =
    fixed === null && shareBelowZero(own) > largestNegativeShare ? bearableMultiple(own, sm) : fixed
  const other = monomial === null ? own : own.map((v, i) => sm[i] + monomial * v)
  const otherTotal = sum(other)
  const size = sum(other.map(Math.abs))
  const negativeShare = shareBelowZero(other)
  const name = monomial === null ? term.name : `SM + ${monomial} × ${term.name}`
  if (size === 0)
    throw new AppError(
      'data/corrupt',
      `All weights of ${name} are zero: its ratio is 0 everywhere and needs no network.`,
      { term: term.name },
    )
  if (negativeShare > largestNegativeShare)
    throw new AppError(
      'input/invalid',
      `${name} is negative on ${(100 * negativeShare).toFixed(1)} % of its size, a classifier bears ${100 * largestNegativeShare} %. Use joint-ratio regression, train its positive and negative part, or move the training point nearer to 0.`,
      { term: term.name, negativeShare },
    )
  const normalised = method.classWeights === 'normalised'
  const smTotal = sum(sm)
  const [smScale, otherScale] = normalised ? [1 / smTotal, 1 / otherTotal] : [1, 1]
  const mean = (smTotal * smScale + otherTotal * otherScale) / events.rows
  const targets = new Float32Array(events.rows)
  const weights = new Float32Array(events.rows)
  for (let i = 0; i < events.rows; i++) {
    const p = (sm[i] * smScale) / mean
    const both = p + (other[i] * otherScale) / mean
    // Where the classes cancel only the product weight x target counts.
    weights[i] = Math.abs(both) < 1e-6 * p ? 1e-6 * p : both
    targets[i] = weights[i] === 0 ? 0.5 : p / weights[i]
  }
  const scale = (normalised ? otherTotal / smTotal : 1) * (monomial === null ? sign : 1)
  const decoder: RatioDecoder = {
    kind: 'classifier',
    scale,
    trainingPoint: monomial === null ? null : sign * monomial,
  }
  return { targets, weights, decoder, negativeShare }
}

/** Of the absolute size of a density. */
function shareBelowZero(density: Float64Array): number {
  const size = sum(density.map(Math.abs))
  return size > 0 ? (size - sum(density)) / 2 / size : 0
}

/** Rate of the SM on which SM + m × term may fall below half of the SM. */
const rateBelowHalf = 0.002

/** The m with which SM + m × term is positive but for rare tails. */
function bearableMultiple(term: Float64Array, sm: Float64Array): number {
  const order = Array.from(sm, (_, i) => i)
    .filter((i) => sm[i] > 0)
    .sort((a, b) => term[a] / sm[a] - term[b] / sm[b])
  let left = rateBelowHalf * sum(sm)
  const at = order.find((i) => (left -= sm[i]) <= 0) ?? order[0]
  return (0.5 * sm[at]) / Math.abs(term[at])
}

/**
 * Targets w_t/ref with ref = w_0/σ_0 + share × sum of w_jj/σ_jj over the operators of the terms, rows weighted by ref. They are
 * bounded: |w_j| <= 2 sqrt(w_0 w_jj) on each event. Each is brought to (0, 1) by its extremes.
 * Source: bounded joint ratios, Stoye et al. 1808.00973; regression converges to E[w_t | x]/E[ref | x], Brehmer et al.
 * 1805.00013.
 */
function regressionRows(events: EventTable, terms: RatioTerm[], sm: Float64Array, share: number): Rows {
  if (!(share > 0))
    throw new AppError(
      'input/invalid',
      `The share of the squares is ${share}, must be positive: it bounds the targets.`,
    )
  const { rows } = events
  const smTotal = sum(sm)
  const ref = sm.map((w) => w / smTotal)
  for (const { weights, total } of squaresOf(events, terms))
    if (total > 0) weights.forEach((w, i) => (ref[i] += (share * w) / total))
  const heads = [sm, ...terms.map((term) => termWeights(events, termIndex(events.operators, term)))]
  const targets = new Float32Array(rows * heads.length)
  const bounds = heads.map((head, k): [number, number] => {
    const values = head.map((w, i) => (ref[i] > 0 ? w / ref[i] : 0))
    const low = Math.min(0, minimum(values))
    const high = -Math.min(0, minimum(values.map((v) => -v)))
    const width = high > low ? high - low : 1
    values.forEach((value, i) => (targets[i * heads.length + k] = (value - low) / width))
    return [low, low + width]
  })
  const mean = sum(ref) / rows
  const weights = Float32Array.from(ref, (w) => w / mean)
  return { targets, weights, decoder: { kind: 'joint', bounds }, negativeShare: 0 }
}

/** Weights of the squares of all operators in the terms. @throws AppError 'data/corrupt' */
function squaresOf(
  events: EventTable,
  terms: RatioTerm[],
): { operator: string; weights: Float64Array; total: number }[] {
  return [...new Set(terms.flatMap((term) => term.operators))].map((operator) => {
    const weights = termWeights(events, termIndex(events.operators, parseRatioTerm(`${operator}^2`)))
    const bad = weights.findIndex((w) => w < 0)
    if (bad >= 0)
      throw new AppError(
        'data/corrupt',
        `Event ${bad + 1} has the weight ${weights[bad]} of ${operator}^2: a square cannot be negative. Repair or remove the event.`,
        { row: bad + 1 },
      )
    return { operator, weights, total: sum(weights) }
  })
}

/**
 * The targets of a positive head: all terms of the polynomial over ref, in units in which each square has the rate of the SM.
 * Points: every operator alone and every pair with both relative signs, at each size. Near the SM a point teaches linear terms,
 * far from it squares; it counts with one over its size, which serves both (measured on reweighted features).
 */
function positiveRows(
  events: EventTable,
  terms: RatioTerm[],
  sm: Float64Array,
  { share, sizes }: Extract<RatioPreset['method'], { kind: 'positive' }>,
): Rows {
  const operators = [...new Set(terms.flatMap((term) => term.operators))]
  const all = ratioTerms(operators)
  if (terms.map(({ name }) => name).join() !== all.map(({ name }) => name).join())
    throw new AppError(
      'input/invalid',
      `A positive ratio needs all terms of its operators in order, ${all.map(({ name }) => name).join(', ')}; got ${terms.map(({ name }) => name).join(', ')}.`,
    )
  const smTotal = sum(sm)
  const squares = squaresOf(events, terms)
  const empty = squares.find(({ total }) => !(total > 0))
  if (empty)
    throw new AppError(
      'data/corrupt',
      `All weights of ${empty.operator}^2 are zero: it has no unit. Leave the operator out.`,
      { operator: empty.operator },
    )
  const units = squares.map(({ total }) => Math.sqrt(total / smTotal))
  const ref = sm.map((w) => w / smTotal)
  for (const { weights, total } of squares) weights.forEach((w, i) => (ref[i] += (share * w) / total))
  const columns = [
    { weights: sm, unit: 1 },
    ...all.map((term) => {
      const at = term.operators.map((operator) => units[operators.indexOf(operator)])
      const unit = term.kind === 'linear' ? at[0] : at[0] * at[at.length - 1]
      return { weights: termWeights(events, termIndex(events.operators, term)), unit }
    }),
  ]
  const { rows } = events
  const targets = new Float32Array(rows * columns.length)
  columns.forEach(({ weights, unit }, t) => {
    for (let i = 0; i < rows; i++)
      targets[i * columns.length + t] = ref[i] > 0 ? weights[i] / (unit * smTotal * ref[i]) : 0
  })
  const totals = columns.map(({ weights, unit }) => sum(weights) / (unit * smTotal))
  const points = sizes.flatMap((size) => comparisonPoints(operators.length, size))
  const mean = sum(ref) / rows
  return {
    targets,
    weights: Float32Array.from(ref, (w) => w / mean),
    head: {
      operators: operators.length,
      points,
      rates: points.map((c) => evaluatePolynomial(totals, coefficientMonomials(c))),
      weights: points.map((c) => 1 / Math.hypot(...c)),
    },
    decoder: { kind: 'positive', units },
    negativeShare: 0,
  }
}

/** Plus and minus each axis and each diagonal of two axes, of one length. */
export function comparisonPoints(n: number, size: number): number[][] {
  const point = (entries: [number, number][]): number[] => {
    const c = new Array<number>(n).fill(0)
    for (const [j, value] of entries) c[j] = value * size
    return c
  }
  const points: number[][] = []
  for (const sign of [1, -1])
    for (let j = 0; j < n; j++) {
      points.push(point([[j, sign]]))
      for (let k = j + 1; k < n; k++)
        for (const other of [1, -1])
          points.push(
            point([
              [j, sign * Math.SQRT1_2],
              [k, other * Math.SQRT1_2],
            ]),
          )
    }
  return points
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
const minimum = (values: Float64Array): number =>
  values.reduce((least, value) => Math.min(least, value), Infinity)
