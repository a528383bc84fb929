import { AppError } from '../errors.ts'
import type { TopPairOperatorName } from '../physics/top-pair/operators.ts'
import { coefficientMonomials, termCount } from '../physics/top-pair/polynomial.ts'
import type { ObservableName } from './observables.ts'

/**
 * Weighted events, structure of arrays. The rate of event i at coefficients c is the polynomial with the terms of row i
 * of `weights`; the sum over rows is the cross-section after cuts [pb].
 */
export interface EventTable {
  operators: readonly TopPairOperatorName[]
  terms: number
  rows: number
  columns: Partial<Record<ObservableName, Float32Array>> // [rows] each
  weights: Float64Array // [rows, terms] row-major, pb
  /** Points drawn for these rows, those that failed the cuts included. */
  points: number
}

/** @throws AppError 'data/mismatch' naming what the table has */
export function column(table: EventTable, name: ObservableName): Float32Array {
  const found = table.columns[name]
  if (!found)
    throw new AppError(
      'data/mismatch',
      `The events have no column ${name}, they have ${Object.keys(table.columns).join(', ')}. Generate them with it.`,
    )
  return found
}

/** Columns side by side, [rows, names] row-major, as networks take them. */
export function featureMatrix(table: EventTable, names: readonly ObservableName[]): Float32Array {
  const out = new Float32Array(table.rows * names.length)
  names.forEach((name, k) => {
    const values = column(table, name)
    for (let i = 0; i < table.rows; i++) out[i * names.length + k] = values[i]
  })
  return out
}

/** Sums of the terms over all rows [pb] and of their squares. */
export function sumWeights(table: EventTable): { sum: Float64Array; sum2: Float64Array } {
  const { rows, terms, weights } = table
  const sum = new Float64Array(terms)
  const sum2 = new Float64Array(terms)
  for (let i = 0; i < rows; i++)
    for (let t = 0; t < terms; t++) {
      const w = weights[i * terms + t]
      sum[t] += w
      sum2[t] += w * w
    }
  return { sum, sum2 }
}

/** Weight of every event at coefficients c [pb]. */
export function weightsAt(table: EventTable, c: ArrayLike<number>): Float64Array {
  const { rows, terms, weights, operators } = table
  if (c.length !== operators.length)
    throw new AppError(
      'data/mismatch',
      `The events know ${operators.length} coefficients (${operators.join(', ')}), got ${c.length} values.`,
    )
  const monomials = coefficientMonomials(c)
  const out = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    let sum = 0
    for (let t = 0; t < terms; t++) sum += weights[i * terms + t] * monomials[t]
    // Rounding may leave a sum of squares that cancels a hair below zero.
    out[i] = Math.max(0, sum)
  }
  return out
}

/** Rows by their numbers, in that order; repeated numbers give repeated rows. */
export function selectRows(table: EventTable, rows: ArrayLike<number>): EventTable {
  const { terms } = table
  const weights = new Float64Array(rows.length * terms)
  for (let i = 0; i < rows.length; i++)
    weights.set(table.weights.subarray(rows[i] * terms, (rows[i] + 1) * terms), i * terms)
  const columns: EventTable['columns'] = {}
  for (const [name, values] of Object.entries(table.columns)) {
    const out = new Float32Array(rows.length)
    for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]]
    columns[name as ObservableName] = out
  }
  return { ...table, rows: rows.length, columns, weights }
}

/** One table after the other, as blocks from several workers are joined: give them in the order of their blocks. */
export function concatenateTables(tables: readonly EventTable[]): EventTable {
  if (tables.length === 0) throw new AppError('input/invalid', 'There are no event tables to join.')
  const [head] = tables
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const names = Object.keys(head.columns) as ObservableName[]
  for (const table of tables)
    if (
      table.operators.join() !== head.operators.join() ||
      Object.keys(table.columns).join() !== names.join()
    )
      throw new AppError(
        'data/mismatch',
        `Event tables to be joined differ: operators ${head.operators.join(', ')} and ${table.operators.join(', ')}, columns ${names.join(', ')} and ${Object.keys(table.columns).join(', ')}.`,
      )
  const weights = new Float64Array(rows * head.terms)
  const columns: EventTable['columns'] = Object.fromEntries(names.map((n) => [n, new Float32Array(rows)]))
  let at = 0
  let points = 0
  for (const table of tables) {
    weights.set(table.weights, at * head.terms)
    for (const name of names) columns[name]!.set(table.columns[name]!, at)
    at += table.rows
    points += table.points
  }
  return { operators: head.operators, terms: head.terms, rows, columns, weights, points }
}

/** w_t / w_0 of every event for all terms but the first: the exact joint ratios, [rows, terms - 1]. */
export function jointRatios(table: EventTable): Float64Array {
  const { rows, terms, weights } = table
  const out = new Float64Array(rows * (terms - 1))
  for (let i = 0; i < rows; i++)
    for (let t = 1; t < terms; t++) out[i * (terms - 1) + t - 1] = weights[i * terms + t] / weights[i * terms]
  return out
}

/** A table with rows reserved, for events from elsewhere. */
export function emptyTable(
  operators: readonly TopPairOperatorName[],
  names: readonly ObservableName[],
  rows: number,
): EventTable {
  const terms = termCount(operators.length)
  return {
    operators,
    terms,
    rows,
    columns: Object.fromEntries(names.map((name) => [name, new Float32Array(rows)])),
    weights: new Float64Array(rows * terms),
    points: rows,
  }
}
