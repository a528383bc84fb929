import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { loadManifest } from '../../../dataset/manifest-loader.ts'
import { datasetHeader } from '../analysis/header.ts'
import { readMeasurement } from '../analysis/measurement.ts'
import { arrayReader, loadUniverseModel } from '../analysis/model-from-files.ts'
import type { DatasetHeader, LoadedEncoder } from '../analysis/dataset-types.ts'
import { loadEncoder } from '../analysis/datasets/load-encoder.ts'
import { manifestDigest } from '../analysis/datasets/open-dataset.ts'
import { shippedDatasets } from '../datasets.ts'
import { AppError } from '../../../errors.ts'
import { otherDataset } from '../../../ml/other-dataset.ts'
import { fileFetch } from '../../../cli/files.ts'
import { datasetOption, folderOf, modelOption } from '../../../cli/folder-options.ts'
import { checkInputFolder } from '../../../cli/options/check-paths.ts'

const http = { fetch: fileFetch }

/** A dataset folder: a shipped id, or a path that holds manifest.json. */
export async function openDatasetFolder(idOrPath: string): Promise<DatasetHeader> {
  checkInputFolder(datasetOption, idOrPath)
  const folder = folderOf(datasetOption, idOrPath)
  const url = pathToFileURL(join(folder, 'manifest.json')).href
  const manifest = await loadManifest(url, http)
  const { model, table } = await loadUniverseModel(manifest, url, http)
  const measurement = await readMeasurement(manifest, model, arrayReader(manifest, url, http))
  return datasetHeader(manifest, await manifestDigest(manifest), model, table, measurement)
}

/** A model folder: a shipped id, or a path that holds card.json. One of another dataset is told. */
export async function openModelFolder(
  idOrPath: string,
  header: DatasetHeader,
  log: (line: string) => void,
): Promise<LoadedEncoder> {
  const folder = modelPath(idOrPath)
  const url = (name: string) => pathToFileURL(join(folder, name)).href
  const encoder = await loadEncoder(
    { id: idOrPath, cardUrl: url('card.json'), modelUrl: url('model.json'), weightsUrl: url('weights.bin') },
    header.manifest,
    http,
  )
  const { manifest, manifestHash } = header
  const note = encoder.card && otherDataset(encoder.card, { id: manifest.id, manifestHash })
  if (note) log(note)
  return encoder
}

/** The encoder that the page opens a dataset with. */
export function defaultModelOf({ manifest }: Pick<DatasetHeader, 'manifest'>): string {
  const id = shippedDatasets.find((dataset) => dataset.id === manifest.id)?.model
  if (!id)
    throw new AppError(
      'input/invalid',
      `Dataset ${manifest.id} has no shipped encoder. Give --model a folder with card.json.`,
    )
  return id
}

export function modelPath(idOrPath: string): string {
  checkInputFolder(modelOption, idOrPath)
  return folderOf(modelOption, idOrPath)
}
