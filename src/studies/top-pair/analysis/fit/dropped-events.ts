import { maxFileBytes, type NumberTable } from '../../../../dataset/table.ts'
import { unpackedText } from '../../../../dataset/unpacked-text.ts'
import { AppError } from '../../../../errors.ts'
import { passes, selectionColumns } from '../../../../generator/detector.ts'
import { selectRows, weightsAt, type EventTable } from '../../../../generator/event-table.ts'
import { observableAt, observableCount } from '../../../../generator/observables.ts'
import { unweight } from '../../../../generator/unweight.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { eventsFromTable, readEventTable } from '../event-file.ts'
import { fitColumns } from './fit-columns.ts'
import type { DroppedEvents } from './fit-jobs.ts'
import type { FitSetup } from './fit-setup.ts'
import { importLhe } from '../import-lhe.ts'
import { setupDetector, setupSelections } from './setup-process.ts'
import { ratiosOfTruth, ratiosOfWeights, truthColumns } from './truth-ratios.ts'

export interface ObservedEvents {
  events: EventTable
  /** w_t / w_0 of the full final state, [events, terms - 1] of the quadratic polynomial; null where it is not known. */
  exactRatios: Float64Array | null
  /** null where nothing says how much data that is. */
  luminosityInvPb: number | null
  notes: string[]
}

/**
 * Events of a user's own: a table (event-file.ts), npy with the columns of the preset in their order, or a Les Houches
 * file, packed with gzip or not. Weighted events are made events of equal weight by accept-reject.
 *
 * @throws AppError 'data/corrupt' for NaN and negative weights, 'data/mismatch' for missing columns,
 *         'data/unsupported' for other files; each names the file
 */
export async function readDroppedEvents(dropped: DroppedEvents, setup: FitSetup): Promise<ObservedEvents> {
  const { name, bytes, pick } = dropped
  if (bytes.length > maxFileBytes)
    throw new AppError(
      'data/unsupported',
      `${name} has ${bytes.length} bytes, at most ${maxFileBytes} (64 MiB) are read. Split it, or keep fewer columns.`,
    )
  try {
    for await (const head of unpackedText(bytes, maxUnpackedBytes)) {
      if (head.slice(0, 65_536).includes('<LesHouchesEvents')) {
        if (pick)
          throw new AppError(
            'input/invalid',
            'a Les Houches file has no columns that could be named, and its momenta are in GeV. Leave --branches, --tree and --energy-unit out.',
          )
        return await fromLhe(dropped, setup)
      }
      break
    }
    return fromTable(await namedTable(dropped, setup), setup)
  } catch (thrown) {
    throw AppError.from(thrown).about(name)
  }
}

/** Of a packed file: Les Houches text shrinks three- to fourfold. */
const maxUnpackedBytes = 512 * 1024 * 1024

/** The table of a file, its columns those of the preset where it does not name them. */
async function namedTable({ name, bytes, pick }: DroppedEvents, setup: FitSetup): Promise<NumberTable> {
  const table = await readEventTable(name, bytes, pick)
  if (table.kind !== 'npy') return table
  const names = fitColumns(setup)
  if (table.columns !== names.length)
    throw new AppError(
      'data/mismatch',
      `the array has the shape (${table.rows}, ${table.columns}); without column names it must be (events, ${names.length}) with ${names.join(', ')} in this order. Save it so, or as CSV with a line of names.`,
    )
  return { ...table, names, notes: [`The columns of the array were taken to be ${names.join(', ')}.`] }
}

const truthNote =
  'Exact ratios were computed from the true momenta with on-shell tops and the densities of the app at mu = m_t; the file may have been made with others.'

function fromTable(file: NumberTable, setup: FitSetup): ObservedEvents {
  const { events: all, notes: read, weighted } = eventsFromTable(file, fitColumns(setup))
  const notes = [...file.notes, ...read]
  const rows = passing(all, setup, notes)
  const kept = rows ? selectRows(all, rows) : all
  const ofWeights = weighted ? ratiosOfWeights(kept, setup.operators) : null
  const ofTruth = ofWeights ? null : ratiosOfTruth(kept, setup)
  if (ofWeights) notes.push('Exact ratios are those of the weight columns.')
  else if (ofTruth) notes.push(truthNote)
  const exactRatios = ofWeights ?? ofTruth
  if (!weighted) return { events: kept, exactRatios, luminosityInvPb: null, notes }
  return equalWeights(kept, exactRatios, eventWeights(kept, setup, notes), setup, notes)
}

