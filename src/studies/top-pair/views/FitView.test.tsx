// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../errors.ts'
import { keptCopies, keptDownloads } from '../../../testing/downloads.ts'
import { drawnFit } from '../../../testing/drawn-fit.tsx'
import { acting, figureOf } from '../../../testing/drawn-parts.tsx'
import { exportedPictures } from '../../../testing/fake-plotly.ts'
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
  tick,
  type,
} from '../../../testing/hands.ts'
import { beingPatient, eventually } from '../../../testing/patience.ts'
import { legendOf, named } from '../../../testing/figure-parts.ts'
import { drawnOn } from '../../../testing/drawn-on.ts'
import { smallProgress } from '../../../testing/small-fit-answers.ts'
import type { FitIntent } from '../intent.ts'
import { FitView } from './FitView.tsx'

beingPatient()
drawnOn(600, 400)

/** A fit that has been run to its end. */
async function finished(patch: Partial<FitIntent> = {}) {
  const page = drawnFit(<FitView />, patch)
  await press('Run all')
  await page.answerAll()
  return page
}

describe('before anything was run', () => {
  it('says what will be where, and that nothing is there yet', async () => {
    drawnFit(<FitView />)
    expect(panel('Posterior').textContent).toContain('The corner plot appears here')
    expect(panel('Observed data').textContent).toContain('appear here')
    expect(screen.getByRole('status').textContent).toMatch(/^Draws the data, trains the networks/)
    expect([button('Cancel').disabled, button('Discard results').disabled]).toEqual([true, true])
    await openTab('Sampler')
    expect(screen.getByRole('tabpanel').textContent).toContain('While a fit samples')
    await openTab('Learned ratios')
    expect(screen.getByText('Train this network first.')).toBeTruthy()
    expect(button('Compare with the exact ratio').disabled).toBe(true)
    await openTab('Calibration')
    expect(screen.getByRole('tabpanel').textContent).toContain('Data sets are drawn at several truths')
    // Arrows move through the tabs; the keyboard goes with them.
    fireEvent.keyDown(screen.getByRole('tablist', { name: 'Results' }), { key: 'Home' })
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'Intervals' }))
    expect(screen.getByRole('tabpanel').textContent).toContain('Best fits, intervals of both kinds')
  })

  it('takes the set-up from its fields, and says when it is that of a preset no more', async () => {
    const { state } = drawnFit(<FitView />)
    const setup = () => state().intent.fit
    const preset = screen.getByRole<HTMLSelectElement>('combobox', { name: 'preset' })
    expect(preset.value).not.toBe('own')
    await type('observed events', '5000')
    await type('bins of equal share', '7')
    await type(/^flat prior/, '3')
    await type(/^m_tt above/, '500')
    await set('cuts', 'none')
    await set('binned in', 'm_ll')
    await set('binned likelihood', 'barlow-beeston')
    fireEvent.click(screen.getByLabelText('detector smearing'))
    fireEvent.click(screen.getByRole('radio', { name: 'linear' }))
    expect(setup()).toMatchObject({
      ...{
        observedEvents: 5000,
        binning: { observable: 'm_ll', bins: 7 },
        priorHalfWidth: 3,
        mttMinGeV: 500,
      },
      ...{ selection: 'none', binned: 'barlow-beeston', smearing: true, mode: 'linear' },
    })
    expect(preset.value).toBe('own')
    expect(screen.getByText(/^Changed from a preset/)).toBeTruthy()
    await type('observed events', '3')
    expect(setup().observedEvents).toBe(5000)
    // A preset brings all of its own back.
    const another = [...preset.options].map(({ value }) => value).find((value) => value !== 'own') ?? ''
    await acting(() => fireEvent.change(preset, { target: { value: another } }))
    expect(setup().selection).not.toBe('none')
  })

  it('chooses coefficients and their truth', async () => {
    const { state } = drawnFit(<FitView />)
    const setup = () => state().intent.fit
    await tick('tG')
    expect(setup().operators).toEqual(expect.arrayContaining(['td8', 'tq8', 'tG']))
    const slider = screen.getByRole('slider', { name: 'truth tG' })
    fireEvent.change(slider, { target: { value: '0.61234' } })
    expect(setup().truth.tG).toBe(0.612)
    fireEvent.keyDown(slider, { key: 'Home' })
    fireEvent.keyDown(slider, { key: 'x' })
    expect(setup().truth.tG).toBe(-2)
    fireEvent.doubleClick(slider)
    expect(setup().truth.tG).toBe(0)
    await type(/^truth tG value/, '1.25')
    expect(setup().truth.tG).toBe(1.25)
    for (const name of ['td8', 'tq8']) await tick(name)
    expect(setup().operators).toEqual(['tG'])
    // One is needed.
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'tG' }).disabled).toBe(true)
  })

  it('has what experts set behind a switch', async () => {
    const { state } = drawnFit(<FitView />, { preset: 'thesis' })
    const setup = () => state().intent.fit
    await press('All settings')
    await type(/^√s/, '8000')
    await type('live points', '200')
    await type('epochs at most', '25')
    await type(/^luminosity error/, '2.5')
    await type(/^luminosity of a dropped file/, '139')
    await set('luminosity is', 'sampled')
    await set('engine of the networks', 'cpu')
    for (const label of [/cells of simulated events/, /recalibrated on unseen/, /Poisson number/])
      await acting(() => fireEvent.click(screen.getByLabelText(label)))
    expect(setup()).toMatchObject({
      ...{ sqrtSGeV: 8000, livePoints: 200, epochs: 25, backend: 'cpu', poisson: true, luminosityInvPb: 139 },
      ...{ luminosity: { relativeError: 0.025, treatment: 'sampled' } },
      ...{ calibratedRatios: false, recalibrate: false },
    })
    await type(/^luminosity of a dropped file/, '0')
    expect(setup().luminosityInvPb).toBeNull()
    await press('Fewer settings')
    expect(button('All settings')).toBeTruthy()
  })
})

