import { describe, expect, it } from 'vitest'
import { sharedRoot } from '../../testing/shared-cases.ts'
import type { TreeToWrite } from '../../testing/root-file/branches.ts'
import { writeRoot, type Packer } from '../../testing/root-file/write-root.ts'
import { readRoot } from './root-table.ts'

const events: TreeToWrite = {
  name: 'events',
  branches: [
    { name: 'met', type: 'F', values: [1, 2.5, 3, 4, 5] },
    { name: 'n', type: 'I', values: [0, 1, 2, 0, 1] },
    { name: 'run', type: 'L', values: [1, 2, 3, 4, -5_000_000_000] },
    {
      name: 'window',
      type: 'S',
      arrays: [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, -8],
        [9, 10],
      ],
    },
    {
      name: 'lepton',
      leaves: [
        { name: 'pt', type: 'D', values: [10, 20, 30, 40, 50] },
        { name: 'tight', type: 'O', values: [1, 0, 1, 0, 1] },
      ],
    },
    { name: 'jets', type: 'D', lists: [[], [1], [2, 3], [], [4]], counter: 'n' },
    { name: 'tags', vector: 'float', lists: [[], [1], [2, 3], [], [4]] },
    { name: 'label', texts: ['a', 'bb', 'c', 'd', 'e'] },
  ],
}

describe('a tree', () => {
  it.each([
    ['packed', {}],
    ['not packed', { packer: null }],
    ['in several baskets', { perBasket: 2 }],
    ['with its last baskets inside', { perBasket: 2, lastInside: true }],
  ])('%s is read: single numbers, arrays and leaves; lists and text are passed over', async (_, how) => {
    const table = await readRoot(writeRoot({ trees: [events], ...how }))
    expect(table).toMatchObject({ rows: 5, columns: 7 })
    expect(table.names).toEqual(['met', 'n', 'run', 'window[0]', 'window[1]', 'lepton.pt', 'lepton.tight'])
    expect([...table.data.subarray(7, 14)]).toEqual([2.5, 1, 2, 3, 4, 20, 0])
    expect([...table.data.subarray(28)]).toEqual([5, 1, -5_000_000_000, 9, 10, 50, 1])
    expect(table.passedOver.map(({ name }) => name)).toEqual(['label', 'jets', 'tags'])
    expect(table.notes).toEqual([
      'a column that holds no numbers is passed over: label (text)',
      'lists of numbers are passed over: jets (double[n]), tags (vector<float>)',
    ])
  })

  it('gives the columns that are asked for alone', async () => {
    const table = await readRoot(writeRoot({ trees: [events] }), { needs: (name) => name === 'lepton.pt' })
    expect(table).toMatchObject({ rows: 5, names: ['lepton.pt'], data: Float64Array.of(10, 20, 30, 40, 50) })
  })

  it('among several is named, or has what is asked for', async () => {
    const other: TreeToWrite = { name: 'runs', branches: [{ name: 'run', type: 'I', values: [7, 8] }] }
    const file = writeRoot({ trees: [events, other] })
    await expect(readRoot(file)).rejects.toThrow(/2 trees: events, runs; say which one is meant/)
    expect((await readRoot(file, { tree: 'runs' })).rows).toBe(2)
    expect((await readRoot(file, { needs: (name) => name === 'met' })).rows).toBe(5)
    await expect(readRoot(file, { tree: 'run' })).rejects.toThrow(/no tree run, it has events, runs/)
  })

  it('without single numbers, and a file without a tree, are told with what is there', async () => {
    const lists: TreeToWrite = { name: 't', branches: [events.branches[6], events.branches[7]] }
    await expect(readRoot(writeRoot({ trees: [lists] }))).rejects.toThrow(
      /tree t has no branch of single numbers: tags \(vector<float>\), label \(text\)/,
    )
    const none = writeRoot({ trees: [], others: [{ name: 'h', className: 'TProfile' }] })
    await expect(readRoot(none)).rejects.toThrow(/holds h \(TProfile\) and no TTree; .*numpy\.save/)
    const fields = writeRoot({ trees: [], others: [{ name: 'r', className: 'ROOT::RNTuple' }] })
    await expect(readRoot(fields)).rejects.toThrow(/RNTuple as a TTree or as Parquet/)
  })
})

describe('compression', () => {
  const values = Array.from({ length: 100 }, (_, i) => i % 7)
  const plain = new Uint8Array(800)
  values.forEach((value, i) => new DataView(plain.buffer).setFloat64(8 * i, value))
  /** Packs the one basket, by programs that this project does not need: `xz --check=crc32`, `zstd --no-check`. */
  const packer = (letters: string, version: number, packed: Uint8Array): Packer => ({
    ...{ letters, version },
    pack: (bytes) => (Buffer.compare(bytes, plain) === 0 ? packed : bytes),
  })
  const base64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
  /** Checksum (8 bytes), 56 numbers as they are, 739 from 56 bytes before, 5 as they are. */
  const lz4 = Uint8Array.from([
    ...new Uint8Array(8),
    ...[0xff, 56 - 15, ...plain.subarray(0, 56), 56, 0, 255, 255, 739 - 19 - 510],
    ...[0x50, ...plain.subarray(795)],
  ])
  const file = (one: Packer) =>
    writeRoot({ trees: [{ name: 't', branches: [{ name: 'x', type: 'D', values }] }], packer: one })

  it.each([
    [
      'LZMA',
      packer(
        'XZ',
        0,
        base64(
          '/Td6WFoAAAFpIt42AgAhARYAAAB0L+Wj4AMfABtdAABqjjPSktnbrRz5LczweVx3ms1cQNEz1lJYAAAAP72JRQABM6AGAAAAlGH3FD4wDYsCAAAAAAFZWg==',
        ),
      ),
    ],
    ['ZSTD', packer('ZS', 1, base64('KLUv/WAgAj0BAJgAAD/wAEAAQAgAQBAAQBQAQBgACADdtqoAuAFugDaAGGAwuGMAWA=='))],
    ['LZ4', packer('L4', 1, lz4)],
  ])('%s is unpacked, damaged it is refused', async (name, one) => {
    const bytes = file(one)
    expect((await readRoot(bytes)).data).toEqual(Float64Array.from(values))
    const shorter = file({
      ...one,
      pack: (from) => (from.length === 800 ? one.pack(from).slice(0, 40) : from),
    })
    await expect(readRoot(shorter)).rejects.toThrow(
      new RegExp(`basket 1 of the branch x cannot be unpacked \\(${name}`),
    )
  })

  it('that is not read is named', async () => {
    const half = packer('CS', 8, plain.slice(0, 400))
    await expect(readRoot(file(half))).rejects.toThrow(/old algorithm of ROOT \("CS"\)/)
    await expect(readRoot(file(packer('QQ', 1, plain.slice(0, 400))))).rejects.toThrow(
      /unknown to ROOT \(81, 81\)/,
    )
  })
})

