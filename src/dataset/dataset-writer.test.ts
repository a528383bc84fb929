import { expect, it } from 'vitest'
import { smallDataset, smallMetadata } from '../testing/small-dataset.ts'
import { writeDataset } from './dataset-writer.ts'
import { parseManifest } from './manifest-loader.ts'
import { readNpy } from './npy.ts'
import { sha256InScript } from '../numerics/sha256.ts'

it('writes files that their own manifest describes', async () => {
  const { manifest, files } = await smallDataset()
  expect([...files.keys()]).toEqual(['spectra.npy', 'coefficients.npy', 'manifest.json'])
  expect(parseManifest(files.get('manifest.json') as Uint8Array, 'manifest.json')).toEqual(manifest)
  for (const entry of Object.values(manifest.arrays)) {
    const bytes = files.get(entry.file) as Uint8Array
    expect(bytes.length).toBe(entry.bytes)
    expect(sha256InScript(bytes)).toBe(entry.sha256)
    expect(readNpy(bytes)).toMatchObject({ dtype: entry.dtype, shape: entry.shape })
  }
  const { chunks, bytes } = manifest.arrays.spectra
  const numbers = (files.get('spectra.npy') as Uint8Array).subarray(bytes - 120)
  expect(chunks).toEqual({
    rows: 4,
    sha256: [0, 48, 96].map((start) => sha256InScript(numbers.subarray(start, start + 48))),
  })
})

it('gives equal bytes for equal input', async () => {
  const [first, second] = [await smallDataset(), await smallDataset()]
  expect(second.files).toEqual(first.files)
})

it('refuses numbers that are not finite, by row and element', async () => {
  const data = Float32Array.of(1, 2, 3, 4, NaN, 6)
  await expect(
    writeDataset(smallMetadata, { spectra: { data, shape: [2, 3], unit: '', description: '' } }),
  ).rejects.toThrow(/array spectra holds NaN in row 1, element 1/)
})

it('refuses metadata that the page would not read', async () => {
  await expect(writeDataset({ ...smallMetadata, id: 'No Spaces' }, {})).rejects.toThrow(
    /dataset's id cannot be written/,
  )
  const data = new Float32Array(1)
  await expect(
    writeDataset(smallMetadata, { 'a/b': { data, shape: [1], unit: '', description: '' } }),
  ).rejects.toThrow(/arrays.a\/b.file/)
})
