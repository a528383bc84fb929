import { AppError } from '../../errors.ts'
import { passesChannel, type ChannelName } from '../../dataset/dark-machines/channels.ts'
import type { DarkMachinesEvent } from '../../dataset/dark-machines/event-line.ts'
import { EventReader } from '../../dataset/dark-machines/event-reader.ts'
import { openParquetLists } from '../../dataset/parquet-lists.ts'
import { unpackTable } from '../../dataset/read-table.ts'
import { sniffFormat } from '../../dataset/sniff.ts'
import { unpackedText } from '../../dataset/unpacked-text.ts'
import { createLheReader } from '../lhe.ts'
import { isDarkMachines, isLhe } from './file-signs.ts'
import { eventOfLhe } from './lhe-objects.ts'
import { objectListColumns, objectsOfRow, particleListColumns, particlesOfRow } from './parquet-events.ts'

/** Most bytes that come out of a packed file, and most events that are kept. */
const mostBytes = 2 ** 30
const mostEvents = 200_000
/** From here on jet_b of a ROOT tree is a b-jet. */
const bTag = 0.5

/** What a file of events is: lines or trees with objects, particles of the hard process, or a table of features. */
export type EventFileKind = 'dark-machines' | 'lhe' | 'objects' | 'particles' | 'root-objects' | 'features'

/** Told by its content. */
export async function eventFileKind(bytes: Uint8Array): Promise<EventFileKind> {
  const format = sniffFormat(bytes)
  if (format === 'root') return (await hasObjects(bytes)) ? 'root-objects' : 'features'
  if (format === 'parquet') return kindOfParquet(bytes)
  if (format === 'npy') return 'features'
  const start = String((await unpackedText(bytes, mostBytes).next()).value ?? '').slice(0, 4000)
  if (format === 'gzip' && /^(PAR1|root)/.test(start)) return eventFileKind(await unpackTable(bytes))
  if (isLhe(start)) return 'lhe'
  return isDarkMachines(start) ? 'dark-machines' : 'features'
}

async function kindOfParquet(bytes: Uint8Array): Promise<EventFileKind> {
  const { columns } = await openParquetLists(bytes)
  if (columns.get('pdg_id')?.list) return 'particles'
  return columns.get('pt')?.list ? 'objects' : 'features'
}

/** A tree whose branches are the features has no lists of jets. */
async function hasObjects(bytes: Uint8Array): Promise<boolean> {
  const { readRoot } = await import('../../dataset/root/root-table.ts')
  const table = await readRoot(bytes, { needs: (name) => name === 'ht' }).catch(() => null)
  return !table?.names?.includes('ht')
}

export interface ReadEvents {
  events: DarkMachinesEvent[]
  read: number
  /** Lines, rows or entries that are none. */
  badLines: number
  firstBad?: string
}

/**
 * Events with objects, of those kinds that have them.
 *
 * @param channel  only events that pass it are kept
 * @throws AppError as the readers; 'data/unsupported' for more events than are kept
 */
export async function readEvents(
  bytes: Uint8Array,
  kind: Exclude<EventFileKind, 'features'>,
  channel: ChannelName | undefined,
): Promise<ReadEvents> {
  const events: DarkMachinesEvent[] = []
  let [read, badLines] = [0, 0]
  let firstBad: string | undefined
  const take = (event: DarkMachinesEvent): void => {
    read++
    if (channel !== undefined && !passesChannel(channel, event)) return
    if (events.length >= mostEvents)
      throw new AppError(
        'data/unsupported',
        `more than ${mostEvents} events; a map needs some thousands. Split the file.`,
        { mostEvents },
      )
    events.push(event)
  }
  /** An event, or what is wrong with that row. */
  const judge = (event: DarkMachinesEvent | string, where: string): void => {
    if (typeof event !== 'string') return take(event)
    badLines++
    firstBad ??= `${where} ${event}`
  }
  if (kind === 'dark-machines') {
    const reader = new EventReader(take, 1)
    for await (const text of unpackedText(bytes, mostBytes)) reader.push(text)
    reader.finish()
    const [bad] = reader.bad
    badLines = reader.badLines
    if (bad) firstBad = `line ${bad.line} ${bad.reason}`
  } else if (kind === 'lhe') {
    const reader = createLheReader('events')
    for await (const text of unpackedText(bytes, mostBytes))
      for (const event of reader.push(text)) take(eventOfLhe(event, read + 1))
    reader.finish()
  } else if (kind === 'root-objects') {
    const { readObjectEvents } = await import('../../dataset/root/object-events.ts')
    const { entries, eventAt } = await readObjectEvents(await unpackTable(bytes), undefined, bTag)
    for (let entry = 0; entry < entries; entry++) judge(eventAt(entry), `entry ${entry}`)
  } else {
    const objects = kind === 'objects'
    const file = await openParquetLists(await unpackTable(bytes))
    const names = objects ? objectListColumns(file) : particleListColumns(file)
    let row = 0
    for await (const rows of file.read(names))
      for (const cells of rows) {
        row++
        judge(objects ? objectsOfRow(cells, row) : particlesOfRow(cells, row), `row ${row}`)
      }
  }
  return { events, read, badLines, ...(firstBad !== undefined && { firstBad }) }
}
