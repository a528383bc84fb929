import { linkTo } from '../src/testing/links.ts'
import { expect, test } from './fixtures.ts'
import { AppPage, intentOf } from './pages/app-page.ts'
import { FitPage, smallSetup } from './pages/fit-page.ts'

test('what panels show travels in the link; Undo takes all of it back, Redo brings it again', async ({
  app,
  page,
  browser,
  baseURL,
}) => {
  const start = await linkTo({
    coefficients: { clq3: 0.004 },
    fit: { ...smallSetup, binning: { observable: 'pt_l2', bins: 4 } },
  })
  await app.openReady(start)
  const said = async () => intentOf(new URL(page.url()).hash)
  const radio = (group: string, name: string | RegExp, on = page) =>
    on.getByRole('radiogroup', { name: group }).getByRole('radio', { name, exact: true })
  const tab = (list: string, name: string, on = page) =>
    on.getByRole('tablist', { name: list }).getByRole('tab', { name })
  /** What a person does, and what the link then says. */
  async function sets(act: Promise<void>, fields: Record<string, unknown>): Promise<void> {
    await act
    await expect.poll(said).toMatchObject(fields)
  }
  const camera = { halfSpan: expect.any(Number) as unknown }

  await sets(page.getByRole('checkbox', { name: 'directions' }).check(), { panels: { arrows: true } })
  await sets(app.tab('Neighbours').click(), { panels: { inspector: 'neighbours' } })

  await app.nav('Interpret').click()
  await tab('Interpretation', 'Directions').click()
  await sets(radio('Latent axis', /^z ?2$/).check({ force: true }), { panels: { shareAxis: 1 } })
  await sets(radio('Shares of', 'plain bins').check({ force: true }), { panels: { shares: 'perBin' } })
  await sets(radio('Number of families', '3').check({ force: true }), { panels: { families: 3 } })
  await sets(app.button('Zoom in').click(), { panels: { directionsCamera: camera } })
  await tab('Interpretation', 'Anomaly').click()
  await sets(radio('Noise', 'One replica').check({ force: true }), { noise: 'replica' })
  await sets(app.button('Zoom in').click(), { panels: { anomalyCamera: camera } })
  await tab('Interpretation', 'Retrieval').click()
  await sets(radio('Queries', 'Spectra without noise').check({ force: true }), {
    panels: { retrievalQuery: 'mean' },
  })
  await sets(radio('Meaning of n sigma', 'By distance').check({ force: true }), {
    panels: { sigmas: 'ellipse' },
  })

  await app.nav('Train').click()
  await sets(tab('Encoder', 'Model card').click(), { panels: { encoder: 'card' } })
  await app.nav('Data').click()
  await sets(radio('Matrix shown', 'Covariance').check({ force: true }), { panels: { matrix: 'covariance' } })
  await app.nav('Compare').click()
  await sets(app.button('Zoom in').last().click(), {
    compare: { cameras: { 'aligned-dy-supcon-2d': camera } },
  })

  await app.nav('Fit').click()
  const fit = new FitPage(page)
  await sets(fit.tiles.nth(1).click(), { fitPanels: { tab: 'ratios', term: 'tq8' } })
  await fit.begin('Run exact alone')
  await expect(fit.stage('Exact')).toContainText(/\d sRun$/, { timeout: 40_000 })
  await tab('Results', 'Sampler').click()
  await sets(radio('Fit shown below', 'exact').check({ force: true }), {
    fitPanels: { tab: 'sampler', sampler: 'exact' },
  })
  await tab('Results', 'Calibration').click()
  await sets(radio('Calibrated fit', 'binned').check({ force: true }), {
    fitPanels: { calibration: { kind: 'binned' } },
  })
  await sets(radio('Test', 'ranks and TARP').check({ force: true }), {
    fitPanels: { calibration: { test: 'sbc' } },
  })
  const count = page.getByRole('textbox', { name: 'simulations' })
  await count.fill('60')
  await sets(count.press('Enter'), { fitPanels: { tab: 'calibration', calibration: { toys: 60 } } })

  const link = await app.share()
  const sent = await intentOf(link)
  await test.step('another browser shows the same', async () => {
    const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } })
    const other = new AppPage(await context.newPage())
    const on = other.page
    await other.open(link)
    await expect(radio('Calibrated fit', 'binned', on)).toBeChecked({ timeout: 40_000 })
    await expect(radio('Test', 'ranks and TARP', on)).toBeChecked()
    await expect(on.getByRole('textbox', { name: 'simulations' })).toHaveValue('60')
    await other.nav('Interpret').click()
    await expect(radio('Queries', 'Spectra without noise', on)).toBeChecked({ timeout: 40_000 })
    await expect(radio('Meaning of n sigma', 'By distance', on)).toBeChecked()
    await expect(radio('Noise', 'One replica', on)).toBeChecked()
    await tab('Interpretation', 'Directions', on).click()
    await expect(radio('Number of families', '3', on)).toBeChecked({ timeout: 40_000 })
    await expect(radio('Shares of', 'plain bins', on)).toBeChecked()
    await other.nav('Train').click()
    await expect(tab('Encoder', 'Model card', on)).toHaveAttribute('aria-selected', 'true')
    await other.nav('Data').click()
    await expect(radio('Matrix shown', 'Covariance', on)).toBeChecked()
    await other.nav('Explore').click()
    await expect(on.getByRole('checkbox', { name: 'directions' })).toBeChecked()
    expect(await intentOf(await other.share())).toEqual({
      ...sent,
      view: 'explore',
      interpretTab: 'directions',
    })
    await context.close()
  })
  await test.step('all of it is steps of Undo', async () => {
    const [undo, redo] = [app.button('Undo'), app.button('Redo')]
    while (await undo.isEnabled()) await undo.click()
    await expect.poll(said).toEqual(await intentOf(start))
    while (await redo.isEnabled()) await redo.click()
    await expect.poll(said).toEqual(sent)
  })
})
