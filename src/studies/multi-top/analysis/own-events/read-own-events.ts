import { readTable } from '../../../../dataset/read-table.ts'
import { AppError } from '../../../../errors.ts'
import { asSample } from '../../../../generator/event-files/as-sample.ts'
import {
  eventFileKind,
  readEvents,
  type EventFileKind,
} from '../../../../generator/event-files/read-events.ts'
import { eventTokens, type RawTokens } from '../tokens/event-tokens.ts'
import { objectScalars, objectSlots, objectToken, plainTokens, tokenInfos } from '../tokens/token-layout.ts'

export interface OwnEvents {
  kind: EventFileKind
  raw: RawTokens
  /** Events of the file. */
  read: number
  /** Lines (rows, entries) that are none, and what is wrong with the first. */
  badLines: number
  firstBad?: string
}

/** More dots hide the map. */
export const mostOwnEvents = 2000

/**
 * Events of a file as tokens, told by content: Dark Machines lines, Les Houches (partons stand for jets), lists of objects in
 * Parquet or ROOT, or a table whose columns are the tokens by their names (`b1.pt` to `l4.pz`, `njet`, `nb`, `nlep`, `met`),
 * 0 where a slot is empty. The first 2,000 are taken.
 *
 * @throws AppError with the name of the file in front, as the readers; 'data/mismatch' where no event is left, or a column is missing
 */
export async function readOwnEvents(name: string, bytes: Uint8Array): Promise<OwnEvents> {
  try {
    const kind = await eventFileKind(bytes)
    if (kind === 'features') return await readTokens(name, bytes)
    const { events, read, badLines, firstBad } = await readEvents(bytes, kind, undefined)
    const used = events.filter(({ types }) => types.length > 0).slice(0, mostOwnEvents)
    if (used.length === 0)
      throw new AppError(
        'data/mismatch',
        `0 of ${read} events have a jet or a lepton, a transformer needs 1 in each. Check which columns hold the objects.`,
        { read },
      )
    return {
      kind,
      raw: eventTokens(asSample(used)),
      read,
      badLines,
      ...(firstBad !== undefined && { firstBad }),
    }
  } catch (thrown) {
    throw AppError.from(thrown).about(name)
  }
}

async function readTokens(name: string, bytes: Uint8Array): Promise<OwnEvents> {
  const needs = tokenInfos.slice(0, plainTokens).map(({ id }) => id)
  const { rows, columns, data, names } = await readTable(name, bytes, {
    holds: { what: 'events', from: 'Dark Machines, Les Houches, Parquet, ROOT or CSV files' },
    needs: (column) => needs.includes(column),
  })
  const places = needs.map((id) => names?.indexOf(id) ?? -1)
  const lacking = needs.filter((_, k) => places[k] < 0)
  if (lacking.length > 0)
    throw new AppError(
      'data/mismatch',
      `it has ${columns} columns and ${lacking.length} of the ${plainTokens} numbers of an event are not among them: ${lacking[0]} is missing. Name the columns ${needs[0]} to ${needs[plainTokens - 1]}, or give events with objects.`,
      { expected: plainTokens, lacking: lacking.length },
    )
  const events = Math.min(rows, mostOwnEvents)
  const values = new Float32Array(events * plainTokens)
  const filled = new Uint8Array(events * plainTokens)
  let objects = 0
  for (let row = 0; row < events; row++) {
    const at = row * plainTokens
    for (let k = 0; k < plainTokens; k++) {
      const value = data[row * columns + places[k]]
      if (!Number.isFinite(value))
        throw new AppError(
          'data/corrupt',
          `${needs[k]} of row ${row + 1} is ${value}, all ${plainTokens} numbers must be finite. Leave such events out, and write 0 for empty slots.`,
        )
      values[at + k] = value
    }
    for (let slot = 0; slot < objectSlots; slot++) {
      const first = objectToken(slot, 'pt')
      if (!(values[at + first] > 0)) continue
      filled.fill(1, at + first, at + first + objectScalars.length)
      objects++
    }
    filled.fill(1, at + objectSlots * objectScalars.length, at + plainTokens)
  }
  if (objects === 0)
    throw new AppError(
      'data/mismatch',
      `its ${rows} events have 0 jets and leptons together, a transformer needs 1 at least. Check which columns hold pT [GeV].`,
    )
  return { kind: 'features', raw: { events, tokens: plainTokens, values, filled }, read: rows, badLines: 0 }
}
