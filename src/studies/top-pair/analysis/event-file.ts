import { writeNpy } from '../../../dataset/npy.ts'
import { writeParquet, type ParquetColumn } from '../../../dataset/parquet.ts'
import { describeTables, type DescribedTable } from '../../../dataset/describe-tables.ts'
import type { ColumnPick } from '../../../dataset/picked-columns.ts'
import { readTable, type ReadTable } from '../../../dataset/read-table.ts'
import type { NumberTable } from '../../../dataset/table.ts'
import { AppError } from '../../../errors.ts'
import { column, featureMatrix, type EventTable } from '../../../generator/event-table.ts'
import { checkWeight, createDamageCheck, createLeftOutEvents, eventAt } from '../../../generator/left-out.ts'
import { observableInfo, observableNames, type ObservableName } from '../../../generator/observables.ts'
import { parseTopPairOperators, type TopPairOperatorName } from '../../../physics/top-pair/operators.ts'
import { termCount } from '../../../physics/top-pair/polynomial.ts'

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

/** A column of the app's events; a file may have others. */
function isEventColumn(name: string): boolean {
  return observableNames.some((known) => known === name) || name.startsWith(prefix) || isPlainWeight(name)
}

/** What other programs call the one weight of an event. */
function isPlainWeight(name: string): boolean {
  return /^(?:weights?|event_?weight|wgt)$/i.test(name.slice(0, 20))
}

/** What a file may be asked for: observables, and one weight. */
export const eventColumnNames: readonly string[] = [...observableNames, 'weight']

/** Those that are momenta and masses. */
export const eventEnergies: readonly string[] = observableNames.filter(
  (name) => observableInfo[name].unit === 'GeV',
)

/** A table of events of any kind (dataset/read-table.ts), its columns named like the app's observables where it names them. */
export function readEventTable(name: string, bytes: Uint8Array, pick?: ColumnPick): Promise<ReadTable> {
  return readTable(name, bytes, { holds: eventTables, needs: isEventColumn, pick })
}

const eventTables = {
  what: 'events',
  from: 'CSV, Parquet, HDF5, ROOT, npy, npz and Les Houches files, packed with gzip or not',
}

/** What a file has in place of the columns that are asked for. @throws AppError as describeTables */
export function describeEventTables(name: string, bytes: Uint8Array): Promise<DescribedTable[]> {
  return describeTables(name, bytes, eventTables)
}

export interface EventFile {
  events: EventTable
  /** What was assumed and left out, in sentences. */
  notes: string[]
  /** False where each event counts one. */
  weighted: boolean
}

/** The events of a file of any kind. @throws what readEventTable and eventsFromTable throw, with the name of the file in front */
export async function readEvents(
  name: string,
  bytes: Uint8Array,
  needed: readonly ObservableName[],
  pick?: ColumnPick,
): Promise<EventFile> {
  const table = await readEventTable(name, bytes, pick)
  try {
    return eventsFromTable(table, needed)
  } catch (thrown) {
    throw AppError.from(thrown).about(name)
  }
}

/**
 * The events of a table of numbers with the columns that `writeEventParquet` writes; others are ignored. A column "weight" is the
 * rate of the event [pb, or any unit]; without weight columns the events count one each, as data do.
 *
 * Damaged events are left out and told (generator/left-out.ts).
 *
 * @param needed  columns that must be there
 * @throws AppError 'data/corrupt' for more than 1 % of them and for weights that no cross-section can have, 'data/mismatch' for
 *         missing columns
 */
