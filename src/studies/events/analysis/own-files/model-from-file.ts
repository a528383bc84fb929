import { AppError } from '../../../../errors.ts'
import { passesChannel, type ChannelName } from '../../../../dataset/dark-machines/channels.ts'
import type { DarkMachinesEvent } from '../../../../dataset/dark-machines/event-line.ts'
import { EventReader } from '../../../../dataset/dark-machines/event-reader.ts'
import { emptySampleEvents } from '../../../../dataset/event-samples/sample-events.ts'
import { readTable } from '../../../../dataset/read-table.ts'
import { unpackedText } from '../../../../dataset/unpacked-text.ts'
import { createLheReader } from '../../../../generator/lhe.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { eventFeatureNames, eventFeatures, featuresPerEvent } from '../features/event-features.ts'
import type { ModelEvents } from '../models.ts'
import { eventOfLhe } from './lhe-objects.ts'

/** Most bytes that come out of a packed file, and most events that are kept. */
const mostBytes = 2 ** 30
const mostEvents = 200_000

export interface FileModel {
  model: ModelEvents
  kind: 'dark-machines' | 'lhe' | 'features'
  /** Events of the file, and those of them that pass the channel. */
  read: number
  passed: number
  /** Lines that are no event, and what is wrong with the first. */
  badLines: number
  firstBad?: string
}

interface FileSettings {
  /** Only events that pass this selection of the Dark Machines challenge; default: all. Of tables of features: none. */
  channel?: ChannelName
  /** Of the draw by weight, where weights differ. */
  seed?: number
}

/**
 * A model from a file of events, packed with gzip or not, told by its content: lines of the Dark Machines challenge, events of
 * Les Houches (partons stand for jets, what is not seen for MET), or a table (CSV, Parquet, npy, ROOT) whose columns are the
 * features of eventFeatureNames by their ids. Where weights differ, an event is kept with the probability of its weight
 * over the largest.
 *
 * @throws AppError with the name of the file: as the readers; 'data/mismatch' where no event is left
 */
export async function modelFromFile(
  name: string,
  bytes: Uint8Array,
  { channel, seed = 1 }: FileSettings = {},
): Promise<FileModel> {
  const kind = await kindOf(bytes)
  if (kind === 'features') return modelOfTable(name, bytes, channel)
  try {
    const { events, read, badLines, firstBad } = await readEvents(bytes, kind, channel)
    if (events.length === 0)
      throw new AppError(
        'data/mismatch',
        `none of ${read} events${channel === undefined ? ' has an object' : ` passes channel ${channel}`}. Choose another ${channel === undefined ? 'file' : 'channel, or none'}.`,
      )
    const kept = byWeight(events, seed)
    const features = eventFeatures(asSample(kept))
    const model = { id: idOf(name), title: titleOf(name), features, events: kept.length }
    return { model, kind, read, passed: events.length, badLines, ...(firstBad && { firstBad }) }
  } catch (thrown) {
    throw AppError.from(thrown).about(name)
  }
}

async function kindOf(bytes: Uint8Array): Promise<FileModel['kind']> {
  const [start = ''] = [await unpackedText(bytes, mostBytes).next()].map(
    ({ value }) => value as string | undefined,
  )
  if (/^\s*(<\?xml[^>]*>\s*)?<LesHouchesEvents/.test(start.slice(0, 2000))) return 'lhe'
  const first =
    start
      .slice(0, 4000)
      .split('\n')
      .find((line) => line.trim() !== '') ?? ''
  // Five fields at least, in a table of numbers none has a comma inside.
  return /^[^;]*;[^;]*;[^;]*;[^;]*;[^;]*(;|$)/.test(first) &&
    /;\s*(j|b|e[-+]|m[-+]|g),/.test(start.slice(0, 4000))
    ? 'dark-machines'
    : 'features'
}

interface ReadResult {
  events: DarkMachinesEvent[]
  read: number
  badLines: number
  firstBad?: string
}

