import { fetchWhole, type HttpOptions } from '../../../../dataset/http.ts'
import type { DatasetManifest } from '../../../../dataset/manifest.ts'
import { foldBatchNorm } from '../../../../ml/encoder-parameters.ts'
import { checkModelFits } from '../../../../ml/model-card.ts'
import { readModelFiles, type ModelFiles } from '../../../../ml/model-files.ts'
import { binCount } from '../../../../physics/drell-yan/spectrum-templates.ts'
import type { LoadedEncoder, ModelLocation } from '../dataset-types.ts'

const largestModelBytes = 32 * 1024 * 1024

/** A shipped encoder, verified by hash and checked against the dataset it is to read. */
export async function loadEncoder(
  location: ModelLocation,
  manifest: DatasetManifest,
  http: HttpOptions,
): Promise<LoadedEncoder> {
  const read = (url: string) => fetchWhole(url, largestModelBytes, http)
  const [card, model, weights] = await Promise.all([
    read(location.cardUrl),
    read(location.modelUrl),
    read(location.weightsUrl),
  ])
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
  return encoderFromFiles(
    { card: text(card), model: text(model), weights: Uint8Array.from(weights) },
    manifest,
  )
}

export async function encoderFromFiles(files: ModelFiles, manifest: DatasetManifest): Promise<LoadedEncoder> {
  const { card, parameters } = await readModelFiles(files)
  const features = binCount(manifest.observables)
  checkModelFits(card, { id: manifest.id, features })
  return { id: card.id, mlp: foldBatchNorm(parameters), card, hash: card.weightsSha256 }
}