export function eventsFromTable(file: NumberTable, needed: readonly ObservableName[]): EventFile {
  const names = file.names ?? []
  const lacking = needed.filter((name) => !names.includes(name))
  if (lacking.length > 0) throw lackingColumns(lacking, file)
  if (file.rows === 0)
    throw new AppError('data/corrupt', 'The file holds no events. Generate some or choose another file.')
  const operators = operatorsOf(names)
  const plainWeight = names.find(isPlainWeight)
  const terms = names.includes(`${prefix}sm`)
    ? weightColumns(operators)
    : plainWeight !== undefined && operators.length === 0
      ? [plainWeight]
      : []
  const missing = terms.filter((name) => !names.includes(name))
  if (missing.length > 0)
    throw new AppError(
      'data/mismatch',
      `The events have weights for ${operators.join(', ')} but lack ${missing.slice(0, 5).join(', ')}. A polynomial needs all ${terms.length} terms.`,
    )
  const found = observableNames.filter((name) => names.includes(name))
  const { kept, note } = undamagedRows(file, names, found, terms)
  const take = (name: string): Float64Array => {
    const at = names.indexOf(name)
    return Float64Array.from(kept, (row) => file.data[row * file.columns + at])
  }
  const columns = Object.fromEntries(found.map((name) => [name, Float32Array.from(take(name))]))
  const count = termCount(operators.length)
  const weights = new Float64Array(kept.length * count).fill(terms.length > 0 ? 0 : 1)
  terms.forEach((name, t) => take(name).forEach((value, i) => (weights[i * count + t] = value)))
  const events = { operators, terms: count, rows: kept.length, columns, weights, points: kept.length }
  const notes = note === null ? [] : [note]
  if (terms.length === 1 && terms[0] === plainWeight)
    notes.push(`The column ${plainWeight.slice(0, 20)} is taken as the weight of each event.`)
  notes.push(...unitNotes(events))
  return { events, notes, weighted: terms.length > 0 }
}

function lackingColumns(lacking: readonly string[], file: NumberTable): AppError {
  const names = [...(file.names ?? []), ...file.passedOver.map(({ name }) => name)]
  const has = names.length === 0 ? 'no names' : names.slice(0, 30).join(', ')
  const texts = file.passedOver.filter(({ name, why }) => why !== null && lacking.includes(name))
  const inWords = texts.map(({ name, why }) => `${name} holds ${why}`).join(', ')
  return new AppError(
    'data/mismatch',
    `The events lack the column${lacking.length > 1 ? 's' : ''} ${lacking.join(', ')}; ${inWords || `they have ${has}`}. Name the columns like the app's observables, or say which is which (--branches ${lacking[0]}=NAME).`,
    { lacking },
  )
}

/** Half of the leptons of no sample lie above [GeV]: energies there are so rare that the unit is in doubt. */
const doubtfulMedian = 5000
const energies: readonly ObservableName[] = [
  'pt_l1',
  'pt_l_leading',
  'pt_l2',
  'pt_b_leading',
  'm_ll',
  'pt_ll',
]

/** Asks where the momenta look like MeV. */
function unitNotes({ columns }: EventTable): string[] {
  const name = energies.find((one) => columns[one] !== undefined)
  const values = name && columns[name]
  if (!name || !values) return []
  const median = values.slice().sort()[values.length >> 1]
  return median > doubtfulMedian
    ? [`The median ${name} is ${Number(median.toPrecision(3))} GeV: MeV? Momenta and masses are read in GeV.`]
    : []
}

function operatorsOf(names: readonly string[]): TopPairOperatorName[] {
  return parseTopPairOperators(
    names
      .filter((name) => name.startsWith(prefix) && name !== `${prefix}sm`)
      .map((name) => name.slice(prefix.length))
      .filter((term) => !term.includes('_')),
  )
}

/** Rows that the rule of left-out.ts keeps; weights that no cross-section can have are refused. */
function undamagedRows(
  file: NumberTable,
  names: readonly string[],
  observables: readonly ObservableName[],
  terms: readonly string[],
): { kept: number[]; note: string | null } {
  const at = new Map(names.map((name, k) => [name, k] as const).reverse())
  const damageOf = createDamageCheck(observables, (name) => at.has(name))
  const leftOut = createLeftOutEvents()
  const kept: number[] = []
  for (let row = 0; row < file.rows; row++) {
    const where = eventAt(row + 1, file.lines?.[row])
    const valueOf = (name: string) => file.data[row * file.columns + at.get(name)!]
    for (const name of terms) checkWeight(valueOf(name), name, where)
    const lost = terms.find((name) => Number.isNaN(valueOf(name)))
    const why = lost === undefined ? damageOf(valueOf) : `${lost} is NaN`
    if (why !== null) leftOut.add(where, why)
    else if (terms.length > 0 && valueOf(terms[0]) < 0)
      throw new AppError(
        'data/corrupt',
        `${where} has the SM weight ${valueOf(terms[0])}: a rate cannot be negative. Use leading-order events.`,
        { row: row + 1 },
      )
    else kept.push(row)
  }
  return { kept, note: leftOut.settle(file.rows) }
}
