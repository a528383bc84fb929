import { AppError } from '../errors.ts'
import { npzTerms } from '../numerics/tables/npz-file.ts'
import { listZip, readZipEntry } from '../numerics/zip/read-zip.ts'
import type { NamedArray } from './named-arrays.ts'
import { readNpy } from './npy.ts'
import { parseNpyHeader } from './npy-header.ts'
import type { PassedOver } from './table.ts'

/**
 * The arrays of a `.npz` file (numpy.savez, numpy.savez_compressed) that hold numbers, and the rest of what is in it.
 *
 * @throws AppError 'data/corrupt', or 'data/unsupported' for an archive without arrays
 */
export async function openNpz(bytes: Uint8Array): Promise<{ arrays: NamedArray[]; others: PassedOver[] }> {
  const archive = Uint8Array.from(bytes)
  const entries = listZip(archive, npzTerms)
  if (!entries.some(({ path }) => path.endsWith('.npy')))
    throw new AppError(
      'data/unsupported',
      `the archive holds no array (.npy), but ${entries
        .slice(0, 5)
        .map(({ path }) => path.slice(0, 60))
        .join(', ')}${entries.length === 0 ? 'nothing' : ''}; unpack it and drop what is in it`,
    )
  const arrays: NamedArray[] = []
  const others: PassedOver[] = []
  for (const entry of entries) {
    const name = entry.path.replace(/\.npy$/, '')
    const content = await readZipEntry(archive, entry, npzTerms)
    const why = name === entry.path ? 'no array' : whyNoNumbers(content)
    if (why !== null) others.push({ name, why })
    else arrays.push({ name, shape: parseNpyHeader(content).shape, read: async () => readNpy(content).data })
  }
  return { arrays, others }
}

function whyNoNumbers(content: Uint8Array): string | null {
  try {
    readNpy(content)
    return null
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'data/unsupported') return 'no plain numbers'
    throw thrown
  }
}
