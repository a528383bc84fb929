// @vitest-environment happy-dom
import { fireEvent, render, screen, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { keptCopies, keptDownloads } from '../../../../testing/downloads.ts'
import { drawnDrellYan, shippedCorpus } from '../../../../testing/drawn-drell-yan.tsx'
import { acting, figureOf } from '../../../../testing/drawn-parts.tsx'
import { button, drop, exportAs, panel, pick, press, rowsOf, set, type } from '../../../../testing/hands.ts'
import { beingPatient, eventually } from '../../../../testing/patience.ts'
import { toySetFiles } from '../../../../testing/toy-set.ts'
import { drawnOn } from '../../../../testing/drawn-on.ts'
import { smallModelFiles } from '../../../../testing/small-encoder.ts'
import type { DrellYanIntent } from '../../intent.ts'
import { operators } from '../../../../physics/smeft/operators.ts'
import { referenceModel } from '../../../../testing/reference-model.ts'
import { DataView } from './DataView.tsx'
import { OperatorsPanel } from './OperatorsPanel.tsx'

beingPatient()
drawnOn(600, 400)

const { header } = shippedCorpus

async function data(patch: Partial<DrellYanIntent> = {}) {
  const page = await drawnDrellYan(<DataView />, { view: 'data', ...patch })
  await page.opened()
  await screen.findByRole('article', { name: 'Small Drell-Yan' })
  return page
}
const card = (name: string | RegExp) => screen.getByRole('article', { name })
const zone = () => screen.getByText(/^Drop a PDF grid, spectra or a model/).parentElement as Element
const sm = Array.from(header.universeModel.templates.sm)
const csv = (name: string, rows: number[][]) => new File([rows.map((row) => row.join(',')).join('\n')], name)

describe('datasets', () => {
  it('are told with where they come from, and opened', async () => {
    const page = await data()
    const small = card('Small Drell-Yan')
    expect(small.textContent).toMatch(/on the map.*12 universes × 3 replicas, 6 \+ 5 bins, √s = 13 TeV/)
    expect(small.textContent).toContain(`sha256 ${header.manifestHash.slice(0, 8)}`)
    expect(small.textContent).toContain('All 36 spectra verified by sha256.')
    const copies = keptCopies()
    await press('Copy as Python', small)
    expect(copies[0]).toContain('np.load')
    expect(within(small).getByRole('link', { name: 'manifest.json' }).getAttribute('href')).toBe(
      'https://x/data/dy-nc-13tev/manifest.json',
    )
    await press(/^Open CMS/)
    expect(page.intent()).toMatchObject({
      dataset: 'cms-dy-13tev-43',
      order: 'quadratic',
      model: 'cms-43-supcon-2d',
    })
  })

  it('have encoders, of which those are offered that read their bins', async () => {
    const page = await data()
    const encoders = panel('Encoders')
    expect(card('Closed-form linear map (PCA-2)').textContent).toContain('on the map')
    // The shipped ones are of the shipped datasets: 65 bins where this one has eleven.
    expect(encoders.textContent).toContain('bins; the open dataset has 11.')
    const [first] = within(encoders).getAllByRole('button', { name: /^Open with / })
    await acting(() => fireEvent.click(first))
    expect(page.intent().model).not.toBe('pca-2')
  })
})

describe('files', () => {
  it('spectra are placed on the map, listed, shown and forgotten', async () => {
    const page = await data()
    await drop(zone(), csv('mine.csv', [sm, sm.map((v) => 1.1 * v)]))
    const mine = await screen.findByRole('article', { name: 'Spectra mine.csv' })
    expect(mine.textContent).toContain('2 spectra of 11 bins.')
    const rows = rowsOf('Place of mine.csv on the map', mine)
    expect(rows.map(([row]) => row)).toEqual(['0', '1'])
    // The first is the SM itself.
    expect(rows[0][3]).toMatch(/10⁻[⁴-⁹]$/)
    expect(rows[1][3]).not.toMatch(/10⁻/)
    await press('Show on Explore', mine)
    expect(page.intent().view).toBe('explore')
    await press('Forget', mine)
    expect(page.state().query.value).toBeUndefined()
  })

  it('that cannot be read are refused in a sentence', async () => {
    await data()
    await drop(zone(), csv('short.csv', [[1, 2, 3]]))
    expect((await within(panel('Your files')).findByRole('alert')).textContent).toMatch(/short\.csv.*3.*11/)
  })

  it('a PDF is told with its sums, and given back', async () => {
    const page = await data()
    await drop(zone(), new File([toySetFiles()[0].text], 'mine_0000.dat'))
    const pdf = await screen.findByRole('article', { name: /^PDF / })
    expect(pdf.textContent).toMatch(/momentum of all partons at the Z mass[\d.]+ \(1 for a proton\)/)
    expect(pdf.textContent).toMatch(/66–116 GeV, 13 TeV, leading order[\d.,]+ pb/)
    expect(pdf.textContent).toMatch(/comes without alpha_s, which next-to-leading order needs from 66 to 116/)
    expect(panel('Make a dataset').textContent).toContain('mine')
    await press('Back to the default PDF', pdf)
    expect(page.state().pdf.files).toBeNull()
  })

  it('an encoder of three files is kept, used, and has its card', async () => {
    const page = await data()
    const { card: text, model, weights } = await smallModelFiles(11, 'mine-2d')
    await drop(
      zone(),
      new File([text], 'card.json'),
      new File([model], 'model.json'),
      new File([weights as BlobPart], 'weights.bin'),
    )
    await eventually(() => expect(page.state().ownEncoders).toHaveLength(1))
    const [mine] = await screen.findAllByRole('article', { name: 'Small encoder' })
    expect(mine.textContent).toContain('Read from files and kept in this browser.')
    await acting(() => fireEvent.click(within(mine).getByText('Model card')))
    expect(mine.textContent).toContain('11 → 8 → 2')
  })
})

describe("a dataset of one's own", () => {
  it('is set up within its limits, told how large it is, and built', async () => {
    const page = await data()
    const form = panel('Make a dataset')
    await type(/^√s/, '8000')
    await set('electroweak scheme', 'alpha')
    await set('factorisation scale', 'fixed')
    await type(/^μ_F/, '100')
    await set('scale uncertainty', 'none')
    await type('universes', '20')
    await type('replicas per universe', '5')
    await acting(() => fireEvent.click(screen.getByLabelText('operators shift the Z width')))
    expect(form.textContent).toMatch(/100 spectra, [\d.]+ .B in memory/)
    await type('universes', '20000')
    await type('replicas per universe', '500')
    expect(within(form).getByRole('alert').textContent).toContain('20000 × 500 are 10000000 spectra')
    expect(button('Build templates').disabled).toBe(true)
    // Many: the build is to be under way when it is cancelled.
    await type('universes', '10000')
    await type('replicas per universe', '5')
    fireEvent.click(button('Build templates'))
    expect(page.intent().setup).toMatchObject({
      ...{
        sqrtSGeV: 8000,
        scheme: 'alpha',
        muF: 100,
        scale: 'none',
        universes: 10_000,
        replicasPerUniverse: 5,
      },
      widthShift: true,
    })
    await vi.waitFor(() => fireEvent.click(button('Cancel')), { interval: 1 })
    await acting(() => undefined)
    expect(page.intent().setup).toBeNull()
    // What was typed is kept.
    expect(screen.getByLabelText<HTMLInputElement>('universes').value).toBe('10000')
  })
})

describe('the order of QCD', () => {
  const choices = () =>
    within(screen.getByLabelText('order of QCD'))
      .getAllByRole('option')
      .map((option) => option.textContent)

  it('is offered where it is known, and what lacks is said elsewhere', async () => {
    const page = await data()
    const form = panel('Make a dataset')
    expect(choices()).toEqual(['LO'])
    expect(form.textContent).toMatch(/NLO QCD is known for .* in full phase space: with p/)
    await set('bins', 'mll')
    expect(screen.queryByLabelText(/Smallest muon/)).toBeNull()
    expect(choices()).toEqual(['LO'])
    expect(form.textContent).toContain('the default PDF is of leading order')
    const files = (set: readonly { name: string; text: string }[]) =>
      set.map(({ name, text }) => new File([text], name))
    await drop(zone(), ...files(toySetFiles()))
    await eventually(() => expect(form.textContent).toContain('no .info file of Toy_0000 names one'))
    await drop(zone(), ...files(toySetFiles({ info: 'nlo' })))
    await eventually(() => expect(choices()).toEqual(['LO', 'NLO QCD']))
    await set('order of QCD', 'nlo')
    expect(form.textContent).toContain('NLO QCD templates')
    // Asked for and no longer there: nothing is built.
    await set('bins', 'mll-fb')
    expect(within(form).getByRole('alert').textContent).toContain('these bins stay at LO')
    expect(button('Build templates').disabled).toBe(true)
    await set('bins', 'mll')
    await type('universes', '20')
    await press('Build templates')
    await page.opened()
    expect(page.state().dataset.value?.header.manifest.qcd?.order).toBe('nlo')
    expect(page.intent().setup).toMatchObject({ bins: 'mll', qcdOrder: 'nlo' })
    await eventually(() =>
      expect(screen.getByLabelText('Conventions').textContent).toContain('next-to-leading'),
    )
  })
})

describe('the covariance', () => {
  it('is a matrix of correlations, or of relative errors in percent, and is exported', async () => {
    await data()
    const correlation = await figureOf(/^correlation matrix\. 11 × 11 bins/)
    const z = correlation.data[0].z as number[][]
    z.forEach((row, i) => expect(row[i]).toBe(1))
    await pick('Covariance')
    const covariance = await figureOf(/^covariance matrix\./)
    expect(covariance.data[0].zmax).not.toBe(1)
    expect(panel('Covariance').textContent).toContain('positive definite')
    const files = keptDownloads()
    for (const format of ['SVG', 'PNG', 'CSV']) await exportAs(format, panel('Covariance'))
    await eventually(() => expect(files).toHaveLength(3))
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['svg', 'png'].map((ending) => `theoryscape-dy-nc-13tev-covariance.${ending}`)),
    )
  })
})

