// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ready } from '../../../../core/loadable.ts'
import { keptDownloads } from '../../../../testing/downloads.ts'
import { drawnDrellYan, shippedCorpus } from '../../../../testing/drawn-drell-yan.tsx'
import { acting, figureOf } from '../../../../testing/drawn-parts.tsx'
import { legendOf, named } from '../../../../testing/figure-parts.ts'
import {
  button,
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
import { evaluateAnomalies } from '../../analysis/anomaly/evaluate.ts'
import type { DrellYanIntent } from '../../intent.ts'
import { InterpretView } from './InterpretView.tsx'

beingPatient()
drawnOn(800, 500)

const { header, encoder } = shippedCorpus
const universe = (id: number) => ({ focus: { kind: 'universe' as const, id } })
const classifier = { method: 'softmax', classes: 4, input: 'spectrum', steps: 50, seed: 1 } as const

async function interpret(patch: Partial<DrellYanIntent> = {}) {
  const page = await drawnDrellYan(<InterpretView />, { view: 'interpret', ...patch })
  await screen.findByRole('region', { name: 'Subject' })
  await page.opened()
  return page
}

describe('the subject', () => {
  it('is the live universe, any of the dataset, a replica, or a row of a file', async () => {
    const page = await interpret({ classifier })
    const choice = () => screen.getByLabelText<HTMLSelectElement>('Spectrum of')
    expect(choice().value).toBe('live')
    // The live universe of no coefficients is the SM: one in every bin.
    const sm = await figureOf(/equal in every bin/)
    expect(named(sm, 'Live universe').flatMap(({ y }) => y)).toEqual(Array(22).fill(1))
    await set('Spectrum of', 'universe')
    await type('Universe', '3')
    expect(page.intent().focus).toEqual({ kind: 'universe', id: 3 })
    const card = screen.getByRole('article', { name: 'universe Universe 3' })
    expect(card.textContent).toContain(header.shape.distance[3].toPrecision(3))
    await type('Universe', '99')
    expect(page.intent().focus).toEqual({ kind: 'universe', id: 3 })
    await set('Spectrum of', 'row')
    expect(page.intent().focus).toEqual({ kind: 'row', row: 9 })
    await type('Row', '10')
    expect(screen.getByRole('article', { name: /^replica / }).textContent).toContain('noise alone: about 3.3')

    const bins = header.universeModel.templates.bins
    const row = (scale: number) =>
      Array.from(header.universeModel.templates.sm.slice(0, bins), (v) => v * scale)
    const text = [row(1), row(2)].map((values) => values.join(',')).join('\n')
    await acting(() => page.handle.files.drop([new File([text], 'mine.csv')]))
    await eventually(() => expect(page.state().query.status).toBe('ready'))
    await set('Spectrum of', 'dropped')
    await type('Row of the file', '1')
    const mine = await figureOf(/over the Standard Model: furthest from 1/)
    for (const value of named(mine, 'mine.csv, row 1').flatMap(({ y }) => y)) expect(value).toBeCloseTo(2, 5)
    await set('Spectrum of', 'live')
    expect(page.intent().panels.droppedRow).toBeNull()
  })

  it('moves with its coefficients, takes noise and a shape, and lets the shape go', async () => {
    const page = await interpret({
      classifier,
      shape: { kind: 'resonance', massGeV: 150, widthGeV: 10, strength: 0.2 },
    })
    const subject = panel('Subject')
    await set('ceu', '0.05', subject)
    expect(page.intent().coefficients).toEqual({ ceu: 0.05 })
    await pick('One replica', subject)
    expect(page.intent().noise).toBe('replica')
    expect(subject.textContent).toContain('noise alone')
    await press(/^Take a resonance at 150 GeV off/, subject)
    expect(page.intent().shape).toBeNull()
    await press('Reset all', subject)
    expect(page.intent().coefficients).toEqual({})
  })
})

describe('Classify', () => {
  it('trains a classifier, answers beside the Bayes posterior, and says how good it is', async () => {
    const page = await interpret({ classifier, ...universe(2) })
    // What needs no network is there before one is trained.
    const exact = panel('Bayes posterior')
    expect(within(exact).getAllByRole('button')[0].textContent).toBe('Universe 2')
    expect(exact.textContent).toContain('In truth it is Universe 2, one of the classes.')
    await screen.findByText(/^Softmax network: none with these settings has been trained yet/)
    await press('Train')
    await screen.findByRole('region', { name: 'How good the classifier is' })
    expect(screen.queryByRole('region', { name: 'Bayes posterior' })).toBeNull()
    const answer = panel('Answer')
    const classes = within(answer).getByRole('list', { name: 'Most probable classes' })
    expect(within(classes).getAllByRole('button')[0].textContent).toBe('Universe 2')
    expect(answer.textContent).toMatch(/95\s% set \(LAC\)1 universe: 2/)
    expect(within(answer).getByTestId('class-verdict').textContent).toContain('In truth it is Universe 2')
    const meters = within(answer).getAllByRole('meter')
    expect(meters.map((meter) => meter.getAttribute('aria-label'))).toEqual([
      'total uncertainty',
      'Bayes uncertainty',
    ])
    // Full scale is knowing nothing of four classes.
    expect(Number(meters[0].getAttribute('max'))).toBeCloseTo(Math.log(4), 6)

    const reliability = await figureOf(/^Accuracy minus confidence/)
    expect(legendOf(reliability)).toEqual(['learned', 'temperature-scaled', 'Bayes'])
    const risk = await figureOf(/^Wrong answers when/)
    const [accuracy] = rowsOf(/^Scores: learned/)
    // At full coverage the risk is one less the accuracy.
    expect(Number(risk.data[0].y && (risk.data[0].y as number[]).at(-1))).toBeCloseTo(
      1 - parseFloat(accuracy[1]),
      2,
    )
    expect(rowsOf(/^"None of these"/).map(([kind]) => kind)).toContain('held-out universes')
    fireEvent.click(within(answer).getByRole('button', { name: 'Where this is measured' }))
    expect(document.activeElement?.textContent).toContain('"None of these"')

    const files = keptDownloads()
    await press('Export model')
    await eventually(() =>
      expect(files.map(({ name }) => name)).toEqual(['card.json', 'model.json', 'weights.bin']),
    )
    // Whoever is named is a step away.
    await acting(() => fireEvent.click(within(classes).getAllByRole('button')[1]))
    expect(page.intent().focus).not.toEqual({ kind: 'universe', id: 2 })
  })

  it('has its settings within their limits, and shows each network of an ensemble', async () => {
    const page = await interpret({ classifier: { ...classifier, steps: 200 } })
    await screen.findByTestId('classify')
    await set('Classifier', 'ensemble', panel('Classifier'))
    await type('Classes', '3')
    await type('Steps', '60')
    await type('Seed', '5')
    await set('Input', 'latent')
    expect(page.intent().classifier).toEqual({
      ...{ method: 'ensemble', classes: 3, input: 'latent', steps: 60, seed: 5 },
    })
    await type('Classes', '1')
    expect(page.intent().classifier.classes).toBe(3)
    await press('Train')
    await screen.findByText(/network 5: \d+ of 60/)
    await press('Cancel')
    await eventually(() => expect(button('Train').disabled).toBe(false))
  })
})

describe('Anomaly', () => {
  it('scores what is drawn on the spectrum, and shows where the map puts it', async () => {
    const page = await interpret({ interpretTab: 'anomaly' })
    // Closed forms wait for no known spectra.
    await screen.findByTestId('anomaly')
    expect(rowsOf('Anomaly scores')[1].slice(0, 3)).toEqual(['χ² to the SM', '11.00', '11'])
    await screen.findByTestId('fold')
    expect(screen.getByTestId('fold').textContent).toContain('No test notices anything')
    const residual = () => Number(screen.getByTestId('anomaly').dataset.p)
    const before = residual()
    await pick('Resonance')
    await type('Mass [GeV]', '150')
    await type('Width [GeV]', '12')
    await type('Height [SM]', '0.9')
    expect(page.intent().shape).toEqual({ kind: 'resonance', massGeV: 150, widthGeV: 12, strength: 0.9 })
    expect(residual()).toBeLessThan(before)
    expect(document.querySelector('.fold-map .map-dropped')).toBeTruthy()
    const scores = rowsOf('Anomaly scores')
    expect(scores.map(([name]) => name).slice(0, 3)).toEqual([
      'residual χ²: any universe at all?',
      'χ² to the SM',
      'χ² to the nearest known universe',
    ])
    // Seven directions of the theory in eleven bins leave four.
    expect([scores[0][2], scores[1][2]]).toEqual(['4', '11'])
    await set('Width slider', String(Math.log(20)))
    await eventually(() => expect(page.intent().shape?.widthGeV).toBe(20))
    await pick('Slope')
    expect(screen.queryByLabelText('Mass [GeV]')).toBeNull()
    await pick('Kink')
    await type('Slope change', '-0.5')
    expect(page.intent().shape).toMatchObject({ kind: 'kink', strength: -0.5 })
    await pick(/^p/, screen.getByRole('tabpanel'))
    expect(screen.getByRole('tabpanel').textContent).toMatch(
      /Shapes are made in mℓℓ; here is what they do to pT/,
    )
    await pick('Nothing')
    expect(page.intent().shape).toBeNull()
  })

  it('tells how good its scores are: tables of three kinds, and a curve of each class', async () => {
    const options = { seed: 1, order: 'linear' as const, gallery: 20, background: 200, anomalies: 40 }
    const run = evaluateAnomalies(header.universeModel, null, {
      ...options,
      classes: ['outside-2', 'resonance-400-6'],
    })
    let made = run.next()
    while (!made.done) made = run.next()
    const evaluation = made.value
    const page = await interpret({ interpretTab: 'anomaly' })
    await screen.findByTestId('anomaly')
    expect(panel('Evaluation of the scores').textContent).toContain('Anomalies of known kinds are hidden')
    const about = { encoder: 'another', encoderHash: 'x', manifestHash: header.manifestHash }
    const { anomaly } = page.state()
    await acting(() =>
      page.context.store.setState({
        anomaly: { ...anomaly, evaluation: ready({ ...evaluation, ...about }) },
      }),
    )
    const told = panel('Evaluation of the scores')
    expect(told.textContent).toContain('Measured with another; the map now shows pca-2.')
    expect(told.textContent).toContain('200 background spectra and 40 per class, seed 1')
    const [first, second] = evaluation.classes
    const rows = () => rowsOf('Anomaly classes and scores')
    expect(rows().map(([label]) => label)).toEqual([first.label, second.label])
    const columns = rows()[0].length
    await pick('Found at 1 % false alarms')
    // Two closed forms more.
    expect(rows()[0]).toHaveLength(columns + 2)
    await set('Curve of', '1')
    const roc = await figureOf(new RegExp(`^${second.label.slice(0, 20)}`))
    expect(legendOf(roc)).toEqual([
      'known populations',
      ...evaluation.scores.map(({ label }) => label),
      'chance',
    ])
  })
})

describe('Retrieval', () => {
  it('lists the universes most alike in three spaces, and shows them on the map', async () => {
    const page = await interpret({ interpretTab: 'retrieval', ...universe(2), neighbourCount: 5 })
    await screen.findByTestId('retrieval')
    const rows = () => rowsOf(/^Universes like/)
    expect(rows()).toHaveLength(5)
    expect(rows().map(([, rank]) => rank)).toEqual(['1', '2', '3', '4', '5'])
    await pick('spectrum')
    expect(rows().map((row) => row[3])).toEqual(['1', '2', '3', '4', '5'])
    expect(screen.getByText(/5 nearest of 12 universes by spectrum; 5 of them/)).toBeTruthy()
    await type('Universes listed', '3')
    expect(rows()).toHaveLength(3)
    await pick('By distance')
    // One sigma by distance: χ² = 1 on the map.
    expect(rowsOf(/^Universes within the contours/)[0].slice(0, 2)).toEqual(['1', '1.000'])
    await press('Show the universes within 6 sigma on the map')
    const { view, selection } = page.intent()
    expect([view, selection?.kind]).toEqual(['explore', 'universes'])
    await press('Show these on the map')
    const ids = page.intent().selection
    expect(ids?.kind === 'universes' && ids.ids).toHaveLength(3)
    await acting(() =>
      fireEvent.click(
        within(screen.getByRole('table', { name: /^Universes like/ }))
          .getAllByRole('button')
          .at(-1) as Element,
      ),
    )
    expect(page.intent().focus).not.toEqual({ kind: 'universe', id: 2 })
  })

  it('measures how good the map is at it', async () => {
    await interpret({ interpretTab: 'retrieval' })
    await screen.findByTestId('retrieval')
    await pick('Spectra without noise')
    await press('Measure pca-2')
    await screen.findByText(/300 held-out universes, asked with their spectra without noise/)
    const rows = rowsOf('Retrieval by learned and closed-form maps')
    expect(rows.map(([name]) => name).slice(0, 4)).toEqual(['recall@1', 'recall@5', 'recall@10', 'mAP'])
    // Without noise, all directions of the theory are the true answer.
    expect(parseFloat(rows[0].at(-1) ?? '')).toBeCloseTo(1, 2)
  })
})

describe('Directions', () => {
  it('says why a spectrum lies where it lies, and that its shares add up', async () => {
    const page = await interpret({ interpretTab: 'directions', ...universe(2) })
    const why = await screen.findByRole('region', { name: 'Why here?' })
    const bars = await figureOf(/^Bars: share of every bin in the displacement of universe 2 along z1/)
    const shares = bars.data.flatMap(({ y }) => y as number[])
    const moved = shippedCorpus.embedding.universes[4] - shippedCorpus.embedding.standardModel[0]
    expect(shares).toHaveLength(11)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(moved, 3)
    await pick('z 2', why)
    await pick('plain bins', why)
    expect(page.intent().panels).toMatchObject({ shareAxis: 1, shares: 'perBin' })
    const files = keptDownloads()
    await exportAs('CSV', why)
    await eventually(() => expect(files.at(-1)?.name).toBe('theoryscape-dy-nc-13tev-why-here.csv'))
  })

  it('has an arrow for each operator, families, and what the map keeps of each', async () => {
    const page = await interpret({ interpretTab: 'directions' })
    await screen.findByText('How the latent space is used')
    // The SM itself has nothing to explain.
    expect(panel('Why here?').textContent).toContain('there is nothing to explain')
    expect(document.querySelectorAll('.directions-map .map-arrow').length).toBeGreaterThan(8)
    expect(screen.getByLabelText('Template families').children).toHaveLength(4)
    const heat = await figureOf(/^Heat map: correlation/)
    expect((heat.data[0].z as number[][]).map(({ length }) => length)).toEqual([17, 17])
    expect(screen.getByText('not collapsed')).toBeTruthy()
    await pick('2', screen.getByLabelText('Number of families'))
    await eventually(() => expect(screen.getByLabelText('Template families').children).toHaveLength(2))
    expect(page.intent().panels.families).toBe(2)
    const [alignment] = rowsOf(/^Two fresh replicas/)
    // The map is the closed-form one itself.
    expect([encoder.id, alignment[1]]).toEqual(['pca-2', alignment[2]])
  })
})

it('a tab is opened by its name, and by the keyboard', async () => {
  const page = await interpret()
  await openTab('Retrieval')
  expect(page.intent().interpretTab).toBe('retrieval')
  const tabs = screen.getByRole('tablist', { name: 'Interpretation' })
  for (const [key, tab] of [
    ['ArrowRight', 'directions'],
    ['ArrowRight', 'classify'],
    ['End', 'directions'],
    ['ArrowLeft', 'retrieval'],
  ]) {
    await acting(() => fireEvent.keyDown(tabs, { key }))
    expect(page.intent().interpretTab).toBe(tab)
  }
})
