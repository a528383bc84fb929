import { loadManifest } from '../dataset/manifest-loader.ts'
import { sha256Hex } from '../numerics/sha256.ts'
import { streamArray } from '../dataset/stream-array.ts'
import type { HttpOptions } from '../dataset/http.ts'
import type { DatasetManifest } from '../dataset/manifest.ts'
import { kernelsIfAny, loadRowEncoder } from '../ml/row-encoder.ts'
import type { DatasetEvent, ModelLocation } from './job-map.ts'
import { datasetHeader, embedUniverses } from './drell-yan/header.ts'
import { linearEncoder } from './drell-yan/linear-encoder.ts'
import { readMeasurement } from './drell-yan/measurement.ts'
import { arrayEntry, arrayReader, loadUniverseModel } from './drell-yan/model-from-files.ts'
import { whitenSpectra } from './drell-yan/whitening.ts'
import { loadEncoder } from './load-encoder.ts'

/** Digest of a manifest's content: names exactly one dataset, since the manifest holds the hash of every array. */
export async function manifestDigest(manifest: DatasetManifest): Promise<string> {
  return sha256Hex(new TextEncoder().encode(JSON.stringify(manifest)))
}

/**
 * Opens a shipped dataset: model and universes first, so that the map can be drawn, then the rows chunk by chunk,
 * each verified and encoded as it arrives.
 */
export async function* openDataset(
  request: { manifestUrl: string; model: ModelLocation | null },
  options: HttpOptions,
): AsyncGenerator<DatasetEvent, { rows: number; fetches: number }> {
  let fetches = 0
  const plainFetch = options.fetch ?? fetch
  const http: HttpOptions = {
    ...options,
    fetch: (...args: Parameters<typeof fetch>) => {
      fetches++
      return plainFetch(...args)
    },
  }
  yield { kind: 'stage', label: 'Reading manifest', fraction: 0 }
  void kernelsIfAny() // on their way while the manifest is
  const manifest = await loadManifest(request.manifestUrl, http)
  const [{ model, table }, shippedEncoder, manifestHash] = await Promise.all([
    loadUniverseModel(manifest, request.manifestUrl, http),
    request.model && loadEncoder(request.model, manifest, http),
    manifestDigest(manifest),
  ])
  const { universes, replicasPerUniverse } = manifest
  const spectra = arrayEntry(manifest, 'spectra', [
    universes * replicasPerUniverse,
    model.templates.sm.length,
  ])
  const measurement = await readMeasurement(manifest, model, arrayReader(manifest, request.manifestUrl, http))
  const header = datasetHeader(manifest, manifestHash, model, table, measurement)
  const encoder = shippedEncoder ?? linearEncoder(header)
  yield { kind: 'header', header, encoder, embedding: embedUniverses(header, encoder.mlp) }

  const encode = await loadRowEncoder(encoder.mlp)
  let rows = 0
  for await (const chunk of streamArray(spectra, request.manifestUrl, http)) {
    const whitened = whitenSpectra(model.whitening, chunk.data, chunk.rows)
    const latent = encode(whitened, chunk.rows)
    rows += chunk.rows
    yield { kind: 'rows', chunk: { firstRow: chunk.firstRow, rows: chunk.rows, spectra: chunk.data, latent } }
  }
  return { rows, fetches }
}
