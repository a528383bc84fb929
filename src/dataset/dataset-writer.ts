import { AppError } from '../errors.ts'
import { datasetManifestSchema } from './manifest.ts'
import type { ArrayEntry, DatasetManifest } from './manifest.ts'
import { bytesPerRow, type Codes } from './preview-codes.ts'
import { npyDtype, writeNpy } from './npy.ts'
import type { NpyData } from './npy.ts'
import { sha256Hex } from '../numerics/sha256.ts'

/** One array on its way into a dataset; its file is called after its key. */
export interface ArrayToWrite {
  data: NpyData // row-major, shape below
  shape: number[]
  unit: string
  description: string
  /** Rows per chunk for arrays that the page streams; without it the array is loaded whole. */
  chunkRows?: number
}

/** Rows in few bits beside the exact ones; the file is preview.npy. */
export interface PreviewToWrite extends Codes {
  rows: number
  unit: string
  description: string
  chunkRows: number
}

export interface DatasetFile {
  name: string
  bytes: Uint8Array
}

/**
 * A dataset as files: one `.npy` per array, then `manifest.json` with sizes and hashes. Only bytes are made,
 * so the page can offer them for download and a command can write them. Equal input gives equal bytes.
 *
 * @throws AppError 'input/invalid' for NaN or infinite numbers and metadata that fail the manifest's schema
 */
export async function writeDataset(
  metadata: Omit<DatasetManifest, 'arrays' | 'preview'>,
  arrays: Record<string, ArrayToWrite>,
  preview?: PreviewToWrite,
): Promise<{ manifest: DatasetManifest; files: DatasetFile[] }> {
  const files: DatasetFile[] = []
  const entries: Record<string, ArrayEntry> = {}
  const add = async (name: string, array: ArrayToWrite): Promise<ArrayEntry> => {
    refuseNonFinite(name, array)
    const bytes = writeNpy(array.data, array.shape)
    const file = `${name}.npy`
    files.push({ name: file, bytes })
    return {
      file,
      dtype: npyDtype(array.data),
      shape: array.shape,
      unit: array.unit,
      description: array.description,
      bytes: bytes.length,
      sha256: await sha256Hex(bytes),
      ...(array.chunkRows && { chunks: await hashChunks(array, array.chunkRows, bytes) }),
    }
  }
  for (const [name, array] of Object.entries(arrays)) entries[name] = await add(name, array)
  const parsed = datasetManifestSchema.safeParse({
    ...metadata,
    arrays: entries,
    ...(preview && { preview: await addPreview(preview, add) }),
  })
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]
    throw new AppError('input/invalid', `the dataset's ${path.join('.')} cannot be written: ${message}`)
  }
  const text = `${JSON.stringify(parsed.data, null, 2)}\n`
  files.push({ name: 'manifest.json', bytes: new TextEncoder().encode(text) })
  return { manifest: parsed.data, files }
}

async function addPreview(
  { packed, bits, offset, step, rows, ...about }: PreviewToWrite,
  add: (name: string, array: ArrayToWrite) => Promise<ArrayEntry>,
) {
  const shape = [rows, bytesPerRow(offset.length, bits)]
  return { array: await add('preview', { ...about, data: packed, shape }), bits, offset, step }
}

function refuseNonFinite(name: string, { data, shape }: ArrayToWrite): void {
  const at = data.findIndex((value) => !Number.isFinite(value))
  if (at < 0) return
  const rowLength = shape.slice(1).reduce((product, size) => product * size, 1)
  throw new AppError(
    'input/invalid',
    `array ${name} holds ${data[at]} in row ${Math.floor(at / rowLength)}, element ${at % rowLength}: a dataset holds finite numbers only, repair what made it`,
    { name, at },
  )
}

async function hashChunks(
  { data, shape }: ArrayToWrite,
  rows: number,
  bytes: Uint8Array,
): Promise<ArrayEntry['chunks']> {
  const numbers = bytes.subarray(bytes.length - data.byteLength)
  const chunkBytes = shape[0] === 0 ? 1 : rows * (numbers.length / shape[0])
  const sha256: string[] = []
  for (let start = 0; start < numbers.length; start += chunkBytes)
    sha256.push(await sha256Hex(numbers.subarray(start, start + chunkBytes)))
  return { rows, sha256 }
}
