// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { operatorNames } from '../../../../physics/smeft/operators.ts'
import { keptDownloads } from '../../../../testing/downloads.ts'
import { drawnDrellYan, shippedCorpus } from '../../../../testing/drawn-drell-yan.tsx'
import { acting } from '../../../../testing/drawn-parts.tsx'
import {
  button,
  drop,
  exportAs,
  openTab,
  panel,
  pick,
  press,
  rowsOf,
  set,
  type,
} from '../../../../testing/hands.ts'
import { beingPatient, eventually } from '../../../../testing/patience.ts'
import { drawnOn } from '../../../../testing/drawn-on.ts'
import { numbersOf } from '../../../../testing/svg-parts.ts'
import type { DrellYanIntent } from '../../intent.ts'
import { ExploreView } from './ExploreView.tsx'

beingPatient()
drawnOn(800, 500)

const { header, embedding } = shippedCorpus

async function explore(patch: Partial<DrellYanIntent> = {}) {
  const page = await drawnDrellYan(<ExploreView />, patch)
  await page.opened()
  await screen.findByRole('region', { name: 'Inspector' })
  return page
}

const legendButtons = () => [...screen.getByLabelText('Legend').querySelectorAll('.legend-button')]
const all = (selector: string) => [...document.querySelectorAll(selector)]
const legend = () => screen.getByLabelText('Legend').textContent
const map = () => screen.getByRole('application')
const picture = (curve: string) => screen.getAllByRole('img', { name: new RegExp(curve) })

