import { loadManifest } from '../../../../dataset/manifest-loader.ts'
import { sha256Hex } from '../../../../numerics/sha256.ts'
import type { HttpOptions } from '../../../../dataset/http.ts'
import type { DatasetManifest } from '../../../../dataset/manifest.ts'
import { kernelsIfAny, loadRowEncoder } from '../../../../ml/row-encoder.ts'
import type { DatasetEvent, ModelLocation } from '../dataset-types.ts'
import { datasetHeader, embedUniverses } from '../header.ts'
import { linearEncoder } from '../linear-encoder.ts'
import { readMeasurement } from '../measurement.ts'
import { arrayReader, loadUniverseModel } from '../model-from-files.ts'
import { loadEncoder } from './load-encoder.ts'
import { exactRows, previewRows } from './stream-rows.ts'

/**
 * Digest of a manifest's content: names exactly one dataset, since the manifest holds the hash of every array. Its preview
 * is left out: the same numbers with another preview, or none, are the same dataset.
 */
export async function manifestDigest(manifest: DatasetManifest): Promise<string> {
  const content = { ...manifest, preview: undefined }
  return sha256Hex(new TextEncoder().encode(JSON.stringify(content)))
}

/**
 * Opens a shipped dataset: model and universes first, so that the map can be drawn, then the rows chunk by chunk,
 * each verified and encoded as it arrives: those of the preview where there is one, else the exact ones.
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
  const measurement = await readMeasurement(manifest, model, arrayReader(manifest, request.manifestUrl, http))
  const header = datasetHeader(manifest, manifestHash, model, table, measurement)
  const encoder = shippedEncoder ?? linearEncoder(header)
  yield { kind: 'header', header, encoder, embedding: embedUniverses(header, encoder.mlp) }

  const encode = await loadRowEncoder(encoder.mlp)
  let rows = 0
  const { preview } = manifest
  const chunks = preview
    ? previewRows(preview, header, request.manifestUrl, encode, http)
    : exactRows(header, request.manifestUrl, encode, http)
  for await (const chunk of chunks) {
    rows += chunk.rows
    yield { kind: 'rows', tier: preview ? 'preview' : 'exact', chunk }
  }
  return { rows, fetches }
}
