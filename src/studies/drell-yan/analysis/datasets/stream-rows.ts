import type { HttpOptions } from '../../../../dataset/http.ts'
import type { PreviewEntry } from '../../../../dataset/manifest.ts'
import { dequantise } from '../../../../dataset/preview-codes.ts'
import { streamArray, streamCodes } from '../../../../dataset/stream-array.ts'
import { AppError } from '../../../../errors.ts'
import type { RowEncoder } from '../../../../ml/row-encoder.ts'
import type { DatasetHeader, RowChunk } from '../dataset-types.ts'
import { arrayEntry } from '../model-from-files.ts'
import { whitenSpectra } from '../whitening.ts'

type Shape = Pick<DatasetHeader, 'manifest' | 'universeModel'>

const shapeOf = ({ manifest, universeModel }: Shape): [rows: number, bins: number] => [
  manifest.universes * manifest.replicasPerUniverse,
  universeModel.templates.bins,
]

/** The rows of a dataset as they arrive, each chunk verified, with their places on the map. */
export async function* exactRows(
  header: Shape,
  manifestUrl: string,
  encode: RowEncoder,
  http: HttpOptions,
): AsyncGenerator<RowChunk, void> {
  const entry = arrayEntry(header.manifest, 'spectra', shapeOf(header))
  for await (const { firstRow, rows, data } of streamArray(entry, manifestUrl, http)) {
    const latent = encode(whitenSpectra(header.universeModel.whitening, data, rows), rows)
    yield { firstRow, rows, spectra: data, latent }
  }
}

/** Their places on the map alone, from half the bytes: within 1e-3 of a standard deviation of each axis. */
export async function* previewRows(
  preview: PreviewEntry,
  header: Shape,
  manifestUrl: string,
  encode: RowEncoder,
  http: HttpOptions,
): AsyncGenerator<RowChunk, void> {
  const [rowCount, bins] = shapeOf(header)
  const shape = [preview.array.shape[0], preview.offset.length]
  if (shape[0] !== rowCount || shape[1] !== bins)
    throw new AppError(
      'data/corrupt',
      `The preview of dataset ${header.manifest.id} is ${shape.join(' x ')}, must be ${rowCount} x ${bins}. Reload the page; if that does not help, the copy of the app is incomplete: tell whoever hosts it, or open another dataset.`,
    )
  for await (const { firstRow, rows, data } of streamCodes(preview, manifestUrl, http)) {
    const latent = encode(dequantise(data, preview), rows)
    yield { firstRow, rows, spectra: new Float32Array(0), latent }
  }
}
