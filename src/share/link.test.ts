import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arbitraryIntent } from '../testing/intent-arbitrary.ts'
import { decodeLink } from './decode-link.ts'
import { encodeLink } from './encode-link.ts'
import { intentSchema, setupSchema } from './schema.ts'
import { defaultIntent } from './default-intent.ts'

it('every intent survives its link exactly', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryIntent, async (intent) => {
      const link = await encodeLink(intent)
      expect(link).toMatch(/^#[A-Za-z0-9._=&-]*$/)
      expect(await decodeLink(link)).toEqual({ ok: true, intent, notes: [], hashes: {} })
    }),
    { numRuns: 300 },
  )
})

it('leaves defaults out but names what the link is about', async () => {
  expect(await encodeLink(defaultIntent)).toMatch(
    /^#v=1&k=[0-9a-f]{8}\.\d+&view=explore&data=dy-nc-13tev&model=dy-supcon-2d$/,
  )
  const intent = intentSchema.parse({ coefficients: { clq3: 0.01 }, replicaSeed: 7 })
  expect(await encodeLink(intent)).toMatch(/&model=dy-supcon-2d&seed=7&c\.clq3=0\.01$/)
})

it('keeps a set-up at its defaults apart from none', async () => {
  const intent = { ...defaultIntent, setup: setupSchema.parse({}) }
  expect(await decodeLink(await encodeLink(intent))).toMatchObject({ ok: true, intent })
})

it('an ordinary rich link stays below 2,000 characters', async () => {
  const intent = intentSchema.parse({
    view: 'train',
    coefficients: Object.fromEntries(
      ['clq1', 'clq3', 'ceu', 'cHWB', 'cHD'].map((c, i) => [c, 0.0123 * (i + 1)]),
    ),
    camera: { x: 1.25, y: -3.5, halfSpan: 12 },
    // A lasso of 60 points rounded to four digits, as the map hands it over.
    selection: {
      kind: 'polygon',
      points: Array.from({ length: 60 }, (_, i) => [
        Number(Math.cos(i / 9.5).toPrecision(4)),
        Number(Math.sin(i / 9.5).toPrecision(4)),
      ]),
    },
    training: { steps: 800, loss: 'pair', widths: [256, 128], seed: 12 },
  })
  expect((await encodeLink(intent)).length).toBeLessThan(2000)
})

it('carries content hashes as twelve digits and refuses what is none', async () => {
  const link = await encodeLink(defaultIntent, { dataHash: 'AB'.repeat(32), modelHash: '0123456789abcdef' })
  expect(await decodeLink(link)).toMatchObject({
    ok: true,
    notes: [],
    hashes: { dataHash: 'abababababab', modelHash: '0123456789ab' },
  })
  await expect(encodeLink(defaultIntent, { dataHash: 'latest' })).rejects.toMatchObject({
    code: 'input/invalid',
  })
})

it('no link is the default intent', async () => {
  for (const empty of ['', '#', 'https://example.org/app/#'])
    expect(await decodeLink(empty)).toEqual({ ok: true, intent: defaultIntent, notes: [], hashes: {} })
})
