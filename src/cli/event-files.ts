import { createReadStream, openSync, closeSync, readSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { createGunzip } from 'node:zlib'
import { AppError } from '../errors.ts'
import type { DarkMachinesEvent } from '../dataset/dark-machines/event-line.ts'
import { EventReader, type BadLine } from '../dataset/dark-machines/event-reader.ts'
import { objectColumns, objectEnergies, readObjectEvents } from '../dataset/root/object-events.ts'
import { sniffFormat } from '../dataset/sniff.ts'
import { branchOptions, pickOf } from './options/branch-options.ts'
import type { OptionTable } from './options/option.ts'
import type { OptionValues } from './options/option-values.ts'

/** What is told of a file of events; lines of a table, entries of a ROOT tree. */
export type ReadEvents = Pick<EventReader, 'lines' | 'badLines' | 'bad'> & { noun: 'line' | 'entry' }

export const eventFileHelp =
  'event;process;weight;MET;METphi;symbol,E,pT,eta,phi;... in MeV, one event a line, .gz too; or a tree of a ROOT file'

/** Options that say what a ROOT file of events with objects calls them. */
export const objectOptions = {
  ...branchOptions(objectColumns, 'ROOT files'),
  'b-tag': {
    kind: 'number',
    min: -1e6,
    max: 1e6,
    default: '0.5',
    help: 'of ROOT files: least jet_b of a b-jet',
  },
} as const satisfies OptionTable

/** A ROOT file is read whole. */
const mostRootBytes = 2 ** 30
const mostTold = 20

/**
 * The events of a Dark Machines file, streamed and unpacked where its name ends with .gz, or of a tree in a ROOT file.
 *
 * @throws AppError 'data/corrupt' for a damaged .gz and as EventReader says, for ROOT files as readObjectEvents
 */
export function readEventFile(
  path: string,
  options: OptionValues<typeof objectOptions>,
  take: (event: DarkMachinesEvent) => void,
): Promise<ReadEvents> {
  return sniffFormat(headOf(path)) === 'root' ? readRootEvents(path, options, take) : readLines(path, take)
}

function headOf(path: string): Uint8Array {
  const head = new Uint8Array(4096)
  const file = openSync(path, 'r')
  try {
    return head.subarray(0, readSync(file, head))
  } finally {
    closeSync(file)
  }
}

async function readRootEvents(
  path: string,
  options: OptionValues<typeof objectOptions>,
  take: (event: DarkMachinesEvent) => void,
): Promise<ReadEvents> {
  const { size } = statSync(path)
  if (size > mostRootBytes)
    throw new AppError(
      'data/unsupported',
      `${path} has ${size} bytes, at most ${mostRootBytes} (1 GiB) of a ROOT file are read. Split it.`,
    )
  try {
    const events = await readObjectEvents(
      new Uint8Array(readFileSync(path)),
      pickOf(options, objectEnergies),
      options['b-tag'],
    )
    const bad: BadLine[] = []
    let badLines = 0
    for (let i = 0; i < events.entries; i++) {
      const event = events.eventAt(i)
      if (typeof event !== 'string') take(event)
      else if (++badLines <= mostTold) bad.push({ line: i + 1, reason: event })
    }
    if (badLines === events.entries)
      throw new AppError(
        'data/corrupt',
        `none of ${events.entries} entries is an event${bad.length > 0 ? `; entry 1 ${bad[0].reason}` : ''}`,
      )
    return { lines: events.entries, badLines, bad, noun: 'entry' }
  } catch (thrown) {
    throw AppError.from(thrown).about(basename(path))
  }
}

async function readLines(path: string, take: (event: DarkMachinesEvent) => void): Promise<ReadEvents> {
  const reader = new EventReader(take)
  const packed = path.endsWith('.gz')
  const file = createReadStream(path, { highWaterMark: 1 << 18 })
  const stream = packed ? file.pipe(createGunzip()) : file
  // What breaks the file ends the unpacking, which is what is listened to.
  if (packed) file.on('error', (error) => stream.destroy(error))
  const decoder = new TextDecoder()
  try {
    for await (const piece of stream) reader.push(decoder.decode(piece as Uint8Array, { stream: true }))
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown
    throw new AppError(
      'data/corrupt',
      `${path} cannot be read to its end: ${thrown instanceof Error ? thrown.message : String(thrown)}. Fetch it again.`,
    )
  }
  reader.finish()
  const { lines, badLines, bad } = reader
  return { lines, badLines, bad, noun: 'line' }
}
