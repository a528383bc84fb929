import { samplesFolder } from '../../../cli/files.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import { readSample } from '../../../cli/read-sample.ts'
import {
  passesChannel,
  type ChannelName,
  type ObjectsAndMet,
} from '../../../dataset/dark-machines/channels.ts'
import type { SampleEvents } from '../../../dataset/event-samples/sample-events.ts'
import type { EventSelection } from '../../../generator/samples/selection.ts'
import { AppError } from '../../../errors.ts'
import { eventFeatures, featuresPerEvent } from '../analysis/features/event-features.ts'
import { splitSeed } from '../analysis/map-encoder.ts'
import { splitEvents, type ModelEvents } from '../analysis/models.ts'
import { datasetOf, type EventsDataset } from '../datasets.ts'

/** Which models a command is about, and where they lie. */
export const sampleOptions = {
  dataset: {
    kind: 'choice',
    choices: ['gluinos', 'dark-matter'],
    default: 'gluinos',
    help: 'the samples whose models are compared',
  },
  samples: {
    kind: 'folder',
    what: 'folder of samples',
    holds: 'znunu-j.json',
    cure: 'Make them with make-samples.',
    default: samplesFolder,
    help: 'where the samples are',
  },
} as const satisfies OptionTable

/** Ids of a dataset's models. */
export function modelsOf(dataset: EventsDataset['id']): string[] {
  return datasetOf(dataset)?.models.map(({ id }) => id) ?? []
}

/**
 * Models of a dataset from a folder of samples.
 *
 * @param names  some of the dataset's models; none: all
 * @throws AppError 'input/invalid' for a model that the dataset lacks; as readSample
 */
export async function openModels(
  dataset: EventsDataset['id'],
  names: readonly string[] | undefined,
  folder: string,
): Promise<ModelEvents[]> {
  const known = modelsOf(dataset)
  const unknown = names?.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new AppError('input/invalid', `${dataset} has no model ${unknown}. Choose of ${known.join(', ')}.`)
  return await Promise.all((names ?? known).map((id) => openModel(id, folder)))
}

async function openModel(id: string, folder: string): Promise<ModelEvents> {
  const { manifest, blocks } = await readSample(folder, id)
  const features = new Float32Array(manifest.events * featuresPerEvent)
  let read = 0
  for (const block of blocks) {
    features.set(eventFeatures(block), read * featuresPerEvent)
    read += block.events
  }
  return { id, title: manifest.title, features, events: manifest.events }
}

/**
 * A model's test events, those of them that pass a channel: what a map made of it has not seen.
 *
 * @throws AppError as readSample
 */
export async function openTestEvents(
  id: string,
  folder: string,
  channel: ChannelName | undefined,
): Promise<{ model: ModelEvents; selection: EventSelection }> {
  const { manifest, blocks } = await readSample(folder, id)
  const isTest = new Uint8Array(manifest.events)
  for (const event of splitEvents(manifest.events, splitSeed).test) isTest[event] = 1
  const rows: Float32Array[] = []
  let before = 0
  for (const block of blocks) {
    const features = eventFeatures(block)
    for (let i = 0; i < block.events; i++) {
      if (isTest[before + i] === 0) continue
      if (channel !== undefined && !passesChannel(channel, eventOf(block, i))) continue
      rows.push(features.subarray(i * featuresPerEvent, (i + 1) * featuresPerEvent))
    }
    before += block.events
  }
  const features = new Float32Array(rows.length * featuresPerEvent)
  rows.forEach((row, i) => features.set(row, i * featuresPerEvent))
  return {
    model: { id, title: manifest.title, features, events: rows.length },
    selection: manifest.selection,
  }
}

function eventOf({ first, met, types, pt }: SampleEvents, i: number): ObjectsAndMet {
  const [from, to] = [first[i], first[i + 1]]
  return { met: met[i], count: to - from, types: types.subarray(from, to), pt: pt.subarray(from, to) }
}

/**
 * A model's events in two halves, every other one in either: two models with all in common but their names.
 */
export function twinsOf(model: ModelEvents): [ModelEvents, ModelEvents] {
  const half = (which: 0 | 1): ModelEvents => {
    const events = (model.events - which + 1) >> 1
    const features = new Float32Array(events * featuresPerEvent)
    for (let i = 0; i < events; i++) {
      const from = (2 * i + which) * featuresPerEvent
      features.set(model.features.subarray(from, from + featuresPerEvent), i * featuresPerEvent)
    }
    const name = which === 0 ? '' : '-twin'
    return {
      id: `${model.id}${name}`,
      title: `${model.title}${which === 0 ? '' : ', twin'}`,
      features,
      events,
    }
  }
  return [half(0), half(1)]
}
