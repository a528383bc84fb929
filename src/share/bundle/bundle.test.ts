import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../../numerics/sha256.ts'
import { createRng } from '../../numerics/rng.ts'
import { mutate, mutationKinds } from '../../testing/mutations.ts'
import { AppError } from '../../errors.ts'
import type { BundleItem, ReadBundle } from './bundle-format.ts'
import { packBundle } from './pack-bundle.ts'
import { packPlain, unpackPlain } from './plain-file.ts'
import { unpackBundle } from './unpack-bundle.ts'
import { listZip, readZipEntry } from './read-zip.ts'
import { writeZip, type ZipEntry } from './write-zip.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const link = '#v=2&k=00000000.9&view=fit'
const made = 'theoryscape 0.0.0'
const events = 'm_tt,y_tt\n'.repeat(500)
const result = {
  name: 'binned',
  theta: Float64Array.of(0.1, -0, NaN, Infinity),
  small: Float32Array.of(1, 2),
  ranks: Int32Array.of(-3),
  seconds: NaN,
  zero: -0,
  far: -Infinity,
  none: null,
  list: [1, [true, 'x'], {}],
}
const items: BundleItem[] = [
  { study: 'a', kind: 'events', holds: { files: [{ name: 'mine (2) ü.csv', content: new Blob([events]) }] } },
  {
    study: 'a',
    kind: 'fit',
    key: '["fit"]',
    version: 'a/1',
    holds: { value: { ...result, absent: undefined } },
  },
  {
    study: 'b-2',
    kind: 'encoder',
    holds: {
      files: [
        { name: 'card.json', content: '{}' },
        { name: 'Card.JSON', content: Uint8Array.of(1, 2, 3) },
        { name: '../../etc/passwd', content: '' },
      ],
    },
  },
]

const packed = await packBundle({ link, made, items })
const open = (bytes: Uint8Array<ArrayBuffer>): Promise<ReadBundle> => unpackBundle(new Blob([bytes]))

async function refusal(bytes: Uint8Array<ArrayBuffer>): Promise<AppError> {
  const thrown: unknown = await open(bytes).then(
    () => expect.unreachable('the bundle was opened'),
    (error: unknown) => error,
  )
  expect(thrown).toBeInstanceOf(AppError)
  return thrown as AppError
}

/** Content of all entries, by path. */
async function entriesOf(archive: Uint8Array<ArrayBuffer>): Promise<ZipEntry[]> {
  return Promise.all(
    listZip(archive).map(async (entry) => ({
      path: entry.path,
      bytes: await readZipEntry(archive, entry),
    })),
  )
}

const entries = await entriesOf(packed)
const manifestText = new TextDecoder().decode(entries[0].bytes)

/** The bundle with another manifest. */
const withManifest = (text: string) =>
  writeZip([{ path: 'theoryscape.json', bytes: utf8(text) }, ...entries.slice(1)])
const replaced = (from: string | RegExp, to: string) => {
  expect(manifestText.search(from)).toBeGreaterThan(-1)
  return withManifest(manifestText.replace(from, to))
}

/** The archive with numbers of given widths written over it, counted from the first place of a signature. */
function patched(
  signature: number,
  changes: readonly (readonly [offset: number, bytes: 2 | 4, value: number])[],
) {
  const copy = packed.slice()
  const view = new DataView(copy.buffer)
  let at = 0
  while (view.getUint32(at, true) !== signature) at++
  for (const [offset, bytes, value] of changes)
    if (bytes === 2) view.setUint16(at + offset, value, true)
    else view.setUint32(at + offset, value, true)
  return copy
}

