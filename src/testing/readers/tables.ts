import { gzipSync } from 'node:zlib'
import { readCsv } from '../../dataset/csv.ts'
import { openHdf5 } from '../../dataset/hdf5/read-hdf5.ts'
import { readNpy, writeNpy } from '../../dataset/npy.ts'
import { npzTerms } from '../../numerics/tables/npz-file.ts'
import { openParquetLists, type ParquetRow } from '../../dataset/parquet-lists.ts'
import { readParquet, writeParquet } from '../../dataset/parquet.ts'
import { readTable } from '../../dataset/read-table.ts'
import { readObjectEvents } from '../../dataset/root/object-events.ts'
import { readRoot } from '../../dataset/root/root-table.ts'
import { objectListColumns } from '../../generator/event-files/parquet-events.ts'
import { readEvents } from '../../studies/top-pair/analysis/event-file.ts'
import { writeZip } from '../../numerics/zip/write-zip.ts'
import { hdf5File } from '../hdf5/hdf5-files.ts'
import { objectsFile } from '../objects-file.ts'
import { writeRoot } from '../root-file/write-root.ts'
import { sameSize, utf8, type Reader, type Sized } from './reader.ts'

const table = { rows: 6, columns: 5 }
const csv = `a,b,c,d,e\n${Array.from({ length: 6 }, (_, i) => [0, 1, 2, 3, 4].map((k) => (1.25 * i + k).toFixed(3)).join(',')).join('\n')}\n`
const events = `pt_l1,m_ll,weight\n${Array.from({ length: 8 }, (_, i) => `${(50 + i).toFixed(2)},${(90 + 3 * i).toFixed(2)},1`).join('\n')}\n`

export const tableReaders: Record<string, Reader> = {
  'table of text': {
    file: utf8(csv),
    read: (bytes) => readCsv(bytes),
    listed: {
      why: 'another number or name; a table that is cut at the end of a line is a shorter one, and a line that is there twice a longer one',
      may: (before: Sized, after: Sized, kind) =>
        kind === 'cut' ||
        kind === 'repeat' ||
        (kind === 'flip' && after.rows >= table.rows - 3) ||
        sameSize(before, after),
    },
  },
  'table, packed': {
    file: new Uint8Array(gzipSync(csv)),
    read: async (bytes) => {
      const { rows, columns, data } = await readTable('f', bytes, { holds: { what: 'x', from: 'y' } })
      return { rows, columns, data }
    },
  },
  'events of a table': {
    file: utf8(events),
    read: async (bytes) => {
      const { events, notes } = await readEvents('f', bytes, ['pt_l1'])
      return { rows: events.rows, columns: Object.keys(events.columns).length, data: events.columns, notes }
    },
    listed: { why: 'as of tables of text', may: () => true },
  },
  npy: {
    file: writeNpy(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3]),
    read: (bytes) => {
      const { shape, data } = readNpy(bytes)
      return { rows: shape.reduce((a, b) => a * b, 1), columns: 1, shape, data }
    },
    listed: {
      why: 'another number, or the same ones in another shape',
      may: (_before: Sized, _after: Sized, kind) => kind === 'flip' || kind === 'swap',
    },
  },
  npz: {
    file: await writeZip(
      [
        { path: 'spectra.npy', bytes: Uint8Array.from(writeNpy(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3])) },
        { path: 'edges.npy', bytes: Uint8Array.from(writeNpy(Float64Array.of(50, 60, 70, 80), [4])) },
      ],
      npzTerms,
    ),
    read: async (bytes) => {
      const { rows, columns, data, edges } = await readTable('f', bytes, { holds: { what: 'x', from: 'y' } })
      return { rows, columns, data, edges }
    },
    listed: {
      why: 'an array under another name is one that is not asked for',
      may: (before: Sized, after: Sized, kind) => kind !== 'cut' && sameSize(before, after),
    },
  },
  HDF5: {
    file: hdf5File('earliest'),
    read: async (bytes) => {
      const { arrays } = openHdf5(bytes)
      const all = await Promise.all(
        arrays.map(async ({ name, shape, read }) => ({ name, shape, data: await read() })),
      )
      return { rows: all.length, columns: 1, all }
    },
    listed: {
      why: 'most parts of such a file have no checksum: other numbers, names, and fewer arrays where a link is lost',
      may: (_before: Sized, _after: Sized, kind) => kind !== 'cut',
    },
  },
  ROOT: {
    file: writeRoot({
      trees: [
        {
          name: 'events',
          branches: [
            { name: 'met', type: 'F', values: [1.5, 2, 3, 4, 5] },
            { name: 'n', type: 'I', values: [0, 1, 2, 0, 1] },
            { name: 'jets', type: 'D', lists: [[], [1], [2, 3], [], [4]], counter: 'n' },
            { name: 'tags', vector: 'float', lists: [[], [1], [2, 3], [], [4]] },
          ],
        },
      ],
    }),
    read: (bytes) => readRoot(bytes),
    listed: {
      why: 'numbers that are not packed have no checksum; another name of a tree, a branch or a member stands in its key',
      may: (before: Sized, after: Sized, kind) => kind !== 'cut' && after.rows === before.rows,
    },
  },
  'ROOT, lists that are not packed': {
    file: writeRoot({
      packer: null,
      trees: [
        {
          name: 'events',
          branches: [
            { name: 'met', type: 'F', values: [10, 20, 30, 40] },
            { name: 'met_phi', type: 'D', values: [0, 1, 2, 3] },
            { name: 'jet_n', type: 'I', values: [1, 2, 1, 2] },
            ...['jet_pt', 'jet_eta', 'jet_phi'].map((name) => ({
              ...{ name, type: 'D' as const, counter: 'jet_n' },
              lists: [[1], [2, 3], [1], [2, 1]],
            })),
          ],
        },
      ],
    }),
    read: async (bytes) => {
      const { entries, eventAt } = await readObjectEvents(bytes, undefined, 0.5)
      return { rows: entries, columns: 1, events: Array.from({ length: entries }, (_, i) => eventAt(i)) }
    },
    listed: {
      why: 'as of a tree that is packed',
      may: (before: Sized, after: Sized, kind) => kind !== 'cut' && after.rows === before.rows,
    },
  },
  'Parquet, lists of objects': {
    file: objectsFile(6),
    read: async (bytes) => {
      const file = await openParquetLists(bytes)
      const rows: ParquetRow[] = []
      for await (const some of file.read(objectListColumns(file))) rows.push(...some)
      return { rows: rows.length, columns: file.columns.size, all: rows }
    },
    listed: {
      why: 'pages without a checksum',
      may: (before: Sized, after: Sized, kind) => kind !== 'cut' && after.rows === before.rows,
    },
  },
  Parquet: {
    file: await writeParquet([
      { name: 'a', data: Float64Array.of(1, 2, 3) },
      { name: 'b', data: Float32Array.of(4, 5, 6) },
    ]),
    read: (bytes) => readParquet(bytes),
    listed: {
      why: 'pages without a checksum',
      may: (before: Sized, after: Sized, kind) => kind !== 'cut' && sameSize(before, after),
    },
  },
}
