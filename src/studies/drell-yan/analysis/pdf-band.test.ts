import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { toyPdfSet } from '../../../testing/toy-pdf-set.ts'
import { droppedKinds } from './dropped-kind.ts'
import { memberFiles, pdfBand, type MemberFiles } from './pdf-band.ts'
import { loosened } from './tar-files.ts'

const set = toyPdfSet('PAIRS', 'ErrorType: hessian\nErrorConfLevel: 90', [1, 1.1, 0.95])
const info = new File([set.info], 'PAIRS.info')
const members = set.members.map(({ name, text }) => new File([text], name))

/** One block of a tar archive before a file. */
function header(name: string, size: number, kind = '0'): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(512)
  const put = (at: number, text: string) => block.set(new TextEncoder().encode(text), at)
  put(0, name)
  put(124, size.toString(8).padStart(11, '0'))
  put(156, kind)
  put(257, 'ustar')
  return block
}
function tar(entries: [name: string, text: string][], end = 1024): Uint8Array<ArrayBuffer> {
  const parts = entries.flatMap(([name, text]) => {
    const bytes = new TextEncoder().encode(text)
    const padded = new Uint8Array(512 * Math.ceil(bytes.length / 512))
    padded.set(bytes)
    return [header(name, bytes.length, name.endsWith('/') ? '5' : '0'), padded]
  })
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, end))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
const whole = tar([
  ['PAIRS/', ''],
  ['PAIRS/PAIRS.info', set.info],
  ...set.members.map(({ name, text }): [string, string] => [`PAIRS/${name}`, text]),
])

async function bandOf(files: MemberFiles) {
  const request = {
    files,
    observables: [{ name: 'mll' as const, edges: [80, 100, 300] }],
    manifest: { sqrtSGeV: 13_000, scheme: 'MW' as const, cuts: null },
    manifestHash: 'abc',
  }
  const run = pdfBand(request)
  const fractions: number[] = []
  let step = await run.next()
  for (; !step.done; step = await run.next()) fractions.push(step.value)
  return { fractions, band: step.value }
}

it('a set among dropped files is a band, relative to its central member', async () => {
  const found = memberFiles([new File(['1,2'], 'other.csv'), members[2], info, members[0], members[1]])
  if (!found) return expect.unreachable('a set is there')
  const { fractions, band } = await bandOf(found)
  expect(fractions.at(-1)).toBe(1)
  expect(band).toMatchObject({ id: 'PAIRS', kind: 'hessian', members: 2, manifestHash: 'abc' })
  for (const bin of [0, 1]) {
    expect(band.up[bin]).toBeCloseTo((1.1 ** 2 - 1) / 1.6448536269514722, 8)
    expect(band.down[bin]).toBeCloseTo((1 - 0.95 ** 2) / 1.6448536269514722, 8)
  }
  await expect(bandOf({ ...found, members: found.members.slice(0, 2) })).rejects.toThrow(
    /says that it has 3 members, 2 are here: PAIRS_0002\.dat is missing/,
  )
})

it('no set are members without an .info, or a single one', () => {
  expect(memberFiles(members)).toBeNull()
  expect(memberFiles([info, ...members.slice(0, 2)])).toBeNull()
})

it.each([
  ['PAIRS.tar', whole],
  ['PAIRS.tar.gz', gzipSync(whole)],
])('an archive as LHAPDF hands them out is a set: %s', async (name, bytes) => {
  const file = new File([new Uint8Array(bytes)], name)
  expect(await droppedKinds([file])).toEqual(['pdf'])
  const found = memberFiles(await loosened([file]))
  expect(found?.members.map((member) => member.name)).toEqual(members.map((member) => member.name))
  expect(await found?.members[1].text()).toBe(set.members[1].text)
})

it.each([
  [
    'is cut short',
    whole.subarray(0, 4000),
    /has 4000 bytes and an entry that ends at \d+, so it is cut short/,
  ],
  ['has no end', tar([['PAIRS/', '']], 0), /has no end/],
  [
    'leads out of itself',
    tar([['PAIRS/../../x.dat', 'a']]),
    /names PAIRS\/\.\.\/\.\.\/x\.dat, a place outside/,
  ],
  [
    'has something else within',
    tar([
      ['PAIRS/', ''],
      ['', ''],
    ]).fill(7, 512, 1024),
    /has no entry at byte 512/,
  ],
])('an archive that %s is refused', async (_, bytes, words) => {
  await expect(loosened([new File([new Uint8Array(bytes)], 'PAIRS.tar')])).rejects.toThrow(words)
})

it('an archive that unpacks to far more than it has is refused while it does', async () => {
  const bomb = gzipSync(Buffer.concat([header('PAIRS/', 0, '5'), Buffer.alloc(18 * 2 ** 20)]))
  await expect(loosened([new File([new Uint8Array(bomb)], 'bomb.tar.gz')])).rejects.toThrow(
    /bomb\.tar\.gz has \d+ bytes and unpacks to more than 16777216/,
  )
})