describe('the map', () => {
  it('stands before its data come: the frame, and the dots drawn beforehand', async () => {
    await drawnDrellYan(<ExploreView />, { model: 'dy-supcon-2d' })
    expect(panel('Spectrum').textContent).toContain('Loading')
    expect(await screen.findByTestId('first-picture')).toBeTruthy()
    expect(button('Train it yourself')).toBeTruthy()
  })

  it('offers three ways on until one of them is taken, whatever else is done', async () => {
    const page = await explore()
    await set('Colour by', 'distance')
    await acting(() => fireEvent.click(button('Drop your data')))
    expect(page.state().intent.view).toBe('data')
    expect(screen.queryByRole('button', { name: 'Drop your data' })).toBeNull()
    expect(page.context.platform.tab.getItem('theoryscape-way-taken')).toBe('data')
  })

  it('says why a dataset does not come, and asks again', async () => {
    const page = await drawnDrellYan(<ExploreView />, {}, () =>
      vi.stubGlobal('fetch', async () => new Response(null, { status: 404 })),
    )
    const again = await screen.findByRole('button', { name: 'Try again' })
    expect(screen.getByRole('alert').textContent).toMatch(/dy-nc-13tev.*404/)
    const { attempt } = page.state()
    await acting(() => fireEvent.click(again))
    expect(page.state().attempt).toBe(attempt + 1)
  })

  it('has universes and replicas, coloured by what is asked for, with a legend that says so', async () => {
    const page = await explore()
    expect(screen.getByText(/48 points shown of 48/)).toBeTruthy()
    // Families that the universes have, each a button that hides it.
    const there = [...new Set(header.shape.family)].sort()
    expect(legendButtons()).toHaveLength(there.length)
    expect(legend()).toContain(
      'of all 17 coefficients, the family that alone would move the spectrum furthest',
    )
    await set('Colour by', 'distance')
    const largest = Math.max(...header.shape.distance)
    expect(legend()).toContain(`D to the SM [σ] 0${largest.toPrecision(3)}`)
    await set('Colour by', 'universe')
    expect(legend()).toContain('one colour per universe')
    await set('Colour by', 'cHe')
    expect(legend()).toMatch(/^CφeC_φe \/ Λ² \[TeV⁻²\]/)
    expect(page.intent().colourBy).toBe('cHe')
    await acting(() => fireEvent.click(screen.getByLabelText('replicas')))
    expect(screen.getByText(/12 points shown of 48/)).toBeTruthy()
    await acting(() => fireEvent.click(screen.getByLabelText('flagged')))
    const flagged = header.table.flags.reduce((sum, flag) => sum + (flag ? 1 : 0), 0)
    expect(screen.getByText(new RegExp(`${12 - flagged} points shown of 48`))).toBeTruthy()
  })

  it('hides a family by its entry, leaves one alone, and brings all back', async () => {
    const page = await explore()
    const family = header.shape.family[1]
    const own = header.shape.family.filter((each) => each === family).length
    const name = legendButtons()[[...new Set(header.shape.family)].sort().indexOf(family)].textContent ?? ''
    await acting(() => fireEvent.click(screen.getByRole('button', { name: `Only ${name}` })))
    expect(screen.getByText(new RegExp(`${4 * own} points shown of 48`))).toBeTruthy()
    await acting(() => fireEvent.click(screen.getByRole('button', { name: `Only ${name}` })))
    expect(page.intent().hiddenFamilies).toEqual([])
    await acting(() => fireEvent.click(screen.getByRole('button', { name })))
    expect(screen.getByText(new RegExp(`${48 - 4 * own} points shown of 48`))).toBeTruthy()
  })

  it('finds a universe, selects by a rule, keeps it by name and joins it', async () => {
    const page = await explore()
    const find = async (text: string) => {
      fireEvent.change(screen.getByRole('textbox', { name: 'Find' }), { target: { value: text } })
      await acting(() => fireEvent.click(screen.getByRole('button', { name: 'Go' })))
    }
    await find('universe 7')
    expect(page.intent()).toMatchObject({
      focus: { kind: 'universe', id: 7 },
      camera: { halfSpan: expect.any(Number) },
    })
    await find('universe 999')
    expect(screen.getByText(/There is no universe 999: the last is 11/)).toBeTruthy()
    await find('clq3 > zero')
    expect(screen.getByText(/compares clq3 with "zero"/)).toBeTruthy()
    await find('universe < 3')
    expect(page.intent().selection).toEqual({ kind: 'rule', text: 'universe < 3' })
    expect(screen.getByText(/12 selected/)).toBeTruthy()
    fireEvent.change(screen.getByRole('textbox', { name: 'Keep as' }), { target: { value: 'first' } })
    await acting(() => fireEvent.click(screen.getByRole('button', { name: 'Keep' })))
    await find('universe >= 1')
    await acting(() => fireEvent.click(screen.getByRole('button', { name: 'and first' })))
    expect(screen.getByText(/8 selected/)).toBeTruthy()
    await acting(() => fireEvent.click(screen.getByRole('button', { name: 'not first' })))
    expect(screen.getByText(/36 selected/)).toBeTruthy()
  })

  it('has a table of universes that is linked with the map, both ways', async () => {
    const page = await explore({ selection: { kind: 'rule', text: 'universe < 3' } })
    await openTab('Table')
    const rows = () => screen.getByRole('table', { name: /^Universes/ }).querySelectorAll('tbody tr')
    await eventually(() => expect(rows()).toHaveLength(3))
    fireEvent.pointerEnter(rows()[1])
    expect(all('.map-hover')).toHaveLength(1)
    await acting(() => fireEvent.click(rows()[1].querySelector('button') ?? map()))
    expect(page.intent().focus).toEqual({ kind: 'universe', id: 1 })
    expect(rows()[0].getAttribute('aria-current')).toBe('true')
  })

  it('draws extra replicas in its worker, and contours of all points', async () => {
    await explore()
    await acting(() => fireEvent.change(screen.getByDisplayValue('none'), { target: { value: '50' } }))
    expect(await screen.findByText(/648 points shown of 648/)).toBeTruthy()
    await screen.findByText(/contours enclose 68/)
    expect(all('.map-contour').length).toBe(2)
  })

  it('has an arrow for every operator that moves the SM visibly', async () => {
    await explore()
    await acting(() => fireEvent.click(screen.getByLabelText('directions')))
    expect(all('.map-arrow').length).toBeGreaterThan(5)
    expect(all('.map-arrow').length).toBeLessThanOrEqual(operatorNames.length)
  })

  it('is walked by the keyboard, tells what is there, and picks it', async () => {
    const page = await explore()
    fireEvent.keyDown(map(), { key: 'ArrowRight' })
    await screen.findByText(/^Universe \d+, distance [\d.]+ sigma to the Standard Model$/)
    fireEvent.keyDown(map(), { key: 'Enter' })
    expect(page.intent().focus.kind).not.toBe('live')
    await acting(() => fireEvent.keyDown(map(), { key: 'Escape' }))
    await acting(() => fireEvent.keyDown(map(), { key: 'Escape' }))
    expect(page.intent().focus).toEqual({ kind: 'live' })
  })

  it('drags the live universe: coefficients follow that bring it there', async () => {
    const page = await explore({ camera: { x: 0, y: 0, halfSpan: 5 } })
    // 50 pixels are one unit; the SM lies at the live universe's place.
    const [x, y] = embedding.standardModel
    const at = (dx: number) => ({
      clientX: 400 + 50 * (x + dx),
      clientY: 250 - 50 * y,
      pointerId: 1,
      button: 0,
    })
    await acting(() => fireEvent.pointerDown(map(), at(0)))
    await acting(() => fireEvent.pointerMove(map(), at(1)))
    await acting(() => fireEvent.pointerUp(map(), at(1)))
    expect(Object.keys(page.intent().coefficients).length).toBeGreaterThan(3)
    const live = all('.map-live')[0].getAttribute('transform') ?? ''
    const [px, py] = numbersOf(live)
    expect(px).toBeCloseTo(400 + 50 * (x + 1), 0)
    expect(py).toBeCloseTo(250 - 50 * y, 0)
  })

  it('selects a region, shows what is in it as a band, and clears it', async () => {
    const page = await explore()
    await pick('Box')
    // From one corner of the frame to the other.
    await acting(() => fireEvent.pointerDown(map(), { clientX: 1, clientY: 1, pointerId: 1, button: 0 }))
    await acting(() => fireEvent.pointerMove(map(), { clientX: 799, clientY: 499, pointerId: 1 }))
    expect(all('.map-draft')).toHaveLength(1)
    await acting(() => fireEvent.pointerUp(map(), { clientX: 799, clientY: 499, pointerId: 1 }))
    expect(page.intent().selection?.kind).toBe('box')
    expect(all('.map-foot')[0].textContent).toContain(
      '48 points shown of 48, 48 selected (36 replicas, 12 universes without noise)',
    )
    expect(screen.getByText(/^Selection: 36 replicas of 12 universes/)).toBeTruthy()
    expect(all('.drawn-words text').map(({ textContent }) => textContent)).toContain('selection, 68 %')
    await press('Clear selection')
    expect(page.intent().selection).toBeNull()
    expect(screen.queryByText(/^Selection:/)).toBeNull()
  })
})

