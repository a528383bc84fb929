import { expect, it } from 'vitest'
import { hdf5File } from '../../testing/hdf5/hdf5-files.ts'
import { readTable } from '../read-table.ts'
import { openHdf5 } from './read-hdf5.ts'

const earliest = hdf5File('earliest')
const values = Array.from({ length: 60 }, (_, i) => (i * i) / 8 - 3)
const holds = { what: 'spectra', from: 'files' }

it('reads arrays that are contiguous, packed in chunks, in groups, and members of structured ones', async () => {
  const { arrays, others } = openHdf5(earliest)
  const read = Object.fromEntries(
    await Promise.all(arrays.map(async ({ name, shape, read }) => [name, [shape, Array.from(await read())]])),
  ) as Record<string, unknown>
  expect(read).toEqual({
    plain: [[5, 12], values],
    packed: [[5, 12], values],
    'run/single': [[60], values.map(Math.fround)],
    'run/counts': [[7], [-3, -2, -1, 0, 1, 2, 3]],
    'run/wide': [[3], [1, -2, 3]],
    'events/m_ll': [[3], [91.2, 120.5, 300]],
    'events/n': [[3], [2, 3, 4]],
  })
  expect(others).toEqual([{ name: 'label', why: 'lists of varying length' }])
})

it('a table is the array that is named, or columns that are asked for', async () => {
  const named = await readTable('f', earliest, { holds, pick: { columns: {}, tree: 'plain' } })
  expect([named.rows, named.columns, Array.from(named.data)]).toEqual([5, 12, values])
  expect(named.notes[0]).toMatch(
    /^plain is read, other arrays are not: packed \(5 x 12\), run\/single \(60\)/,
  )
  const events = await readTable('f', earliest, { holds, needs: (name) => name === 'm_ll' })
  expect([events.names, Array.from(events.data)]).toEqual([['m_ll'], [91.2, 120.5, 300]])
  await expect(readTable('f', earliest, { holds })).rejects.toThrow(
    /2 arrays that could be meant|arrays that could be meant: .*plain \(5 x 12\)/,
  )
})

it('reads the newest form of the library 2.0', async () => {
  const { arrays } = openHdf5(hdf5File('newest'))
  for (const { read } of arrays) expect(Array.from(await read())).toEqual(values)
})

it('says where a file is cut short', () => {
  expect(() => openHdf5(earliest.subarray(0, 5000))).toThrow(/has 5000 of \d+ bytes, so it is cut short/)
})