async function fromLhe({ name, bytes }: DroppedEvents, setup: FitSetup): Promise<ObservedEvents> {
  const rng = createRng(setup.seed).split('dropped')
  const run = importLhe(unpackedText(bytes, maxUnpackedBytes), {
    name,
    benchmarks: 'by-name',
    observables: [...new Set([...fitColumns(setup), ...truthColumns])],
    detector: setupDetector(setup),
    selection: setupSelections[setup.selection],
    skipOthers: true,
    rng: rng.split('smear'),
  })
  let step = await run.next()
  while (!step.done) step = await run.next()
  const { table, nominalPb } = step.value
  const notes = [
    ...step.value.notes,
    `${table.rows} of ${table.points} events of the Les Houches file pass the cuts.`,
  ]
  if (setup.smearing) notes.push('Their momenta were smeared as the prediction is.')
  const rows = passing(table, { ...setup, selection: 'none' }, notes)
  const kept = rows ? selectRows(table, rows) : table
  const nominal = rows ? Float64Array.from(rows, (row) => nominalPb[row]) : nominalPb
  // The file's own rate decides what was observed; its other weights say how it would have been elsewhere.
  return equalWeights(kept, lheRatios(kept, setup, notes), nominal, setup, notes)
}

/** From the named weights, or from the truth. Files may hold tops off their mass shell, below the threshold even: then there are none. */
function lheRatios(events: EventTable, setup: FitSetup, notes: string[]): Float64Array | null {
  const ofWeights = ratiosOfWeights(events, setup.operators)
  if (ofWeights) {
    notes.push(`Exact ratios are those of the file's weights for ${events.operators.join(', ')}.`)
    return ofWeights
  }
  try {
    const ratios = ratiosOfTruth(events, setup)
    notes.push(truthNote)
    return ratios
  } catch (thrown) {
    notes.push(`There are no exact ratios: ${AppError.from(thrown).message}`)
    return null
  }
}

/** Weights at the truth of the set-up as far as the events know its operators. */
function eventWeights(table: EventTable, { truth }: FitSetup, notes: string[]): Float64Array {
  const unknown = Object.entries(truth).filter(
    ([name, c]) => c !== 0 && !table.operators.some((known) => known === name),
  )
  if (unknown.length > 0)
    notes.push(`The weights know nothing of ${unknown.map(([name]) => name).join(', ')}: taken as 0.`)
  const c = table.operators.map((name) => truth[name] ?? 0)
  return weightsAt(table, c)
}

/** Data count one each: what is weighted is accepted or rejected by weight. */
function equalWeights(
  events: EventTable,
  exactRatios: Float64Array | null,
  weights: Float64Array,
  setup: FitSetup,
  notes: string[],
): ObservedEvents {
  const total = weights.reduce((sum, w) => sum + w, 0)
  if (!(total > 0))
    throw new AppError(
      'data/corrupt',
      `the weights of its ${events.rows} events add up to ${total}, must be positive. Check the sign of the weights.`,
      { total },
    )
  const [least, most] = weights.reduce(
    ([low, high], w) => [Math.min(low, w), Math.max(high, w)],
    [Infinity, -Infinity],
  )
  // Unweighted events carry their weights in single precision at worst.
  if (most - least <= 1e-5 * most) return { events, exactRatios, luminosityInvPb: null, notes }
  const { rows, efficiency, clippedShare } = unweight(weights, createRng(setup.seed).split('dropped-accept'))
  notes.push(
    `The events are weighted: ${rows.length} of ${events.rows} were accepted by weight (${(100 * efficiency).toFixed(1)} %), so that each counts one; ${(100 * clippedShare).toFixed(2)} % of the rate lies above the largest accepted weight.`,
  )
  const width = exactRatios ? exactRatios.length / events.rows : 0
  const picked = exactRatios && new Float64Array(rows.length * width)
  rows.forEach((row, i) => picked?.set(exactRatios!.subarray(row * width, (row + 1) * width), i * width))
  return { events: selectRows(events, rows), exactRatios: picked, luminosityInvPb: null, notes }
}

/** Rows that pass the cuts of the set-up as far as the file has what they look at; null for all. */
function passing(table: EventTable, setup: FitSetup, notes: string[]): number[] | null {
  const { rows, columns } = table
  const selection = setupSelections[setup.selection]
  const lacking = selection ? selectionColumns.filter((name) => !columns[name]) : []
  if (lacking.length > 0)
    notes.push(
      `The cuts "${setup.selection}" look at ${lacking.join(', ')}, which the file has not: it is taken to hold events after these cuts.`,
    )
  const mtt = columns.m_tt
  if (!mtt && setup.mttMinGeV > 0)
    notes.push(`The file has no m_tt: its events are taken to lie above ${setup.mttMinGeV} GeV.`)
  const values = new Float64Array(observableCount)
  const kept: number[] = []
  for (let i = 0; i < rows; i++) {
    if (mtt && mtt[i] < setup.mttMinGeV) continue
    if (selection && lacking.length === 0) {
      for (const name of selectionColumns) values[observableAt[name]] = columns[name]![i]
      if (!passes(values, selection)) continue
    }
    kept.push(i)
  }
  if (kept.length === 0)
    throw new AppError(
      'data/mismatch',
      `none of its ${rows} events passes the cuts of the set-up ("${setup.selection}", m_tt > ${setup.mttMinGeV} GeV). Loosen them or drop other events.`,
    )
  if (kept.length === rows) return null
  notes.push(`${rows - kept.length} of ${rows} events fail the cuts of the set-up and were left out.`)
  return kept
}