describe('the spectrum', () => {
  it('is that of the live universe over the SM, in either observable', async () => {
    const page = await explore({ coefficients: { clq3: 0.05 } })
    expect(
      await screen.findByText(/^Differential cross-section in the dilepton mass, 60 to 500 GeV in 6 bins/),
    ).toBeTruthy()
    const live = all('.live-layer path').map((path) => path.getAttribute('d'))
    expect(live[0]).toMatch(/^M66\.0,[\d.]+H[\d.]+V/)
    await pick(/^p/, panel('Spectrum'))
    expect(page.intent().observable).toBe('ptl')
    await screen.findByText(
      /^Differential cross-section in the muon transverse momentum, 25 to 250 GeV in 5 bins/,
    )
  })

  it('follows a slider at once, and its words when it rests', async () => {
    const page = await explore()
    const path = () => all('.live-layer path')[0].getAttribute('d')
    const before = path()
    await set('ceu', '0.05')
    expect(page.intent().coefficients).toEqual({ ceu: 0.05 })
    expect(path()).not.toBe(before)
    await screen.findByText(/Live universe is furthest from SM at/)
  })

  it('divides by the nearest universe, and names it', async () => {
    await explore({ focus: { kind: 'universe', id: 3 } })
    await set('Ratio to', 'nearest')
    await screen.findByText(/Universe 3 is furthest from Universe \d+ at/)
    expect(all('.drawn-words text').map(({ textContent }) => textContent)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^ratio to Universe \d+$/)]),
    )
  })

  it('is read bin by bin under the pointer', async () => {
    await explore()
    const [figure] = picture('Differential cross-section')
    await acting(() => fireEvent.pointerMove(figure, { clientX: 300, clientY: 100 }))
    expect(all('.plot-readout')[0].textContent).toMatch(/GeV.*SM: [\d.]+ pb\/GeV \(1\.00\)/)
    await acting(() => fireEvent.pointerLeave(figure))
    expect(all('.plot-readout')).toEqual([])
  })

  it('leaves the page as SVG, PNG and CSV with its link', async () => {
    await explore()
    const files = keptDownloads()
    for (const format of ['SVG', 'PNG', 'CSV']) await exportAs(format, panel('Spectrum'))
    await eventually(() => expect(files).toHaveLength(3))
    const names = files.map(({ name }) => name).sort()
    expect(names).toEqual(['csv', 'png', 'svg'].map((ending) => `theoryscape-dy-nc-13tev-mll.${ending}`))
    const csv = await files.find(({ name }) => name.endsWith('csv'))?.content.text()
    expect(csv).toMatch(/^# generator: Theoryscape[^]*# link: #\n/)
    const svg = await files.find(({ name }) => name.endsWith('svg'))?.content.text()
    expect(svg).toMatch(/^<!--\n[^]*dataset: dy-nc-13tev sha256 [0-9a-f]{64}/)
  })
})

