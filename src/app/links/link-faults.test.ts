import {
  defaultLinkIntent,
  firstGenerationIntent,
  firstLinkIntent,
  linkIntent,
  linkTo,
  readLink,
} from '../../testing/links.ts'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBase64Url } from '../../share/base64url.ts'
import { linkLengthCap } from '../../share/decode-link.ts'
import { writeFrame } from '../../share/link-frame.ts'
import { linkVersion } from '../../share/link-version.ts'

/** A link with a right checksum around any content, as a forger or another tool would write it. */
function forged(pairs: string, state?: string | Buffer, version = 1): string {
  const packed = state === undefined ? '' : `&s=${toBase64Url(deflateRawSync(state))}`
  return `#${writeFrame(version, `${pairs}${packed}`)}`
}

async function opened(link: string) {
  const decoded = await readLink(link)
  if (!decoded.ok) throw decoded.error
  return decoded
}

async function refused(link: string) {
  const decoded = await readLink(link)
  if (decoded.ok) throw new Error(`opened: ${link.slice(0, 200)}`)
  return decoded
}

const intent = linkIntent({
  dataset: 'my-data',
  coefficients: { clq3: 0.0123, cHWB: -0.5 },
  camera: { x: 1, y: 2, halfSpan: 3 },
  training: { steps: 100 },
})
const link = await linkTo(intent)

describe('damage', () => {
  it('says how much of a cut link arrived and offers its whole readable keys', async () => {
    for (let length = 2; length < link.length; length++) {
      const { error, partial } = await refused(link.slice(0, length))
      expect(error.code).toBe('share/invalid')
      expect([undefined, 0.0123]).toContain(partial?.coefficients.clq3)
      expect(['dy-nc-13tev', 'my-data']).toContain(partial?.dataset ?? 'my-data')
    }
    const checked = link.length - 1 - /&k=[^&]*/.exec(link)![0].length
    const { error, partial } = await refused(link.slice(0, -5))
    expect(error.message).toContain(`${checked - 5} of ${checked} characters`)
    expect(partial).toEqual({ ...defaultLinkIntent, dataset: 'my-data', coefficients: intent.coefficients })
  })

  it('notices every single flipped character', async () => {
    for (let i = 1; i < link.length; i++) {
      const other = link[i] === '7' ? '8' : '7'
      const { error } = await refused(link.slice(0, i) + other + link.slice(i + 1))
      expect(error.code).toMatch(/^share\/(invalid|too-new)$/)
    }
  })

  const mangled: [string, (link: string) => string][] = [
    ['a full stop', (l) => `${l}.`],
    ['a bracket and a full stop', (l) => `${l}).`],
    ['a tracking tag', (l) => `${l}&utm_source=mail`],
    ['escaped twice', (l) => `#${encodeURIComponent(encodeURIComponent(l.slice(1)))}`],
    ['escaped with its #', (l) => encodeURIComponent(`https://example.org/${l}`)],
    ['wrapped onto lines', (l) => l.replace(/.{60}/g, '$&\r\n ')],
    ['HTML ampersands', (l) => l.replaceAll('&', '&amp;')],
    ['quoted in a mail', (l) => l.replace(/.{60}/g, '$&\r\n> ')],
    ['quoted-printable', (l) => l.replaceAll('=', '=3D').replace(/.{70}/g, '$&=\r\n')],
    ['invisible characters', (l) => l.replace(/.{50}/g, '$&\u200b\u00ad\u2060')],
    ['invisible characters, escaped', (l) => l.replace(/.{50}/g, '$&%E2%80%8B')],
    ['backslashes before punctuation', (l) => l.replace(/[-_.]/g, '\\$&')],
    ['long dashes', (l) => l.replaceAll('--', '\u2014').replaceAll('-', '\u2011')],
    ['the slash of a router', (l) => l.replace('#', '#/')],
    ['ampersands of ampersands', (l) => l.replaceAll('&', '&amp;amp;')],
    ['escaped and a bracket', (l) => `#${encodeURIComponent(l.slice(1))})`],
  ]
  it.each(mangled)('undoes %s', async (_, mangle) => {
    const decoded = await opened(mangle(link))
    expect(decoded.intent).toEqual(intent)
    expect(decoded.notes.map((note) => note.kind)).toEqual(['repaired'])
  })

  it('puts back a plus that became a blank', async () => {
    const written = forged('view=explore&c.clq1=+5e+0')
    const decoded = await opened(written.replaceAll('+', ' '))
    expect(decoded.intent.coefficients).toEqual({ clq1: 5 })
    expect(decoded.notes.map((note) => note.kind)).toEqual(['repaired'])
  })

  it('never throws and never opens arbitrary text', async () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ maxLength: 200 }).map((s) => `v=1&k=00000000.5&${s}`),
      fc.string({ maxLength: 50 }).map((s) => `${link.slice(0, 80)}%${s}`),
    )
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const decoded = await readLink(`#${text}x`)
        expect(decoded.ok).toBe(false)
      }),
    )
  })
})