describe('a run', () => {
  it('goes from data through networks to live points, and can be paused and cancelled', async () => {
    const page = drawnFit(<FitView />)
    await press('Run all')
    const prepare = await page.asked('prepare-fit')
    expect(prepare.request.setup.observedEvents).toBe(10_560)
    await acting(() => prepare.report(0.5))
    // Every stage that waits for it says how far it is.
    await screen.findAllByText('50 %')
    expect(screen.getByText(/^Fixed while a run is under way/)).toBeTruthy()
    await page.answer('prepare-fit')
    expect(legendOf(await figureOf(/110 events in 2 bins/))).toEqual(['SM', 'truth', 'observed'])

    const fit = await page.asked('fit')
    await acting(() => fit.report(smallProgress(20)))
    const live = await figureOf(/fit under way: 2 live points after 20 replacements/)
    expect(live.data[0]).toMatchObject({ x: [0.4, 0.5], y: [-0.6, -0.7] })
    await press('Pause')
    expect(fit.told).toEqual(['pause'])
    expect(screen.getByText('Paused. Nothing is lost; Go on continues.')).toBeTruthy()
    await press('Go on')
    expect(fit.told).toEqual(['pause', 'resume'])

    await acting(() => fit.report(smallProgress(60)))
    await openTab('Sampler')
    const { kind } = fit.request
    const sampler = within(screen.getByRole('tabpanel'))
    await acting(() => fireEvent.click(sampler.getByRole('radio', { name: kind })))
    await screen.findByText(/after 60 dead points and 600 calls, 85 % still live/)
    expect((await figureOf('Live points')).data[0].y).toEqual([-0.6, -0.7])

    // The other fit waits for nothing; networks take the worker that is free.
    await page.answer('fit')
    // By its result, with the numbers of the table of evidences, and no longer by its last report.
    await screen.findByText(/ln Z −5\.00 ± 0\.10 after 300 dead points and 5.000 calls, finished/)
    const training = await page.asked('train-ratio')
    await acting(() => training.report({ kind: 'sample', fraction: 0.25 }))
    await screen.findByText(/sampling 25 %/)
    await press('Cancel')
    expect(training.cancelled).toBe(true)
    expect(button('Run all').disabled).toBe(false)
    expect(screen.getByText(`Fitted: ${kind}.`)).toBeTruthy()
  })

  it('ends with three posteriors over each other, their intervals, and how sure they are', async () => {
    const page = await finished()
    expect(screen.getByText('Done. Change anything and run again: what still holds is kept.')).toBeTruthy()
    const corner = await figureOf(/^95 % of the posterior/)
    expect(legendOf(corner)).toEqual(['binned', 'unbinned, filled', 'exact', 'truth', 'Standard Model'])
    expect(named(corner, 'unbinned 68 %')[0].fill).toBe('toself')

    // Another in front, another not drawn.
    await acting(() =>
      fireEvent.click(
        within(screen.getByLabelText('Posterior in front')).getByRole('radio', { name: 'exact' }),
      ),
    )
    expect(page.state().intent.fitFront).toBe('exact')
    fireEvent.click(within(screen.getByLabelText('Fits drawn')).getByLabelText(/^binned/))
    expect(page.state().intent.fitKinds).toEqual(['unbinned', 'exact'])
    await eventually(async () =>
      expect(legendOf(await figureOf(/^95 % of the posterior/))[1]).toBe('exact, filled'),
    )

    const rows = rowsOf(/^95 % intervals/)
    expect(rows).toHaveLength(6)
    expect(rows[0].slice(0, 2)).toEqual(['C(8)tdtd8', 'binned'])
    // Widths of 0.4 and 0.1.
    expect(Number(rows[1][6])).toBeCloseTo(0.25, 1)
    expect(screen.getByText(/divide the events into 640 cells/)).toBeTruthy()
    expect(rowsOf(/^Evidence/)[0].slice(0, 3)).toEqual(['binned', '−5.00 ± 0.10', '−5.050 (0.50 σ)'])
    expect(rowsOf(/^Δχ²/).map((row) => row[0])).toEqual(['binned', 'unbinned', 'exact'])

    await openTab('Sampler')
    const trace = await figureOf('Trace of the nested run')
    expect(trace.data.map(({ name }) => name)).toEqual(['td8', 'tq8'])

    // Another set-up makes them stale, and says so.
    await type('observed events', '777')
    expect(screen.getByText(/belong to an earlier set-up: Run all makes them anew/)).toBeTruthy()
    expect(screen.getAllByText('of an earlier set-up').length).toBeGreaterThan(2)
    await press('Discard results')
    await eventually(() => expect(panel('Posterior').textContent).toContain('The corner plot appears here'))
    expect(page.state().fit.data.value).toBeUndefined()
  })

  it('compares learned with exact ratios, throws toys, makes a region, and calibrates', async () => {
    const page = await finished()
    await openTab('Learned ratios')
    expect((await figureOf(/lowest validation loss 0\.60/)).data).toHaveLength(2)
    await set('Term', 'tq8')
    await press('Compare with the exact ratio')
    expect((await page.asked('ratio-diagnostics')).request.term).toBe('tq8')
    await page.answer('ratio-diagnostics')
    expect((await figureOf('Learned against exact ratio')).data[1]).toMatchObject({ x: [0.6, 1, 1.9] })
    expect((await figureOf('Calibration curve')).data[1]).toMatchObject({ y: [0.55, 1.9] })
    const decision = await figureOf(/^Decision function g .* No closed form/)
    expect(decision.data.map(({ name }) => name)).toEqual(['SM, learned', 'term, learned'])
    expect(rowsOf(/^Learned ratio beside/).map((row) => row.join(' | '))).toEqual([
      'sum rule: mean ratio under the SM | 1.0200 | 1.0000 | 2.0 %, 2.0 σ',
      'loss as a classifier, on test events | 0.61000 |  | ',
      'calibration curve |  |  | χ² 1.25 in 2 bins',
    ])

    await openTab('Intervals')
    await type('number of toys', '80')
    await press('Throw toys')
    expect((await page.asked('toy-delta-chi2')).request).toMatchObject({ kind: 'binned', toys: 80 })
    await page.answer('toy-delta-chi2')
    await figureOf('Distribution of toys')
    // 20 of 80 toys lie at 6 and beyond: (20 + 1) / (80 + 1).
    expect(screen.getByText(/Δχ² of the SM in 80 toys of the SM, binned/).textContent).toContain('p is 0.26')

    await type('toys at each point', '50')
    await press('Make the region')
    expect((await page.asked('toy-region')).request.toys).toBe(50)
    await page.answer('toy-region')
    expect(screen.getByText(/the 95 % joint region, in the corner plot, reaches over/).textContent).toMatch(
      /C_td⁽⁸⁾ \[−0\.\d+, \+?0\.\d+\].*by 50 toys at each of 225 points/,
    )

    await openTab('Calibration')
    await type('toys per truth', '100')
    await press('Calibrate')
    await page.answer('calibrate-fit')
    const coverage = await figureOf(/at 1 of 2 truths the 68 % sets hold the truth/)
    expect(coverage.data[0].y).toEqual([0.7, 0.5])
    await pick('ranks and TARP')
    await press('Calibrate')
    await page.answer('calibrate-fit')
    await figureOf(/least uniform tq8, χ² p = 0\.030/)
    await figureOf(/^TARP, all coefficients together: Kolmogorov–Smirnov p = 0\.80/)
  })
})