describe('the inspector', () => {
  it('sets coefficients: by slider, by number, all at once, at random, none', async () => {
    const page = await explore()
    await type(/^cHe value/, '0.25')
    expect(page.intent().coefficients).toEqual({ cHe: 0.25 })
    expect(all('[data-moved=true]')).toHaveLength(1)
    await press('Reset cHe')
    expect(page.intent().coefficients).toEqual({})
    await press(/^Random/)
    expect(Object.keys(page.intent().coefficients)).toHaveLength(17)
    const drawn = page.intent().coefficients
    await press(/^Random/)
    expect(page.intent().coefficients).not.toEqual(drawn)
    await press(/^Reset all/)
    expect(page.intent().coefficients).toEqual({})
    await pick('linear + quadratic', panel('Inspector'))
    expect(page.intent().order).toBe('quadratic')
  })

  it('warns where a linear spectrum is below zero', async () => {
    const c = header.universeModel.prior.halfWidth
    const coefficients = Object.fromEntries(operatorNames.map((name, i) => [name, -40 * c[i]]))
    await explore({ coefficients })
    expect(within(panel('Inspector')).getByRole('status').textContent).toMatch(
      /^The linear spectrum is negative at .* = \d+–\d+ GeV/,
    )
  })

  it('has the card of what is picked, and takes it to the sliders', async () => {
    const page = await explore({ focus: { kind: 'row', row: 10 } })
    const card = screen.getByRole('article', { name: /^replica/ })
    expect(card.textContent).toContain('Largest coefficients')
    expect(card.textContent).toMatch(/noise alone: about 3\.3/) // the square root of eleven bins
    expect(within(card).getAllByRole('listitem')).toHaveLength(5)
    await press('Select its replicas', card)
    expect(page.intent().selection).toEqual({ kind: 'universes', ids: [3] })
    await press('Take to the sliders', card)
    expect(Object.keys(page.intent().coefficients).length).toBe(17)
    await press('Back to live', card)
    expect(page.intent().focus).toEqual({ kind: 'live' })
  })

  it('lists neighbours in three spaces and says where they agree', async () => {
    const page = await explore({ focus: { kind: 'universe', id: 3 }, neighbourCount: 4 })
    await openTab('Neighbours')
    const inspector = panel('Inspector')
    const names = () =>
      within(inspector)
        .getAllByRole('listitem')
        .map(({ textContent }) => /Universe \d+|Standard Model/.exec(textContent ?? '')?.[0])
    expect(names()).toHaveLength(4)
    expect(inspector.textContent).toContain('n = 4 nearest of 12 in latent space, Euclidean, exact.')
    await pick('Wilson', inspector)
    expect(inspector.textContent).toContain('in units of the prior half widths')
    const [first] = within(inspector).getAllByRole('listitem')
    await acting(() => fireEvent.click(within(first).getByRole('button')))
    const { focus } = page.intent()
    expect(focus.kind === 'universe' && focus.id).not.toBe(3)
  })
})