describe('written by hand', () => {
  it('opens readable keys without a checksum, of whichever version, and says that there is none', async () => {
    for (const version of ['', 'v=1&', 'v=2&', 'v=2&g=1&']) {
      const { intent, notes } = await opened(`#${version}view=train&c.clq3=0.5&order=quadratic`)
      expect(intent).toEqual(
        firstGenerationIntent({ view: 'train', coefficients: { clq3: 0.5 }, order: 'quadratic' }),
      )
      expect(notes.map(({ kind }) => kind)).toEqual(['unchecked'])
    }
    expect((await opened('#view=atlas&c.clq3=1e9')).notes.map(({ kind }) => kind)).toEqual([
      'unchecked',
      'replaced',
      'adjusted',
    ])
  })

  it.each([
    ['a wrong checksum', '#v=2&k=00000000.20&view=train&g=1'],
    ['a cut checksum', '#v=2&k=0000&view=train'],
    ['a packed part', '#v=2&view=train&s=q1YqKU'],
    ['a version that is none', '#v=x&view=train'],
    ['no key of the app', '#top'],
    ['a character that no link has', '#view=train&c.clq3=0,5'],
  ])('is refused with %s', async (_, text) => {
    expect((await refused(text)).error.code).toBe('share/invalid')
  })

  it('names the key that nobody knows, and opens nothing', async () => {
    const { error, partial } = await refused('#view=train&c.clq9=1')
    expect(error.message).toMatch(/"c\.clq9" is not a setting of this app/)
    expect(partial).toEqual({ ...firstLinkIntent, view: 'train' })
  })
})

describe('attacks', () => {
  it('stops inflating a bomb', async () => {
    const { error } = await refused(forged('view=train', Buffer.alloc(20 * 1024 * 1024, 0x20)))
    expect(error).toMatchObject({ code: 'share/invalid', context: { cap: 262144 } })
  })

  it('refuses an overlong link unread', async () => {
    const long = forged(`view=explore&x=${'a'.repeat(linkLengthCap)}`)
    const { error, partial } = await refused(long)
    expect(error.message).toContain(`at most ${linkLengthCap}`)
    expect(partial).toBeUndefined()
  })

  it('drops keys that reach for a prototype', async () => {
    const state =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"training":{"__proto__":{"polluted":1},"steps":5}}'
    const decoded = await opened(
      forged('view=train&c.__proto__=1&__proto__=1&constructor.prototype=1', state),
    )
    expect(decoded.intent).toEqual(firstGenerationIntent({ view: 'train', training: { steps: 5 } }))
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
    expect(decoded.notes.map((note) => note.path).sort()).toEqual([
      '__proto__',
      '__proto__',
      'c.__proto__',
      'constructor',
      'constructor.prototype',
      'drell-yan.training.__proto__',
    ])
  })

  it('refuses deep nesting before anything recursive reads it', async () => {
    const { error } = await refused(forged('view=train', '['.repeat(10_000) + ']'.repeat(10_000)))
    expect(error.context).toEqual({ depth: 10_000, depthCap: 16 })
  })

  it.each([
    ['an array', '[1,2]'],
    ['null', 'null'],
    ['no JSON', '{"training":NaN}'],
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0x22])],
  ])('refuses a packed part that is %s', async (_, state) => {
    const { error, partial } = await refused(forged('view=train', state))
    expect(error.code).toBe('share/invalid')
    expect(partial).toEqual({ ...firstLinkIntent, view: 'train' })
  })

  it('refuses packed bytes that are no deflate stream', async () => {
    expect((await refused(`#${writeFrame(1, 'view=train&s=____')}`)).error.code).toBe('share/invalid')
    expect((await refused(`#${writeFrame(1, 'view=train&s=')}`)).error.code).toBe('share/invalid')
    expect((await refused(`#${writeFrame(1, 'view=train&s=a*b')}`)).error.code).toBe('share/invalid')
  })

  it('keeps markup and addresses out of the intent', async () => {
    const names = [
      'http://evil.example/x',
      'file:',
      'data:text',
      '<img onerror=alert(1)>',
      '..-..',
      '10.0.0.1',
    ]
    for (const name of names) {
      const decoded = await opened(forged(`view=explore&data=${name}`))
      expect(decoded.intent.dataset).toBe('dy-nc-13tev')
      expect(decoded.notes).toMatchObject([{ kind: 'replaced', path: 'dataset' }])
    }
  })

  it('lists at most fifty notes and one for the rest', async () => {
    const state = JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i])))
    const { notes } = await opened(forged('view=explore', state))
    expect(notes).toHaveLength(51)
    expect(notes[50].message).toContain('4950 more')
  })

  it('the deepest hostile state still ends in a valid intent', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...Object.keys(defaultLinkIntent)), fc.jsonValue()),
        async (o) => {
          const decoded = await opened(forged('obs=mll', JSON.stringify(o)))
          expect(linkIntent(decoded.intent)).toEqual(decoded.intent)
        },
      ),
    )
  })
})

