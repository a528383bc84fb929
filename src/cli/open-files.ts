import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { loadManifest } from '../dataset/manifest-loader.ts'
import { datasetHeader } from '../analysis/drell-yan/header.ts'
import { readMeasurement } from '../analysis/drell-yan/measurement.ts'
import { arrayReader, loadUniverseModel } from '../analysis/drell-yan/model-from-files.ts'
import type { DatasetHeader, LoadedEncoder } from '../analysis/job-map.ts'
import { loadEncoder } from '../analysis/load-encoder.ts'
import { manifestDigest } from '../analysis/open-dataset.ts'
import { AppError } from '../errors.ts'
import { dataFolder, fileFetch, modelFolder } from './files.ts'

const http = { fetch: fileFetch }

/** A dataset folder: a shipped id, or a path that holds manifest.json. */
export async function openDatasetFolder(idOrPath: string): Promise<DatasetHeader> {
  const shipped = join(dataFolder, idOrPath)
  const folder = existsSync(join(shipped, 'manifest.json')) ? shipped : idOrPath
  if (!existsSync(join(folder, 'manifest.json')))
    throw new AppError(
      'data/not-found',
      `There is no dataset "${idOrPath}": neither shipped nor a folder with manifest.json. Make it with make-corpus.`,
    )
  const url = pathToFileURL(join(folder, 'manifest.json')).href
  const manifest = await loadManifest(url, http)
  const { model, table } = await loadUniverseModel(manifest, url, http)
  const measurement = await readMeasurement(manifest, model, arrayReader(manifest, url, http))
  return datasetHeader(manifest, await manifestDigest(manifest), model, table, measurement)
}

/** A model folder: a shipped id, or a path that holds card.json. */
export async function openModelFolder(idOrPath: string, header: DatasetHeader): Promise<LoadedEncoder> {
  const folder = modelPath(idOrPath)
  const url = (name: string) => pathToFileURL(join(folder, name)).href
  return loadEncoder(
    { id: idOrPath, cardUrl: url('card.json'), modelUrl: url('model.json'), weightsUrl: url('weights.bin') },
    header.manifest,
    http,
  )
}

/** The encoder that the page opens a dataset with. */
export function defaultModelOf({ manifest }: Pick<DatasetHeader, 'manifest'>): string {
  const id = { 'dy-nc-13tev': 'dy-supcon-2d', 'cms-dy-13tev': 'cms-supcon-2d' }[manifest.id]
  if (!id)
    throw new AppError(
      'input/invalid',
      `Dataset ${manifest.id} has no shipped encoder. Give --model a folder with card.json.`,
    )
  return id
}

export function modelPath(idOrPath: string): string {
  const shipped = join(modelFolder, idOrPath)
  const folder = existsSync(join(shipped, 'card.json')) ? shipped : idOrPath
  if (!existsSync(join(folder, 'card.json')))
    throw new AppError(
      'data/not-found',
      `There is no model "${idOrPath}": neither shipped nor a folder with card.json. Train it with train-encoder.`,
    )
  return folder
}