describe('what leaves the page', () => {
  it('is a picture on paper, chains, tables and a script, each with the link that makes it again', async () => {
    const page = await finished()
    const files = keptDownloads()
    await press('Run elsewhere')
    const plan = await figureOf(/^\d+ networks?, one job.*A model: jobs of/)
    expect(plan.data.map(({ name }) => name)).toEqual([
      ...['this plan', 'this plan, decades', '50 replicas', '50 replicas, decades'],
    ])
    await press('Download the plan')
    await page.answer('plan-networks')
    await eventually(() => expect(files.at(-1)?.name).toBe('theoryscape-plan.zip'))
    files.pop()
    const copies = keptCopies()
    const last = async () => files.at(-1)?.content.text()
    const corner = panel('Posterior')
    await exportAs('Corner plot, SVG', corner)
    await eventually(() => expect(files.at(-1)?.name).toBe('theoryscape-corner.svg'))
    expect(await last()).toMatch(/^<!--\ngenerator: [^]*link: #[^]*-->\n<svg/)
    expect(exportedPictures.at(-1)?.figure.layout.paper_bgcolor).toBe('#ffffff')

    await exportAs('GetDist chain, exact', corner)
    await eventually(() => expect(files).toHaveLength(6))
    expect(files.slice(1).map(({ name }) => name.replace('theoryscape-exact', ''))).toEqual([
      ...['.txt', '.paramnames', '.ranges', '.properties.ini', '.provenance.txt'],
    ])
    expect((await files[1].content.text()).trim().split('\n')).toHaveLength(400)
    await exportAs('Posterior CSV, binned', corner)
    await eventually(() => expect(files.at(-1)?.name).toBe('theoryscape-binned.csv'))
    expect(await last()).toMatch(/^# generator: [^]*\n[^#]*td8,tq8/)
    await exportAs('Posterior Parquet, exact', corner)
    await eventually(() => expect(files.at(-1)?.name).toBe('theoryscape-exact.provenance.txt'))
    await exportAs('Copy as Python, exact', corner)
    await eventually(() => expect(copies.at(-1)).toContain('"theoryscape-exact.csv"'))

    await exportAs('CSV', panel('Observed data'))
    await eventually(() => expect(files.at(-1)?.name).toBe('theoryscape-events.csv'))
    expect(await last()).toContain('from [GeV],to [GeV],observed')
    await exportAs('SVG', panel('Observed data'))
    await eventually(() => expect(files.at(-1)?.name).toBe('theoryscape-events.svg'))
  })

  it('opens its numbers as a table, and closes it', async () => {
    await finished()
    const data = within(panel('Observed data'))
    fireEvent.click(data.getByRole('button', { name: 'Show data table' }))
    expect(rowsOf(/^Observed and expected events per bin/).map((row) => row.slice(0, 3))).toEqual([
      ['20', '100', '90'],
      ['100', '500', '20'],
    ])
    fireEvent.click(data.getByRole('button', { name: 'Hide data table' }))
    expect(data.queryByRole('table', { name: /^Observed and expected/ })).toBeNull()
    // Cross-sections stand below.
    expect(rowsOf(/^Cross-section after cuts/)).toEqual([
      ['SM', '4.250 ± 0.020'],
      ['td8', '0.500 ± 0.010'],
    ])
  })
})

describe('what goes wrong', () => {
  it('is said in its panel with a way to try again', async () => {
    const page = drawnFit(<FitView />)
    await press('Prepare the data')
    const failing = await page.asked('prepare-fit')
    await acting(() => failing.fail(new AppError('data/not-found', 'No events are left.')))
    expect(within(panel('Observed data')).getByRole('alert').textContent).toContain('No events are left.')
    await acting(() =>
      fireEvent.click(within(panel('Observed data')).getByRole('button', { name: 'Try again' })),
    )
    await eventually(() => expect(page.fit.count('prepare-fit')).toBe(2))
  })

  it('of one fit leaves the others', async () => {
    const page = drawnFit(<FitView />)
    await press('Run binned alone')
    await page.answer('prepare-fit')
    const fit = await page.asked('fit')
    await acting(() => fit.fail(new AppError('numerics/not-converged', 'It did not converge.')))
    expect(within(panel('Posterior')).getByRole('alert').textContent).toContain('It did not converge.')
    expect(screen.getByRole('list', { name: 'Stages' }).textContent).toContain('failed')
  })
})

it('takes events of a file, names it, and simulates again', async () => {
  const page = drawnFit(<FitView />)
  const file = new File(['a,b\n1,2\n'], 'mine.csv')
  const zone = screen.getByText('Observed events of your own').closest('.drop-zone') ?? document.body
  await drop(zone, file)
  const prepare = await page.asked('prepare-fit')
  expect(prepare.request.dropped?.name).toBe('mine.csv')
  await page.answer('prepare-fit')
  expect(await screen.findByText('mine.csv')).toBeTruthy()
  await press('Simulate instead')
  expect(page.state().fit.dropped).toBeNull()
})