describe('a file', () => {
  it('that is cut short is refused, wherever', async () => {
    const bytes = writeRoot({ trees: [events] })
    for (const share of [0.01, 0.1, 0.5, 0.99])
      await expect(readRoot(bytes.slice(0, share * bytes.length))).rejects.toThrow(
        /damaged: .*(cut short|no room)/,
      )
  })

  it('with more entries than are read is refused before any is', async () => {
    const bytes = writeRoot({ trees: [events], packer: null })
    // The number of entries, in eight bytes before five that are not kept.
    const at = Buffer.from(bytes).indexOf(Buffer.from([0, 0, 0, 0, 0, 0, 0, 5, ...new Uint8Array(32)]))
    new DataView(bytes.buffer).setBigInt64(at, 2_000_000n)
    await expect(readRoot(bytes)).rejects.toThrow(/the tree has 2000000 entries, at most 1000000 are read/)
  })

  it('whose baskets would lie 8 GiB further on is refused', async () => {
    const bytes = writeRoot({ trees: [events], packer: null })
    const file = Buffer.from(bytes.buffer)
    // A key has 34 bytes before the length of its class's name.
    const place = Buffer.alloc(8)
    place.writeBigInt64BE(BigInt(file.indexOf('TBasket') - 35))
    file.writeBigInt64BE(2n ** 33n, file.lastIndexOf(place))
    await expect(readRoot(bytes)).rejects.toThrow(
      /damaged: basket 1 of the branch met ends at byte 8589\d+, the file at byte \d+/,
    )
  })

  it('with formulas in it runs none of them', async () => {
    const formula = { name: 'f', className: 'TF1', title: 'globalThis.ran = true; alert(1)' }
    const bytes = writeRoot({
      trees: [{ ...events, name: 'alert(1)' }],
      others: [formula, { ...formula, className: 'TFormula', name: 'g' }],
    })
    const kept = { Function: globalThis.Function, eval: globalThis.eval }
    const calls: unknown[] = []
    const refuse = function (...words: unknown[]) {
      calls.push(words)
      throw new Error('code was made of a file')
    }
    Object.assign(globalThis, { Function: refuse, eval: refuse })
    try {
      expect((await readRoot(bytes)).rows).toBe(5)
    } finally {
      Object.assign(globalThis, kept)
    }
    expect(calls).toEqual([])
    expect('ran' in globalThis).toBe(false)
  })
})

describe('files of others', () => {
  it('are read, or told as what they are', async () => {
    const zmumu = sharedRoot('uproot-Zmumu-zlib')
    if (!zmumu) return
    const table = await readRoot(zmumu)
    expect(table).toMatchObject({ rows: 2304, columns: 19 })
    // Both muons of the first event by their momenta: M^2 = (E1 + E2)^2 - (p1 + p2)^2.
    const [, , e1, px1, py1, pz1, , , , , e2, px2, py2, pz2] = table.data
    const mass = Math.sqrt((e1 + e2) ** 2 - (px1 + px2) ** 2 - (py1 + py2) ** 2 - (pz1 + pz2) ** 2)
    expect(table.data[18]).toBeCloseTo(mass, 3)
    expect(table.notes).toEqual(['a column that holds no numbers is passed over: Type (text)'])
    const flat = await readRoot(sharedRoot('uproot-small-flat-tree')!)
    expect(flat).toMatchObject({ rows: 100, columns: 67 })
    const of = (name: string) => flat.data[99 * 67 + flat.names!.indexOf(name)]
    for (const name of ['Int32', 'Int64', 'UInt32', 'UInt64', 'Float32', 'Float64', 'ArrayFloat32[9]'])
      expect([name, of(name)]).toEqual([name, 99])
    const simple = await readRoot(sharedRoot('uproot-simple')!)
    expect([...simple.data].map((x) => Number(x.toFixed(1)))).toEqual([1, 1.1, 2, 2.2, 3, 3.3, 4, 4.4])
    await expect(readRoot(sharedRoot('uproot-vectorVectorDouble')!)).rejects.toThrow(
      /x \(vector<vector<double> >\)/,
    )
    const histograms = await readRoot(sharedRoot('uproot-histograms')!, { tree: 'three' })
    expect([histograms.rows, ...histograms.data]).toEqual([1, 0, 0, 1, 2, 1, 0, 0, 1, 0, 0])
    expect([histograms.edges?.[0], histograms.edges?.[10]]).toEqual([-3, 3])
  })
})
