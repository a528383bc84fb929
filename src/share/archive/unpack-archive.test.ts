import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { writeZip } from '../../numerics/zip/write-zip.ts'
import { folderArchive } from './archive-terms.ts'
import { unpackArchive } from './unpack-archive.ts'

const folder = mkdtempSync(join(tmpdir(), 'archive-'))
afterAll(() => rmSync(folder, { recursive: true }))

const deep = `plan/${'a-long-name-'.repeat(7)}/${'b'.repeat(90)}.txt`
const contents: Record<string, string> = {
  'plan/plan.json': '{}',
  'plan/td8-r1/card.json': 'x'.repeat(700),
  'plan/td8-r1/weights.bin': '',
  [deep]: 'deep',
  'plan/.snakemake/log': 'hidden',
}
const seen = Object.entries(contents).filter(([path]) => !path.includes('/.'))
for (const [path, text] of Object.entries(contents)) {
  mkdirSync(join(folder, dirname(path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
symlinkSync('plan.json', join(folder, 'plan', 'link.json'))

/** By the system's own tar. */
function tar(...words: string[]): Uint8Array<ArrayBuffer> {
  execFileSync('tar', [...words, '-f', join(folder, 'archive'), '-C', folder, 'plan'])
  return new Uint8Array(readFileSync(join(folder, 'archive')))
}

/** Of the first header, in octal digits. */
function checksum(archive: Uint8Array): string {
  const header = archive.slice(0, 512).fill(32, 148, 156)
  return header
    .reduce((sum, byte) => sum + byte, 0)
    .toString(8)
    .padStart(6, '0')
}

const wanted = [/plan\.json/]
const unpack = (bytes: Uint8Array<ArrayBuffer>) => unpackArchive(new Blob([bytes]), wanted)
const texts = (files: Awaited<ReturnType<typeof unpack>>) =>
  files?.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]).sort()
const bytesOf = (text: string) => new TextEncoder().encode(text)

it.each(['gnu', 'pax', 'ustar'])('reads what tar writes as %s, packed with gzip or not', async (format) => {
  for (const gzip of [[], ['-z']])
    expect(texts(await unpack(tar('-c', `--format=${format}`, ...gzip)))).toEqual([...seen].sort())
})

it('reads a zip, with the names that other programs write', async () => {
  const entries = [
    ...Object.entries(contents),
    ['plan\\td8-r2\\card.json', 'by Windows'],
    ['__MACOSX/plan/._plan.json', 'by macOS'],
  ].map(([path, text]) => ({ path, bytes: bytesOf(text) }))
  expect(texts(await unpack(await writeZip(entries, folderArchive)))).toEqual(
    [...seen, ['plan/td8-r2/card.json', 'by Windows']].sort(),
  )
})

it('leaves an archive alone that holds nothing wanted', async () => {
  expect(await unpackArchive(new Blob([tar('-c', '-z')]), [/\.yaml/])).toBeNull()
  const zip = await writeZip([{ path: 'a.csv', bytes: bytesOf('1') }], folderArchive)
  expect(await unpackArchive(new Blob([zip]), wanted)).toBeNull()
})

it('refuses what is cut, damaged, bad or too much', async () => {
  const plain = tar('-c', '--format=ustar')
  const changed = (at: number, text: string) => {
    const bytes = plain.slice()
    bytes.set(bytesOf(text), at)
    return bytes
  }
  await expect(unpack(plain.slice(0, 2048))).rejects.toThrow(
    /The archive is damaged: .* have no end, .*\. Pack the folder/,
  )
  await expect(unpack(plain.slice(0, 1600))).rejects.toThrow(/damaged: .* have no end/)
  const large = changed(124, '77777777777')
  large.set(bytesOf(`${checksum(large)}\0 `), 148)
  await expect(unpack(large)).rejects.toThrow(/a file in it ends at byte 8589935103, the archive at \d+/)
  await expect(unpack(changed(0, 'q'))).rejects.toThrow(/byte 0 of \d+ begins no file/)
  await expect(unpack(tar('-c', '-z').slice(0, -30))).rejects.toThrow(/damaged or cut short/)
  const outside = tar('-c', '-P', '--transform=s,^plan/plan,../plan,')
  await expect(unpack(outside)).rejects.toThrow(
    /^\.\.\/plan\.json of the archive names a place outside of it/,
  )
  const packed = new Blob([tar('-c', '-z')])
  await expect(
    unpackArchive(packed, wanted, { ...folderArchive, largestUnpackedBytes: 2048 }),
  ).rejects.toThrow(
    /^The archive \(\d+ bytes\) unpacks to more than 2048, the most that is read\. Do not trust its source\.$/,
  )
  await expect(unpackArchive(packed, wanted, { ...folderArchive, mostEntries: 2 })).rejects.toThrow(
    /^The archive holds more than 2 files/,
  )
})
