import { AppError } from '../../../errors.ts'
import { polynomialFromBenchmarks } from '../../../generator/benchmarks.ts'
import type { EventTable } from '../../../generator/event-table.ts'
import { checkWeight, eventAt } from '../../../generator/left-out.ts'
import { createLheReader, type LheInit } from '../../../generator/lhe.ts'
import {
  createEventImporter,
  type ImportedEvents,
  type ImportOptions,
} from '../../../generator/lhe-events.ts'
import { benchmarksFromNames, type Benchmarks } from './lhe-benchmarks.ts'
import { headerPoints } from './lhe-header.ts'

export interface LheRequest extends ImportOptions {
  /** 'by-name': as far as the names of the weights tell their coefficients; null: XWGTUP only. */
  benchmarks: Benchmarks | 'by-name' | null
  /** Whether negative weights, as of calculations beyond leading order, are kept; otherwise the first refuses the file. */
  negativeWeights?: boolean
}

export interface LheSample {
  /** With benchmarks the terms of the polynomial; otherwise XWGTUP alone and no operators. */
  table: EventTable
  /** XWGTUP of the same rows [pb]: the rate the file was generated with. */
  nominalPb: Float64Array
  weightNames: readonly string[]
  /** What the terms of the polynomial were made from; null where XWGTUP alone was taken. */
  benchmarks: Benchmarks | null
  /** Damaged events that are not in the table. */
  leftOut: number
  /** Events of other decays or processes that are not in the table, but in the cross-section. */
  others: number
  /** What was left out, in sentences. */
  notes: string[]
}

/**
 * An event table from a Les Houches file of dilepton t tbar events, given in pieces. With benchmarks the named weights become
 * polynomials. Weights are normalised so that those of all events, cuts aside, add up to the cross-section the file means [pb]:
 * the mean of XWGTUP, or the XSECUP of <init> where IDWTUP = +-3 (arXiv:hep-ph/0109068, table 2). Damaged events (left-out.ts) are
 * left out of both. Yields after each piece.
 *
 * @throws AppError 'data/corrupt' for damage and weights that are negative or beyond any cross-section, 'data/unsupported' for other processes, 'data/mismatch'
 *         for weights that are not there; each names the file
 */
export async function* importLhe(
  pieces: Iterable<string> | AsyncIterable<string>,
  request: LheRequest,
): AsyncGenerator<{ events: number; accepted: number }, LheSample> {
  const { name } = request
  const reader = createLheReader(name)
  const importer = createEventImporter(request)
  let events = 0
  let counted = 0
  let weightSum = 0
  let benchmarks: Benchmarks | null = null
  let used: { places: number[]; names: string[] } | undefined
  for await (const piece of pieces) {
    for (const event of reader.push(piece)) {
      if (!used) {
        benchmarks =
          request.benchmarks === 'by-name'
            ? benchmarksFromNames(reader.weightNames, headerPoints(reader.header))
            : request.benchmarks
        used = usedWeights(benchmarks, reader.weightNames)
      }
      events += 1
      if (!importer.add(event, used.places, used.names)) continue
      weightSum += event.weight
      counted += 1
    }
    yield { events, accepted: importer.accepted }
  }
  const cut = reader.finish()
  const imported = importer.finish(reader.weightNames)
  if (events === 0)
    throw new AppError('data/corrupt', `${name} holds no events. Generate some or choose another file.`)
  if (imported.rows === 0)
    throw new AppError(
      'data/corrupt',
      `${name}: none of its ${events} events passes the selection. Loosen the cuts or use another file.`,
    )
  const scale = scaleOf(reader.init, weightSum, counted, name)
  const nominalPb = imported.weight.map((w) => w * scale)
  const weights = benchmarks ? benchmarkTerms(imported, benchmarks, name) : nominalPb.slice()
  const terms = weights.length / imported.rows
  if (benchmarks) for (let k = 0; k < weights.length; k++) weights[k] *= scale
  let negative = 0
  for (let i = 0; i < imported.rows; i++) {
    const where = `${name}: ${eventAt(imported.event[i], imported.line[i])}`
    checkWeight(nominalPb[i], 'XWGTUP, normalised,', where)
    for (let t = 0; t < terms; t++) checkTerm(weights[i * terms + t], where)
    if (weights[i * terms] < 0 || nominalPb[i] < 0) negative += 1
    if (negative > 0 && !request.negativeWeights)
      throw new AppError(
        'data/corrupt',
        `${where} has the weight ${Math.min(weights[i * terms], nominalPb[i])} pb; a rate cannot be negative. Use leading-order events.`,
        { row: i + 1 },
      )
  }
  return {
    table: {
      operators: benchmarks?.operators ?? [],
      terms,
      rows: imported.rows,
      columns: imported.columns,
      weights,
      points: events,
    },
    nominalPb,
    weightNames: imported.weightNames,
    benchmarks,
    leftOut: imported.leftOut,
    others: imported.others,
    notes: [
      cut,
      imported.leftOutNote,
      imported.othersNote,
      request.benchmarks === 'by-name' && !benchmarks ? unknownWeights(imported.weightNames) : null,
      laterWeights(reader.laterNames),
      negative > 0
        ? `${negative} of ${imported.rows} events have negative weights; a fit and a training refuse them.`
        : null,
    ].filter((note) => note !== null),
  }
}

