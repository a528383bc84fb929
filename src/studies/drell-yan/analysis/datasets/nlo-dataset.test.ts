import { describe, expect, it } from 'vitest'
import { AppError } from '../../../../errors.ts'
import type { TemplateRequest } from '../../../../physics/drell-yan/template-request.ts'
import { computeTemplates } from '../../../../physics/drell-yan/templates.ts'
import { openPdf } from '../../../../physics/pdf/open-pdf.ts'
import '../../../../testing/matchers.ts'
import { smallSetup } from '../../../../testing/small-universes.ts'
import { toySetFiles } from '../../../../testing/toy-set.ts'
import type { DatasetHeader } from '../dataset-types.ts'
import { setupBins } from '../setup-bins.ts'
import type { DatasetSetup } from '../setup.ts'
import { buildDataset } from './build-dataset.ts'

const nlo: DatasetSetup = { ...smallSetup, bins: 'mll', qcdOrder: 'nlo' }
const files = toySetFiles({ info: 'nlo' })

async function built(setup: DatasetSetup, pdf: typeof files | null) {
  const fractions: number[] = []
  let header: DatasetHeader | undefined
  for await (const event of buildDataset({ setup, pdf })) {
    if (event.kind === 'stage' && event.label === 'Building templates') fractions.push(event.fraction)
    if (event.kind === 'header') header = event.header
  }
  if (!header) throw new Error('no header')
  return { header, fractions }
}

describe('a dataset at next-to-leading order', async () => {
  const { header, fractions } = await built(nlo, files)
  const lo = await built({ ...nlo, qcdOrder: 'lo' }, files)
  const { manifest, universeModel } = header
  const bins = universeModel.templates.bins
  const request: TemplateRequest = {
    ...{ observables: setupBins(nlo), pdf: openPdf(files), sqrtS: 13_000, scheme: 'MW', muF: 'mll' },
    ...{ cuts: null, widthShift: false },
  }

  it('has the templates of that order in full phase space, of all operators', () => {
    const { sm, linear, quadratic } = computeTemplates({ ...request, order: 'nlo', scaleVariations: false })
    expect(bins).toBe(42)
    expect(universeModel.templates.sm).toEqual(sm)
    expect(universeModel.templates.linear).toEqual(linear)
    expect(universeModel.templates.quadratic).toEqual(quadratic)
  })

  it('says its order, and K over leading order of each bin', () => {
    expect(manifest).toMatchObject({ cuts: null, qcd: { order: 'nlo', formal: false } })
    expect(manifest.title).toContain('NLO QCD')
    expect(manifest.description).toMatch(/^Next-to-leading-order QCD m_ll spectra in full phase space/)
    expect(manifest.noise.sources.at(-1)?.description).toContain('mu_F = mu_R varied together')
    manifest.qcd?.kFactor.forEach((k, b) => {
      expect(k).toBeCloseToRel(universeModel.templates.sm[b] / lo.header.universeModel.templates.sm[b], 1e-12)
      expect(k).toBeGreaterThan(1)
    })
    expect(lo.header.manifest.qcd).toBeUndefined()
    expect(lo.header.manifest.title).not.toContain('NLO')
  })

  it('has the scales, both ways, as directions of its covariance', () => {
    const none = { ...nlo, scale: 'none' } as const
    return built(none, files).then(({ header: without }) => {
      const { sm, scaleHalf, scaleDouble } = computeTemplates({ ...request, order: 'nlo' })
      if (!scaleHalf || !scaleDouble) throw new Error('no variations')
      for (const [a, b] of [
        [0, 0],
        [3, 30],
        [41, 41],
      ]) {
        const at = a * bins + b
        const odd = 0.25 * (scaleDouble[a] - scaleHalf[a]) * (scaleDouble[b] - scaleHalf[b])
        const even = (c: number) => 0.5 * (scaleDouble[c] + scaleHalf[c]) - sm[c]
        const added = universeModel.covariance[at] - without.universeModel.covariance[at]
        expect(added).toBeCloseToRel(odd + even(a) * even(b), 1e-6)
      }
    })
  })

  it('tells how far its convolutions are', () => {
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(fractions.filter((fraction) => fraction < 0.7).length).toBeGreaterThan(1)
    expect(fractions.at(-1)).toBeLessThanOrEqual(1)
  })

  it('with densities of leading order is called a formal test', async () => {
    const formal = (await built(nlo, toySetFiles({ info: 'lo' }))).header.manifest
    expect(formal.qcd?.formal).toBe(true)
    expect(formal.description).toContain('a formal test')
  })
})

describe('is refused, in a sentence', () => {
  it.each([
    ["with the app's own densities", nlo, null, /names none and the app's own is of leading order/],
    ['without alpha_s', nlo, toySetFiles(), /Toy_0000 comes without alpha_s.*50 to 3000 GeV/],
    ['with cuts', { ...nlo, bins: 'mll-ptl' } as const, files, /mll, ptl with p_T > 25 GeV.*stays/],
    ['for forward and backward', { ...nlo, bins: 'mll-fb' } as const, files, /forward, backward.*stays/],
    [
      'where luminosities are negative',
      nlo,
      toySetFiles({ info: 'nlo', negativeFrom: 0.1 }),
      /positive.*up to 3000 GeV; at [\d.]+ GeV that of .-type quarks is -/,
    ],
  ])('%s', async (_, setup, pdf, words) => {
    const error = AppError.from(await built(setup, pdf).catch((thrown: unknown) => thrown))
    expect(error.message).toMatch(words)
    expect(error.code).toMatch(/^(input|physics)\//)
    expect(error.message.length).toBeLessThan(480)
  })

  it('also at leading order where the densities expect less than nothing', async () => {
    const negative = toySetFiles({ info: 'nlo', negativeFrom: 0.1 })
    const error = AppError.from(
      await built({ ...nlo, qcdOrder: 'lo' }, negative).catch((thrown: unknown) => thrown),
    )
    expect(error.message).toMatch(/above 0 in every bin, but Toy_0000 gives -[\d.e-]+ pb at \d+ to \d+ GeV/)
  })
})