describe('a bundle', () => {
  it('gives back link, names, files and results to the bit', async () => {
    const read = await open(packed)
    expect(read).toMatchObject({ link, made, strangers: [] })
    const [first, fit, encoder] = read.items
    expect(first).toMatchObject({ study: 'a', kind: 'events' })
    expect(first.files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)])).toEqual([
      ['mine (2) ü.csv', events],
    ])
    expect(fit).toEqual({ study: 'a', kind: 'fit', key: '["fit"]', version: 'a/1', files: [], value: result })
    expect(encoder.files.map(({ name, bytes }) => [name, [...bytes]])).toEqual([
      ['card.json', [...utf8('{}')]],
      ['Card.JSON', [1, 2, 3]],
      ['../../etc/passwd', []],
    ])
  })

  it('has paths that every system takes, none twice, and its manifest first', () => {
    expect(entries.map(({ path }) => path)).toEqual([
      'theoryscape.json',
      'a/events-1/mine-2-.csv',
      'a/fit-1/value.bin',
      'b-2/encoder-1/card.json',
      'b-2/encoder-1/2-Card.JSON',
      'b-2/encoder-1/-..-etc-passwd',
    ])
  })

  it('is equal bytes for an equal page', async () => {
    expect(await packBundle({ link, made, items })).toEqual(packed)
  })

  // Witness: zipfile of python's standard library reads the archive, and writes one with other settings that is read here.
  it('is read by another program, and as that program packs it again', async ({ skip }) => {
    const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
    try {
      writeFileSync(join(folder, 'a.zip'), packed)
      const script = [
        'import sys, zipfile',
        'a = zipfile.ZipFile(sys.argv[1] + "/a.zip")',
        'assert a.testzip() is None',
        'b = zipfile.ZipFile(sys.argv[1] + "/b.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1)',
        'b.comment = b"packed again"',
        'b.writestr("__MACOSX/._x", "finder")',
        'for name in reversed(a.namelist()): b.writestr(name, a.read(name))',
        'b.close()',
      ]
      try {
        execFileSync('python3', ['-c', script.join('\n'), folder])
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
        skip('there is no python3 here to pack a bundle again')
      }
      const read = await open(Uint8Array.from(readFileSync(join(folder, 'b.zip'))))
      expect(read).toEqual({ ...(await open(packed)), strangers: ['__MACOSX/._x'] })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('that would be too much is not written: number, and bytes', async () => {
    const file = { path: 'a', bytes: new Uint8Array(0) }
    await expect(writeZip(Array.from({ length: 20_001 }, () => file))).rejects.toThrow(
      /20001 files, at most 20000/,
    )
    const huge = { path: 'a', bytes: { length: 2 ** 28 + 1 } as Uint8Array<ArrayBuffer> }
    await expect(writeZip([huge])).rejects.toThrow(/268435457 bytes, at most 268435456/)
  })
})

describe('what is no bundle is refused in a sentence', () => {
  const central = 0x02014b50
  const end = 0x06054b50

  it.each([
    ['cut', () => packed.slice(0, packed.length >> 1), /bytes have no directory/],
    ['nothing', () => new Uint8Array(0), /0 bytes are no archive/],
    [
      'a size that is a lie',
      () => patched(central, [[24, 4, 7]]),
      /theoryscape\.json unpacks to more than the 7 bytes/,
    ],
    [
      'a checksum that is a lie',
      () => patched(central, [[16, 4, 1]]),
      /theoryscape\.json has the checksum [0-9a-f]{8}, its directory says 00000001/,
    ],
    [
      'terabytes',
      () => patched(central, [[24, 4, 0xffffffff]]),
      /unpacks to 429\d{7} bytes, at most 268435456/,
    ],
    ['many files', () => patched(end, [[10, 2, 60_000]]), /says that it holds 60000 files, at most 20000/],
    ['more files than there are', () => patched(end, [[10, 2, 9]]), /directory says 9 files and lists 6/],
    ['a file over another', () => patched(central, [[42, 4, 50]]), /within the file before it|ends at byte/],
    [
      'a file beyond the end',
      () => patched(central, [[42, 4, 2 ** 31]]),
      /ends at byte \d+, the files end at/,
    ],
    ['a password', () => patched(central, [[8, 2, 1]]), /is encrypted/],
    ['another method', () => patched(central, [[10, 2, 12]]), /packed by method 12/],
    ['a large manifest', () => patched(central, [[24, 4, 2 ** 24]]), /has 16777216 bytes, at most 8388608/],
    ['a foreign archive', () => writeZip(entries.slice(1)), /holds no theoryscape\.json/],
    ['a missing file', () => writeZip(entries.slice(0, 3)), /b-2\/encoder-1\/card\.json is missing/],
    ['a file twice', () => writeZip([...entries, entries[1]]), /holds a\/events-1\/mine-2-\.csv twice/],
    [
      'a changed file',
      () => writeZip(entries.map((entry, i) => (i === 1 ? { ...entry, bytes: utf8('x') } : entry))),
      /mine-2-\.csv of the bundle was changed: its sha256 is/,
    ],
    [
      'a newer format',
      () => replaced('"version": 1', '"version": 2'),
      /newer version of the app: it has format 2, this app reads up to 1/,
    ],
    ['another format', () => replaced('theoryscape-bundle', 'spreadsheet'), /names the format spreadsheet/],
    ['no JSON', () => withManifest('{'), /theoryscape\.json of the bundle is not JSON/],
    [
      'a way out of its folder',
      () => replaced('b-2/encoder-1/card.json', '../../card.json'),
      /not as it is written: items\.2\.files\.0\.path/,
    ],
    [
      'a listing twice',
      () => replaced('b-2/encoder-1/2-Card.JSON', 'b-2/encoder-1/card.json'),
      /card\.json is missing/,
    ],
    [
      'files in place of a result',
      () => replaced(/"holds": "files"/, '"holds": "value"'),
      /mine-2-\.csv: The file is damaged/,
    ],
    ['no link', () => replaced('#v=2', 'javascript:'), /not as it is written: link/],
  ])('%s', async (_, make, sentence) => {
    const { code, message } = await refusal(await make())
    expect(code).toMatch(/^share\//)
    expect(message).toMatch(sentence)
  })

  it('one that is too large is not read', async () => {
    const read = new Blob([packed])
    Object.defineProperty(read, 'size', { value: 2 ** 27 + 1 })
    await expect(unpackBundle(read)).rejects.toThrow(/134217729 bytes, at most 134217728/)
  })

  it('damage of any kind is seen', async () => {
    const rng = createRng(5)
    const before = await open(packed)
    for (let i = 0; i < 200; i++) {
      const bytes = mutate(packed, mutationKinds[i % mutationKinds.length], rng)
      const read = await open(bytes).catch((thrown: unknown) => {
        expect(thrown).toBeInstanceOf(AppError)
        return null
      })
      // What is left: dates, attributes and other bytes that say nothing of the content.
      if (read) expect(read).toEqual(before)
    }
  })
})

describe('plain data', () => {
  it.each([
    ['functions', () => 1],
    ['dates of another kind of array', new BigInt64Array(1)],
    ['a field of its own', { $: 1 }],
  ])('are not %s', async (_, value) => {
    await expect(async () => packPlain({ value })).rejects.toThrow(TypeError)
  })

  it('longer than their bytes are refused', async () => {
    const packed = await packPlain({ a: Float64Array.of(1) })
    const text = new TextDecoder('latin1').decode(packed)
    const body = Uint8Array.from(text.replace('"length":1', '"length":9'), (c) => c.charCodeAt(0))
    // With the hash of the changed text: only the length is wrong.
    const magic = 'theoryscape-plain-data-1\n'
    body.set(utf8(await sha256Hex(body.slice(magic.length + 64))), magic.length)
    await expect(unpackPlain(body)).rejects.toThrow(/array of 9 numbers is beyond its 8 bytes/)
  })
})