describe('values', () => {
  it.each([
    ['c.clq3=1e999', 100, 'adjusted'],
    ['c.clq3=-1e999', -100, 'adjusted'],
    ['c.clq3=101', 100, 'adjusted'],
    ['c.clq3=-0', 0, 'adjusted'],
    ['c.clq3=NaN', undefined, 'replaced'],
    ['c.clq3=', undefined, 'replaced'],
    ['c.clq3=0x10', undefined, 'replaced'],
  ])('%s becomes %s', async (pair, value, kind) => {
    const { intent, notes } = await opened(forged(`view=explore&${pair}`))
    expect(intent.coefficients.clq3).toBe(value)
    expect(notes).toMatchObject([{ kind, path: 'drell-yan.coefficients.clq3' }])
  })

  it('clamps a training that would never fit, and says so', async () => {
    const state =
      '{"training":{"steps":1e9,"widths":[1e6,1e6],"seed":1.5,"dropout":"0.3","latentDim":1e999,"epochs":3}}'
    const { intent, notes } = await opened(forged('view=train', state))
    expect(intent.training).toEqual({
      ...defaultLinkIntent.training,
      steps: 50_000,
      widths: [512, 512],
      seed: 2,
      latentDim: 16,
    })
    expect(Object.fromEntries(notes.map((note) => [note.path, note.kind]))).toEqual({
      'drell-yan.training.steps': 'adjusted',
      'drell-yan.training.widths.0': 'adjusted',
      'drell-yan.training.widths.1': 'adjusted',
      'drell-yan.training.seed': 'adjusted',
      'drell-yan.training.latentDim': 'adjusted',
      'drell-yan.training.dropout': 'replaced',
      'drell-yan.training.epochs': 'unknown',
    })
    const message = notes.find((note) => note.path === 'drell-yan.training.steps')?.message
    expect(message).toBe('drell-yan.training.steps was 1000000000, outside what is allowed; set to 50000.')
  })

  it('replaces what the schema has no longer, whole where a part is missing', async () => {
    const state = JSON.stringify({
      colourBy: 'tsne',
      selection: { kind: 'star', points: [] },
      camera: { x: 1 },
      neighbourSpace: 'umap',
      setup: { scheme: 'MSbar', muF: 1e9 },
    })
    const { intent, notes } = await opened(forged('view=atlas&focus=row&order=cubic', state))
    expect(intent).toEqual(firstGenerationIntent({ setup: { muF: 10_000 } }))
    expect(notes.map((note) => note.path)).toEqual(
      expect.arrayContaining([
        'view',
        'drell-yan.order',
        'drell-yan.colourBy',
        'drell-yan.selection',
        'drell-yan.camera',
        'drell-yan.neighbourSpace',
        'drell-yan.setup.scheme',
      ]),
    )
  })

  it('shortens a list that is too long and drops one that is too short', async () => {
    const ids = Array.from({ length: 700 }, (_, i) => i)
    const long = await opened(
      forged('view=explore', JSON.stringify({ selection: { kind: 'universes', ids } })),
    )
    expect(long.intent.selection).toEqual({ kind: 'universes', ids: ids.slice(0, 500) })
    const short = '{"selection":{"kind":"polygon","points":[[1,2],[3,4]]}}'
    expect((await opened(forged('view=explore', short))).intent.selection).toBeNull()
  })

  it('lists unknown keys and repeats', async () => {
    const { notes } = await opened(forged('view=train&view=data&c.clq9=1&zoom=3&dh=nothex', '{"bins":4}'))
    expect(notes.map((note) => [note.kind, note.path])).toEqual([
      ['unknown', 'view'],
      ['unknown', 'c.clq9'],
      ['unknown', 'zoom'],
      ['unknown', 'dh'],
      ['unknown', 'bins'],
    ])
  })
})

describe('versions', () => {
  it('explains a newer link and what of it can be read', async () => {
    const { error, partial } = await refused(
      forged('view=train&tower=5&c.clq3=2', undefined, linkVersion + 3),
    )
    expect(error).toMatchObject({
      code: 'share/too-new',
      context: { version: linkVersion + 3, linkVersion, kept: ['view', 'c.clq3'] },
    })
    expect(error.message).toContain(`format ${linkVersion + 3}, this app reads up to ${linkVersion}`)
    expect(partial).toEqual({ ...firstLinkIntent, view: 'train', coefficients: { clq3: 2 } })
  })

  it('recognises a newer link even without its checksum', async () => {
    expect((await refused('#v=12&view=train')).error.code).toBe('share/too-new')
  })

  it('has no version 0', async () => {
    expect((await refused(forged('view=train', undefined, 0))).error.code).toBe('share/invalid')
  })
})
