import { defaultLinkIntent, linkIntent, linkTo, readLink } from '../../testing/links.ts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arbitraryIntent } from '../../testing/intent-arbitrary.ts'
import { setupSchema } from '../../studies/drell-yan/intent.ts'

it('every intent survives its link exactly', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryIntent, async (intent) => {
      const link = await linkTo(intent)
      expect(link).toMatch(/^#[A-Za-z0-9._=&-]*$/)
      expect(await readLink(link)).toEqual({ ok: true, intent, notes: [], hashes: {} })
    }),
    { numRuns: 300 },
  )
})

it('leaves defaults out but names what the link is about', async () => {
  expect(await linkTo(defaultLinkIntent)).toMatch(
    /^#v=2&k=[0-9a-f]{8}\.\d+&g=3&view=explore&data=dy-nc-13tev&model=dy-supcon-2d$/,
  )
  const intent = linkIntent({ coefficients: { clq3: 0.01 }, replicaSeed: 7 })
  expect(await linkTo(intent)).toMatch(/&model=dy-supcon-2d&seed=7&c\.clq3=0\.01$/)
})

it('keeps a set-up at its defaults apart from none', async () => {
  const intent = { ...defaultLinkIntent, setup: setupSchema.parse({}) }
  expect(await readLink(await linkTo(intent))).toMatchObject({ ok: true, intent })
})

it('an ordinary rich link stays below 2,000 characters', async () => {
  const intent = linkIntent({
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
  expect((await linkTo(intent)).length).toBeLessThan(2000)
})

it('carries content hashes as twelve digits and refuses what is none', async () => {
  const link = await linkTo(defaultLinkIntent, {
    dataHash: 'AB'.repeat(32),
    modelHash: '0123456789abcdef',
  })
  expect(await readLink(link)).toMatchObject({
    ok: true,
    notes: [],
    hashes: { dataHash: 'abababababab', modelHash: '0123456789ab' },
  })
  await expect(linkTo(defaultLinkIntent, { dataHash: 'latest' })).rejects.toMatchObject({
    code: 'input/invalid',
  })
})

it('no link is the default intent', async () => {
  for (const empty of ['', '#', 'https://example.org/app/#'])
    expect(await readLink(empty)).toEqual({ ok: true, intent: defaultLinkIntent, notes: [], hashes: {} })
})
