import { AppError } from '../../../../errors.ts'
import type { ChannelName } from '../../../../dataset/dark-machines/channels.ts'
import type { DarkMachinesEvent } from '../../../../dataset/dark-machines/event-line.ts'
import { readTable } from '../../../../dataset/read-table.ts'
import { asSample } from '../../../../generator/event-files/as-sample.ts'
import {
  eventFileKind,
  readEvents,
  type EventFileKind,
} from '../../../../generator/event-files/read-events.ts'
import { passes, type EventSelection } from '../../../../generator/samples/selection.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { eventFeatureNames, eventFeatures, featuresPerEvent } from '../features/event-features.ts'
import type { ModelEvents } from '../models.ts'

export interface FileModel {
  model: ModelEvents
  kind: EventFileKind
  /** Events of the file, and those of them that pass the channel. */
  read: number
  passed: number
  /** Lines (entries, rows) that are no event, and what is wrong with the first. */
  badLines: number
  firstBad?: string
}

export interface FileSettings {
  /** Only events that pass this selection of the Dark Machines challenge; default: all. Of tables of features: none. */
  channel?: ChannelName
  /** Only events that pass this too, of files with objects. */
  selection?: EventSelection
  /** Of the draw by weight, where weights differ. */
  seed?: number
}

/**
 * A model from a file of events, told by its content: lines of the Dark Machines challenge, events of Les Houches (partons stand
 * for jets, what is not seen for MET), lists of objects in Parquet or ROOT, lists of particles in Parquet, or a table (CSV, Parquet,
 * npy, ROOT) whose columns are the features of eventFeatureNames by their ids; packed with gzip or not. Where weights differ, an
 * event is kept with the probability of its weight over the largest.
 *
 * @throws AppError with the name of the file: as the readers; 'data/mismatch' where no event is left
 */
export async function modelFromFile(
  name: string,
  bytes: Uint8Array,
  { channel, selection, seed = 1 }: FileSettings = {},
): Promise<FileModel> {
  const kind = await eventFileKind(bytes).catch((thrown: unknown) => {
    throw AppError.from(thrown).about(name)
  })
  if (kind === 'features') return modelOfTable(name, bytes, channel)
  try {
    const { events: passed, read, badLines, firstBad } = await readEvents(bytes, kind, channel)
    const events = selection ? passed.filter((event) => passes(selection, event)) : passed
    if (passed.length > 0 && events.length === 0 && selection)
      throw new AppError(
        'data/mismatch',
        `none of ${passed.length} events has MET from ${selection.met} GeV and ${selection.jets.count} jets of pT > ${selection.jets.pt} GeV. Choose another file.`,
      )
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
  const holds = {
    what: 'events',
    from: 'Dark Machines, Les Houches, CSV, Parquet, HDF5, npy, npz or ROOT files',
  }
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