describe('a published measurement', () => {
  it('stands on the map of its own bins, with its χ² to the SM and to the nearest universes', async () => {
    const page = await explore({ dataset: 'cms-dy-13tev', order: 'quadratic', showReplicas: false })
    expect(all('.map-ellipse')).toHaveLength(2)
    await openTab('Measurement')
    const card = await screen.findByRole('article', { name: /^CMS/ })
    expect(card.textContent).toMatch(/χ² to the SM[\d.]+ \/ \d+ \(p = 0\.\d+\)/)
    const nearest = within(card).getAllByRole('listitem')
    const chi2 = nearest.map(({ textContent }) => Number(/χ² = ([\d.]+)/.exec(textContent ?? '')?.[1]))
    expect(chi2).toEqual([...chi2].sort((a, b) => a - b))
    expect(
      await screen.findByText(/^Differential cross-section in the dilepton mass, 15 to 3000 GeV in 43 bins/),
    ).toBeTruthy()
    await acting(() => fireEvent.click(within(nearest[0]).getByRole('button')))
    expect(page.intent().focus.kind).toBe('universe')
    await press('Show the measurement on the map', card)
    expect(page.intent().focus).toEqual({ kind: 'measurement' })
    await acting(() => fireEvent.click(screen.getByLabelText('measurement')))
    expect(all('.map-ellipse')).toEqual([])
  })
})

describe('UV models', () => {
  it('move the sliders by couplings and mass, and draw their line on the map', async () => {
    const page = await explore()
    await openTab('UV models')
    const choice = await screen.findByLabelText<HTMLSelectElement>(/^Heavy field/)
    const vector =
      [...choice.options].find(({ text }) => text.startsWith('B '))?.value ?? choice.options[5].value
    await set(/^Heavy field/, vector)
    const started = page.intent().coefficients
    expect(Object.keys(started).length).toBeGreaterThan(0)
    await eventually(() => expect(all('.map-path').length).toBeGreaterThan(0))
    const table = rowsOf(/ at M = /)
    expect(table.some(([, , , seen]) => seen === 'Drell-Yan')).toBe(true)
    await type(/^Mass M value/, '2')
    const { uv } = page.intent()
    expect(uv?.massTeV).toBe(2)
    // C goes with 1/M^2.
    const [name] = Object.keys(started)
    const ratio = (page.intent().coefficients[name as 'cHe'] ?? 0) / (started[name as 'cHe'] ?? 1)
    expect(ratio).toBeGreaterThan(0)
    const couplings = within(panel('Inspector')).getAllByRole('slider')
    await acting(() => fireEvent.change(couplings[1], { target: { value: '0.5' } }))
    expect(Object.values(page.intent().uv?.couplings ?? {})).toContain(0.5)
    await acting(() => fireEvent.change(couplings[0], { target: { value: String(Math.log(0.6)) } }))
    expect(page.intent().uv?.massTeV).toBe(0.6)

    await acting(() => page.handle.actions.setCoefficient('cHD', 0.3))
    expect(screen.getByText(/the sliders have been moved away from the model/)).toBeTruthy()
    await press('Back to the model')
    expect(screen.queryByText(/moved away/)).toBeNull()
    await set(/^Heavy field/, '')
    expect(page.intent().uv).toBeNull()
  })

  it('of a link that this page does not know are said to be', async () => {
    await explore({ uv: { model: 'nobody', couplings: {}, massTeV: 1 } })
    expect((await screen.findByRole('alert')).textContent).toContain('names the UV model “nobody”')
  })

  it('leave and come as WCxf files', async () => {
    const page = await explore({ coefficients: { cHD: 0.5 } })
    await openTab('UV models')
    const files = keptDownloads()
    await press('Save sliders as WCxf JSON')
    await press('YAML')
    expect(files.map(({ name }) => name)).toEqual(['theoryscape.wcxf.json', 'theoryscape.wcxf.yml'])
    const written = await files[0].content.text()
    // 0.5 TeV^-2 is 5e-7 GeV^-2.
    expect(JSON.parse(written).values.phiD).toBeCloseTo(5e-7, 12)
    const mine = JSON.parse(written)
    mine.values.phiD = 2.5e-7
    mine.values.G = 1e-8
    const zone = screen.getByText('Drop a WCxf file (JSON or YAML)').parentElement as Element
    await drop(zone, new File([JSON.stringify(mine)], 'mine.json'))
    await eventually(() => expect(page.intent().coefficients.cHD).toBeCloseTo(0.25, 10))
    expect(rowsOf('Entries of mine.json').map((row) => `${row[0]} ${row[3]}`)).toEqual(
      expect.arrayContaining(['phiD used: cHD', 'G not seen by Drell-Yan']),
    )
  })
})