function unknownWeights(names: readonly string[]): string | null {
  if (names.length === 0) return null
  const shown = names.slice(0, 5).map((name) => name.slice(0, 40))
  return `The file has ${names.length} named weights (${shown.join(', ')}${names.length > 5 ? ', …' : ''}) whose coefficients are not known: XWGTUP alone is used. Names like sm and td8=2 tell them, as do cards of reweighting in the header, or --benchmarks.`
}

function laterWeights(names: ReadonlySet<string>): string | null {
  if (names.size === 0) return null
  const shown = [...names].slice(0, 3).map((name) => name.slice(0, 40))
  return `Weights that the first event has not are passed over: ${shown.join(', ')}${names.size > 3 ? ', …' : ''}.`
}

/** The named weights that the polynomials are made from. */
function usedWeights(
  benchmarks: Benchmarks | null,
  names: readonly string[],
): { places: number[]; names: string[] } {
  const points = benchmarks?.points ?? {}
  const places = names.flatMap((weight, k) => (Object.hasOwn(points, weight) ? [k] : []))
  return { places, names: places.map((k) => names[k]) }
}

/** Benchmarks that lie close together, or a cross-section out of scale, make sums that overflow. */
function checkTerm(weight: number, where: string): void {
  checkWeight(Number.isNaN(weight) ? Infinity : weight, 'of a term of the polynomial', where)
}

/** What XWGTUP is multiplied with so that all events add up to the cross-section. */
function scaleOf(init: LheInit | null, weightSum: number, events: number, name: string): number {
  if (!init || Math.abs(init.weightStrategy) !== 3) return 1 / events
  if (!(init.crossSectionPb > 0 && weightSum > 0))
    throw new AppError(
      'data/corrupt',
      `${name} has IDWTUP = ${init.weightStrategy}, a cross-section of ${init.crossSectionPb} pb in <init> and weights that add up to ${weightSum}; both must be positive. Use leading-order events with their <init> block.`,
    )
  return init.crossSectionPb / weightSum
}

function benchmarkTerms(imported: ImportedEvents, benchmarks: Benchmarks, name: string): Float64Array {
  const wanted = Object.keys(benchmarks.points)
  const at = wanted.map((weight) => imported.weightNames.indexOf(weight))
  const lacking = wanted.filter((_, k) => at[k] < 0)
  if (lacking.length > 0)
    throw new AppError(
      'data/mismatch',
      `${name} has no weight ${lacking.slice(0, 5).join(', ')}; it has ${imported.weightNames.slice(0, 10).join(', ') || 'none'}. Give the parameter points of its weights.`,
      { lacking },
    )
  const count = imported.weightNames.length
  const picked = new Float64Array(imported.rows * wanted.length)
  for (let i = 0; i < imported.rows; i++)
    at.forEach((column, k) => (picked[i * wanted.length + k] = imported.weights[i * count + column]))
  return polynomialFromBenchmarks(picked, Object.values(benchmarks.points))
}