async function readEvents(
  bytes: Uint8Array,
  kind: 'dark-machines' | 'lhe',
  channel: ChannelName | undefined,
): Promise<ReadResult> {
  const events: DarkMachinesEvent[] = []
  let read = 0
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
  if (kind === 'lhe') {
    const reader = createLheReader('events')
    for await (const text of unpackedText(bytes, mostBytes))
      for (const event of reader.push(text)) take(eventOfLhe(event, read + 1))
    reader.finish()
    return { events, read, badLines: 0 }
  }
  const reader = new EventReader(take, 1)
  for await (const text of unpackedText(bytes, mostBytes)) reader.push(text)
  reader.finish()
  const [bad] = reader.bad
  return {
    events,
    read,
    badLines: reader.badLines,
    ...(bad && { firstBad: `line ${bad.line} ${bad.reason}` }),
  }
}

function byWeight(events: DarkMachinesEvent[], seed: number): DarkMachinesEvent[] {
  const negative = events.find(({ weight }) => !(weight >= 0))
  if (negative)
    throw new AppError(
      'data/unsupported',
      `an event has the weight ${negative.weight}: sets are drawn by weights from 0 on. Use a sample without negative weights.`,
    )
  const most = events.reduce((largest, { weight }) => Math.max(largest, weight), 0)
  if (most === 0 || events.every(({ weight }) => weight === most)) return events
  const rng = createRng(seed).split('weights')
  return events.filter(({ weight }) => rng.uniform() * most < weight)
}

function asSample(events: readonly DarkMachinesEvent[]) {
  const objects = events.reduce((sum, { count }) => sum + count, 0)
  const sample = emptySampleEvents(events.length, objects)
  let at = 0
  events.forEach(({ met, metPhi, types, pt, eta, phi, count }, i) => {
    sample.met[i] = met
    sample.metPhi[i] = metPhi
    sample.types.set(types, at)
    sample.pt.set(pt, at)
    sample.eta.set(eta, at)
    sample.phi.set(phi, at)
    at += count
    sample.first[i + 1] = at
  })
  return sample
}

async function modelOfTable(
  name: string,
  bytes: Uint8Array,
  channel: ChannelName | undefined,
): Promise<FileModel> {
  if (channel !== undefined)
    throw new AppError(
      'data/mismatch',
      `${name} is a table of features, which has no objects for channel ${channel}. Choose no channel.`,
    )
  const needs = eventFeatureNames.map(({ id }) => id)
  const holds = { what: 'events', from: 'Dark Machines, Les Houches, CSV, Parquet, npy or ROOT files' }
  const { rows, columns, data, names } = await readTable(name, bytes, {
    holds,
    needs: (column) => needs.includes(column),
  })
  const places = names ? needs.map((id) => names.indexOf(id)) : needs.map((_, k) => k)
  const lacking = needs.find((_, k) => places[k] < 0)
  if (lacking !== undefined || (!names && columns !== featuresPerEvent))
    throw new AppError(
      'data/mismatch',
      `${name} has ${columns} columns${lacking === undefined ? '' : ` and none called ${lacking}`}; a table of events has ${featuresPerEvent}: ${needs.join(', ')} [GeV, rad]. Name them so, or give events with objects.`,
    )
  const features = new Float32Array(rows * featuresPerEvent)
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < featuresPerEvent; k++) {
      const value = data[row * columns + places[k]]
      if (!Number.isFinite(value) || (eventFeatureNames[k].unit === 'GeV' && value < 0))
        throw new AppError(
          'data/corrupt',
          `${name}: ${needs[k]} of row ${row + 1} is ${value}. Leave such events out.`,
        )
      features[row * featuresPerEvent + k] = value
    }
  const model = { id: idOf(name), title: titleOf(name), features, events: rows }
  return { model, kind: 'features', read: rows, passed: rows, badLines: 0 }
}

/** The name without folder and endings. */
const titleOf = (name: string): string =>
  name.replace(/^.*[/\\]/, '').replace(/(\.[a-z0-9]{1,8}){1,2}$/i, '') || 'events'

function idOf(name: string): string {
  const words = titleOf(name)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return words.slice(0, 64).replace(/-+$/, '') || 'events'
}
