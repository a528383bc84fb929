import { expect, it } from 'vitest'
import { writeZip } from '../numerics/zip/write-zip.ts'
import { writeNpy } from './npy.ts'
import { npzTerms } from '../numerics/tables/npz-file.ts'
import { readTable } from './read-table.ts'
import { readSpectraFile } from './spectra-file.ts'

const holds = { what: 'spectra', from: 'files' }
const npz = (arrays: Record<string, [number[], number[]]>) =>
  writeZip(
    Object.entries(arrays).map(([name, [shape, values]]) => ({
      path: `${name}.npy`,
      bytes: Uint8Array.from(writeNpy(Float64Array.from(values), shape)),
    })),
    npzTerms,
  )

it('takes the array with the bins of the dataset, and the edges beside it', async () => {
  const bytes = await npz({
    spectra: [
      [2, 3],
      [1, 2, 3, 4, 5, 6],
    ],
    weights: [
      [2, 2],
      [1, 1, 1, 1],
    ],
    bin_edges: [[4], [50, 60, 70, 80]],
  })
  const edges = [50, 60, 70, 80]
  const read = await readSpectraFile('f.npz', bytes, { bins: 3, edges })
  expect(read).toMatchObject({
    rows: 2,
    bins: 3,
    edgesChecked: true,
    notes: [expect.stringMatching(/weights \(2 x 2\)/)],
  })
  await expect(readSpectraFile('f.npz', bytes, { bins: 3, edges: [50, 60, 70, 90] })).rejects.toThrow(
    /its bin 3 goes from 70 to 80 GeV, the dataset's from 70 to 90/,
  )
})

it('takes arrays of one length as columns where they are asked for by name', async () => {
  const bytes = await npz({ m_ll: [[2], [91, 92]], pt_l1: [[2], [40, 50]], other: [[3], [1, 2, 3]] })
  const needs = (name: string) => name === 'm_ll' || name === 'pt_l1'
  const { names, data, rows } = await readTable('f', bytes, { holds, needs })
  expect([rows, names, Array.from(data)]).toEqual([2, ['m_ll', 'pt_l1'], [91, 40, 92, 50]])
  const uneven = await npz({ m_ll: [[2], [91, 92]], pt_l1: [[1], [40]] })
  await expect(readTable('f', uneven, { holds, needs })).rejects.toThrow(
    /has 2 numbers of m_ll and 1 of pt_l1/,
  )
})

it('refuses archives of other things, bombs, and paths that lead out of them', async () => {
  const zip = (path: string, bytes: Uint8Array<ArrayBuffer>) => writeZip([{ path, bytes }], npzTerms)
  await expect(readTable('f', await zip('a.txt', Uint8Array.of(1)), { holds })).rejects.toThrow(
    /holds no array \(\.npy\), but a\.txt; unpack it/,
  )
  await expect(readTable('f', await zip('../a.npy', Uint8Array.of(1)), { holds })).rejects.toThrow(
    /\.\.\/a\.npy of the \.npz file names a place outside of it/,
  )
  const bomb = await zip('a.npy', new Uint8Array(2 ** 22))
  new DataView(bomb.buffer).setUint32(bomb.length - 22 - 46 - 5 + 24, 100, true) // it says that it has 100 bytes
  await expect(readTable('f', bomb, { holds })).rejects.toThrow(/unpacks to more than the 100 bytes/)
  const many = await zip('a.npy', Uint8Array.of(1))
  new DataView(many.buffer).setUint16(many.length - 22 + 10, 65_535, true)
  await expect(readTable('f', many, { holds })).rejects.toThrow(
    /says that it holds 65535 files, at most 1000/,
  )
})
