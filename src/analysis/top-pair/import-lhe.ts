import { AppError } from '../../errors.ts'
import { polynomialFromBenchmarks } from '../../generator/benchmarks.ts'
import type { EventTable } from '../../generator/event-table.ts'
import { createLheReader, type LheInit } from '../../generator/lhe.ts'
import { createEventImporter, type ImportedEvents, type ImportOptions } from '../../generator/lhe-events.ts'
import { benchmarksFromNames, type Benchmarks } from './lhe-benchmarks.ts'

export interface LheRequest extends ImportOptions {
  /** 'by-name': as far as the names of the weights tell their coefficients; null: XWGTUP only. */
  benchmarks: Benchmarks | 'by-name' | null
}

export interface LheSample {
  /** With benchmarks the terms of the polynomial; otherwise XWGTUP alone and no operators. */
  table: EventTable
  /** XWGTUP of the same rows [pb]: the rate the file was generated with. */
  nominalPb: Float64Array
  weightNames: readonly string[]
}

/**
 * An event table from a Les Houches file of dilepton t tbar events, given in pieces. With benchmarks the named weights become
 * polynomials. Weights are normalised so that those of all events, cuts aside, add up to the cross-section the file means [pb]:
 * the mean of XWGTUP, or the XSECUP of <init> where IDWTUP = +-3 (arXiv:hep-ph/0109068, table 2). Yields after each piece.
 *
 * @throws AppError 'data/corrupt' for damage and negative weights, 'data/unsupported' for other processes, 'data/mismatch'
 *         for weights that are not there; each names the file
 */
export function* importLhe(
  pieces: Iterable<string>,
  request: LheRequest,
): Generator<{ events: number; accepted: number }, LheSample> {
  const { name } = request
  const reader = createLheReader(name)
  const importer = createEventImporter(request)
  let events = 0
  let weightSum = 0
  for (const piece of pieces) {
    for (const event of reader.push(piece)) {
      importer.add(event)
      weightSum += event.weight
      events += 1
    }
    yield { events, accepted: importer.accepted }
  }
  reader.finish()
  const imported = importer.finish(reader.weightNames)
  if (events === 0)
    throw new AppError('data/corrupt', `${name} holds no events. Generate some or choose another file.`)
  if (imported.rows === 0)
    throw new AppError(
      'data/corrupt',
      `${name}: none of its ${events} events passes the selection. Loosen the cuts or use another file.`,
    )
  const scale = scaleOf(reader.init, weightSum, events, name)
  const benchmarks =
    request.benchmarks === 'by-name' ? benchmarksFromNames(imported.weightNames) : request.benchmarks
  const nominalPb = imported.weight.map((w) => w * scale)
  const weights = benchmarks ? benchmarkTerms(imported, benchmarks, name) : nominalPb.slice()
  const terms = weights.length / imported.rows
  if (benchmarks) for (let k = 0; k < weights.length; k++) weights[k] *= scale
  for (let i = 0; i < imported.rows; i++)
    if (weights[i * terms] < 0 || nominalPb[i] < 0)
      throw new AppError(
        'data/corrupt',
        `${name}: event ${i + 1} of the ${imported.rows} after cuts has the weight ${Math.min(weights[i * terms], nominalPb[i])} pb; a rate cannot be negative. Use leading-order events.`,
        { row: i + 1 },
      )
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
  }
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
