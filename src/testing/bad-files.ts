import { npzTerms } from '../numerics/tables/npz-file.ts'
import { writeNpy } from '../numerics/tables/npy-file.ts'
import { writeZip } from '../numerics/zip/write-zip.ts'
import { newestHdf5 } from './hdf5/hdf5-files.ts'
import { writeRoot } from './root-file/write-root.ts'

export interface BadFile {
  name: string
  bytes: Uint8Array
  /** What is said of it. */
  told: RegExp
}

/** Archives that lie about themselves, and files of other programs whose offsets lead nowhere. */
export async function badFiles(): Promise<BadFile[]> {
  const zip = (path: string, bytes: Uint8Array<ArrayBuffer>) => writeZip([{ path, bytes }], npzTerms)
  const array = writeNpy(new Float64Array(710), [10, 71])
  const many = await zip('a.npy', array)
  new DataView(many.buffer).setUint16(many.length - 22 + 10, 65_535, true)
  const bomb = await zip('a.npy', new Uint8Array(2 ** 22))
  new DataView(bomb.buffer).setUint32(bomb.length - 22 - 46 - 5 + 24, 100, true) // it says that it has 100 bytes
  const sound = await zip('a.npy', array)
  const hdf5 = newestHdf5()
  const lost = hdf5.slice()
  lost.set([0, 0, 0, 0, 0, 1], 36) // the root group, a terabyte away
  const root = writeRoot({
    trees: [
      { name: 't', branches: [{ name: 'x', type: 'D', values: Array.from({ length: 400 }, (_, i) => i) }] },
    ],
  })
  const astray = root.slice()
  // Where the list of objects lies, in the record of the folder.
  for (let at = 100; at < 160; at++) astray[at] ^= 0x5a
  return [
    { name: 'many.npz', bytes: many, told: /many\.npz.*says that it holds 65535 files, at most 1000/ },
    { name: 'bomb.npz', bytes: bomb, told: /bomb\.npz.*unpacks to more than the 100 bytes/ },
    {
      name: 'outside.npz',
      bytes: await zip('../../a.npy', array),
      told: /outside\.npz.*names a place outside of it/,
    },
    { name: 'cut.npz', bytes: sound.subarray(0, sound.length - 40), told: /cut\.npz.*damaged/ },
    {
      name: 'cut.h5',
      bytes: hdf5.subarray(0, 9000),
      told: /cut\.h5.*has 9000 of \d+ bytes, so it is cut short/,
    },
    { name: 'lost.h5', bytes: lost, told: /lost\.h5.*the HDF5 file is damaged: \d+ bytes are asked for at/ },
    { name: 'cut.root', bytes: root.subarray(0, root.length / 2), told: /cut\.root.{20}/ },
    { name: 'astray.root', bytes: astray, told: /astray\.root.{20}/ },
  ]
}
