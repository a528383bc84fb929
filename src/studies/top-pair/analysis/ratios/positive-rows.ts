import { AppError } from '../../../../errors.ts'
import type { EventTable } from '../../../../generator/event-table.ts'
import type { RatioPreset } from '../../../../ml/ratio/ratio-presets.ts'
import { coefficientMonomials, evaluatePolynomial } from '../../../../physics/top-pair/polynomial.ts'
import { termWeights, type RatioRows } from './ratio-sample.ts'
import { ratioTerms, termIndex, type RatioTerm } from './ratio-terms.ts'
import { squaresOf } from './regression-rows.ts'

/**
 * The targets of a positive head: all terms of the polynomial over ref, in units in which each square has the rate of the SM.
 * Points: every operator alone and every pair with both relative signs, at each size. Near the SM a point teaches linear terms,
 * far from it squares; it counts with one over its size, which serves both (measured on reweighted features).
 */
export function positiveRows(
  events: EventTable,
  terms: RatioTerm[],
  sm: Float64Array,
  { share, sizes }: Extract<RatioPreset['method'], { kind: 'positive' }>,
): RatioRows {
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
