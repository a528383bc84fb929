import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { defineCommand } from '../../../cli/command.ts'
import { modelOption } from '../../../cli/folder-options.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import { channelNames, type ChannelName } from '../../../dataset/dark-machines/channels.ts'
import { AppError } from '../../../errors.ts'
import { mlpOutputs } from '../../../ml/mlp.ts'
import {
  placedDistances,
  transferOf,
  type PlacedCloud,
  type PlacedDistance,
  type Transfer,
} from '../analysis/distances/placed-clouds.ts'
import { placeEvents, placeFile, type PlacedFile } from '../analysis/own-files/place-file.ts'
import { encoderFor } from './open-encoder.ts'
import { modelsOf, openModels, openTestEvents, sampleOptions } from './open-models.ts'

/** Sets of a file or model at most: distances cost their square. */
const mostSets = 2000

const all = 'all'

export const placeFilesCommand = defineCommand({
  summary: 'where files of events lie among the models of a map, with distances and their errors',
  places: ['files'],
  options: {
    ...sampleOptions,
    files: {
      ...{ kind: 'files', what: 'file of events', required: true },
      help: 'Dark Machines, Les Houches, Parquet, ROOT or tables of features, .gz too',
    },
    only: {
      kind: 'words',
      most: 600,
      help: 'some of the models, such as vector-m500,vector-m2000; default: all',
    },
    as: {
      kind: 'words',
      most: 600,
      help: 'which models the files are of, one each: how far another program shifts a model, beside its distance to others',
    },
    model: {
      ...modelOption,
      cure: 'Train it with train-events.',
      help: `${modelOption.help}; left out: the best linear map of all models of the dataset`,
    },
    'per-set': {
      kind: 'number',
      ...countRange(1, 50),
      help: 'events of a set on the linear map, 10 if left out, or of a deep set',
    },
    channel: {
      kind: 'choice',
      choices: [all, ...channelNames],
      default: all,
      help: 'of arXiv:2105.14027, which files and models alike must pass, beside the selection of the samples',
    },
    seed: { kind: 'number', ...seedRange, default: '1', help: 'of the sets' },
  },
  run: async ({ dataset, samples, files, only, as, channel: named, seed, ...options }, log) => {
    const ids = only ?? modelsOf(dataset)
    checkNames(ids, as, files.length, dataset)
    const channel = named === all ? undefined : named
    const encoder = await encoderFor(options, () => openModels(dataset, undefined, samples))
    const settings = { encoder, sets: mostSets, seed }
    const own = await Promise.all(ids.map((id) => openTestEvents(id, samples, channel)))
    const models: PlacedCloud[] = []
    for (const { model: events } of own)
      models.push({
        name: events.id,
        ...(await placeEvents(`${events.id}${through(channel)}`, events, settings)),
      })
    const { selection } = own[0]
    const placed: PlacedFile[] = []
    for (const path of files) {
      log(path)
      const file = { name: basename(path), bytes: new Uint8Array(await readFile(path)) }
      placed.push(await placeFile({ ...file, channel, selection, ...settings }))
    }
    const d = mlpOutputs(encoder.mlp)
    const clouds = placed.map(({ latent }, f): PlacedCloud => ({ name: files[f], latent }))
    return {
      ...{ dataset, encoder: encoder.id, perSet: encoder.perSet, channel: named, seed },
      models: models.map(({ name, latent }) => ({ model: name, sets: latent.length / d })),
      files: placed.map(({ read, passed, events, sets, badLines }, f) => ({
        ...{ file: files[f], read, passed, events, sets, badLines },
        models: placedDistances(clouds[f], models, d).map(({ name, ...rest }) => ({
          ...{ model: name, ...printed(rest) },
        })),
        ...(as && { transfer: printedTransfer(transferOf(clouds[f], byName(models, as[f]), models, d)) }),
      })),
      between: clouds.flatMap((cloud, f) =>
        placedDistances(cloud, clouds.slice(f + 1), d).map(({ name, ...rest }) => ({
          ...{ a: cloud.name, b: name, ...printed(rest) },
        })),
      ),
    }
  },
})

/** @throws AppError 'input/invalid' */
function checkNames(
  ids: readonly string[],
  as: readonly string[] | undefined,
  files: number,
  dataset: Parameters<typeof modelsOf>[0],
): void {
  const known = modelsOf(dataset)
  const unknown = ids.find((id) => !known.includes(id))
  if (unknown !== undefined)
    throw new AppError('input/invalid', `${dataset} has no model ${unknown}. Choose of ${known.join(', ')}.`)
  if (as && as.length !== files)
    throw new AppError(
      'input/invalid',
      `--as names ${as.length} models and --files ${files} files. Give one model for each file.`,
    )
  const missing = as?.find((id) => !ids.includes(id))
  if (missing !== undefined)
    throw new AppError(
      'input/invalid',
      `--as ${missing} is none of the models that files are placed among. Choose of ${ids.join(', ')}.`,
    )
}

const through = (channel: ChannelName | undefined): string =>
  channel === undefined ? '' : ` in channel ${channel}`

const byName = (models: readonly PlacedCloud[], wanted: string): PlacedCloud =>
  models.find(({ name }) => name === wanted)!

function printed({ centroid, pooled, energy }: Omit<PlacedDistance, 'name'>) {
  const of = (name: 'value' | 'error') => ({
    ...{ centroid: centroid[name], pooled: pooled[name], energy: energy[name] },
  })
  return { ...of('value'), errors: of('error') }
}

const printedTransfer = ({ model, shift, others }: Transfer) => ({
  ...{ model, shift: shift.value, shiftError: shift.error },
  others: others.map(({ model: other, distance, shiftOverDistance }) => ({
    ...{ model: other, distance: distance.value, distanceError: distance.error, shiftOverDistance },
  })),
})
