import { AppError } from '../../errors.ts'
import { polynomialFromBenchmarks } from '../../generator/benchmarks.ts'
import type { EventTable } from '../../generator/event-table.ts'
import { createLheReader } from '../../generator/lhe.ts'
import { createEventImporter, type ImportedEvents, type ImportOptions } from '../../generator/lhe-events.ts'
import type { TopPairOperatorName } from '../../physics/top-pair/operators.ts'

/** What the named weights of a file were computed for: coefficients [TeV^-2] by weight name. */
export interface Benchmarks {
  operators: readonly TopPairOperatorName[]
  points: Readonly<Record<string, readonly number[]>>
}

export interface LheRequest extends ImportOptions {
  /** Shown in messages. */
  name: string
  /** null: the events carry XWGTUP only and know no coefficients. */
  benchmarks: Benchmarks | null
}

/**
 * An event table from a Les Houches file of dilepton t tbar events, given in pieces. With benchmarks the named weights become
 * polynomials. The mean of the weights is taken as the cross-section [pb] (IDWTUP = -4, MadGraph's event_norm = average), so each
 * is divided by the number of events; IDWTUP is not read. Yields after each piece.
 */
export function* importLhe(
  pieces: Iterable<string>,
  request: LheRequest,
): Generator<{ events: number; accepted: number }, EventTable> {
  const { name, benchmarks } = request
  const reader = createLheReader(name)
  const importer = createEventImporter(request)
  let events = 0
  for (const piece of pieces) {
    for (const event of reader.push(piece)) {
      importer.add(event)
      events += 1
    }
    yield { events, accepted: importer.accepted }
  }
  reader.finish()
  const imported = importer.finish(reader.weightNames)
  if (imported.rows === 0)
    throw new AppError(
      'data/corrupt',
      `${name}: none of its ${imported.events} events passes the selection. Loosen the cuts or use another file.`,
    )
  const operators = benchmarks?.operators ?? []
  const weights = benchmarks ? benchmarkTerms(imported, benchmarks, name) : imported.weight.slice()
  const terms = weights.length / imported.rows
  for (let k = 0; k < weights.length; k++) weights[k] /= imported.events
  for (let i = 0; i < imported.rows; i++)
    if (weights[i * terms] < 0)
      throw new AppError(
        'data/corrupt',
        `${name}: event ${i + 1} after cuts has a negative SM weight (${weights[i * terms]} pb). Use leading-order events.`,
      )
  return {
    operators,
    terms,
    rows: imported.rows,
    columns: imported.columns,
    weights,
    points: imported.events,
  }
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
