import { writeNpy } from '../../dataset/npy.ts'
import { readParquet, writeParquet, type ParquetColumn } from '../../dataset/parquet.ts'
import type { NumberTable } from '../../dataset/table.ts'
import { AppError } from '../../errors.ts'
import { column, featureMatrix, type EventTable } from '../../generator/event-table.ts'
import { observableNames, type ObservableName } from '../../generator/observables.ts'
import { parseTopPairOperators, type TopPairOperatorName } from '../../physics/top-pair/operators.ts'
import { termCount } from '../../physics/top-pair/polynomial.ts'

const prefix = 'weight_'

/** Column names of the terms: weight_sm, weight_td8, ..., weight_td8_td8, weight_td8_tq8, ... */
export function weightColumns(operators: readonly TopPairOperatorName[]): string[] {
  const pairs = operators.flatMap((a, j) => operators.slice(j).map((b) => `${a}_${b}`))
  return ['sm', ...operators, ...pairs].map((term) => prefix + term)
}

function namesOf(table: EventTable): ObservableName[] {
  return Object.keys(table.columns) as ObservableName[]
}

/** All columns of an event table for a Parquet file: observables in single precision, weights [pb] in double. */
export function eventColumns(table: EventTable): ParquetColumn[] {
  const { rows, terms, weights } = table
  return [
    ...namesOf(table).map((name) => ({ name, data: column(table, name) })),
    ...weightColumns(table.operators).map((name, t) => ({
      name,
      data: Float64Array.from({ length: rows }, (_, i) => weights[i * terms + t]),
    })),
  ]
}

export function writeEventParquet(table: EventTable): Promise<Uint8Array> {
  return writeParquet(eventColumns(table))
}

/** features.npy [rows, columns] float32 and weights.npy [rows, terms] float64, with the names of both. */
export function writeEventNpy(table: EventTable): {
  files: { name: string; bytes: Uint8Array }[]
  features: ObservableName[]
  weights: string[]
} {
  const features = namesOf(table)
  return {
    files: [
      {
        name: 'features.npy',
        bytes: writeNpy(featureMatrix(table, features), [table.rows, features.length]),
      },
      { name: 'weights.npy', bytes: writeNpy(table.weights, [table.rows, table.terms]) },
    ],
    features,
    weights: weightColumns(table.operators),
  }
}

/**
 * Events from a Parquet file with the columns that `writeEventParquet` writes; others are ignored. Without weight columns the
 * events count one each, as data do.
 *
 * @param needed  columns that must be there
 * @throws AppError 'data/corrupt' for NaN, infinities and a negative SM weight, 'data/mismatch' for missing columns
 */
export async function readEventParquet(
  bytes: Uint8Array,
  needed: readonly ObservableName[],
): Promise<EventTable> {
  return eventsFromTable(await readParquet(bytes), needed)
}

export function eventsFromTable(file: NumberTable, needed: readonly ObservableName[]): EventTable {
  const names = file.names ?? []
  const lacking = needed.filter((name) => !names.includes(name))
  if (lacking.length > 0)
    throw new AppError(
      'data/mismatch',
      `The events lack the column${lacking.length > 1 ? 's' : ''} ${lacking.join(', ')}; they have ${names.slice(0, 30).join(', ') || 'no names'}. Name the columns like the app's observables.`,
      { lacking },
    )
  if (file.rows === 0)
    throw new AppError('data/corrupt', 'The file holds no events. Generate some or choose another file.')
  const largest = 1e30 // observables are kept in single precision
  const take = (name: string): Float64Array => {
    const at = names.indexOf(name)
    return Float64Array.from({ length: file.rows }, (_, i) => {
      const value = file.data[i * file.columns + at]
      if (!(Math.abs(value) < largest))
        throw new AppError(
          'data/corrupt',
          `Event ${i + 1}: ${name} is ${value}, must be a finite number below ${largest}. Repair or remove the event.`,
          { row: i + 1, column: name },
        )
      return value
    })
  }
  const found = observableNames.filter((name) => names.includes(name))
  const columns = Object.fromEntries(found.map((name) => [name, Float32Array.from(take(name))]))
  const operators = parseTopPairOperators(
    names
      .filter((name) => name.startsWith(prefix) && name !== `${prefix}sm`)
      .map((name) => name.slice(prefix.length))
      .filter((term) => !term.includes('_')),
  )
  const terms = termCount(operators.length)
  const weights = new Float64Array(file.rows * terms)
  if (names.includes(`${prefix}sm`)) {
    const wanted = weightColumns(operators)
    const missing = wanted.filter((name) => !names.includes(name))
    if (missing.length > 0)
      throw new AppError(
        'data/mismatch',
        `The events have weights for ${operators.join(', ')} but lack ${missing.slice(0, 5).join(', ')}. A polynomial needs all ${terms} terms.`,
      )
    wanted.forEach((name, t) => take(name).forEach((value, i) => (weights[i * terms + t] = value)))
    for (let i = 0; i < file.rows; i++)
      if (weights[i * terms] < 0)
        throw new AppError(
          'data/corrupt',
          `Event ${i + 1} has the SM weight ${weights[i * terms]}: a rate cannot be negative. Use leading-order events.`,
          { row: i + 1 },
        )
  } else for (let i = 0; i < file.rows; i++) weights[i * terms] = 1
  return { operators, terms, rows: file.rows, columns, weights, points: file.rows }
}