describe('what the operators do', () => {
  it('all universes stand over the Standard Model, with their ratios and numbers', async () => {
    await data()
    const figure = await figureOf(/universes, each a line over the Standard Model/)
    const [black] = figure.data.filter(({ name }) => name === 'Standard Model')
    const [first] = header.universeModel.templates.observables
    const densities = first.edges.slice(1).map((high, b) => sm[b] / (high - first.edges[b]))
    expect((black.y as number[]).filter((_, i) => i % 2 === 0)).toEqual(
      densities.map((value) => Number(value.toPrecision(5))),
    )
    const files = keptDownloads()
    const place = panel('Universes over the Standard Model')
    for (const format of ['SVG', 'CSV']) await exportAs(format, place)
    await eventually(() => expect(files).toHaveLength(2))
    expect(files.map(({ name }) => name)).toContain('theoryscape-dy-nc-13tev-universes.csv')
  })

  it('a table tells where each acts, and up to which scale it is seen', async () => {
    render(<OperatorsPanel model={referenceModel(3000, 1000, 1)} />)
    const rows = rowsOf(/^Where each of the 17 operators acts/)
    // A printed symbol, and the name that is read aloud.
    const printed = rows.map(([symbol], k) => symbol.startsWith('C') && symbol.endsWith(operators[k].name))
    expect(printed).toEqual(operators.map(() => true))
    const clq3 = rows[operators.findIndex(({ name }) => name === 'clq3')]
    expect([clq3[1], clq3[6], clq3[8]]).toEqual(['four-fermion', '1600–2200', '18.8'])
    expect(panel('Where each operator acts').textContent).toMatch(/furthest here: C.*lq.* with 18\.8 TeV/)
  })

  it('bins that hold no tail have no such table, which is said', async () => {
    await data()
    await eventually(() => expect(panel('Where each operator acts').textContent).toContain('no bins of m_ℓℓ'))
  })
})
