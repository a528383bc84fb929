import { readFile } from 'node:fs/promises'
import cms from '../src/studies/drell-yan/analysis/measurements/cms-dy-13tev.json' with { type: 'json' }
import { expect, test } from './fixtures.ts'
import { intentOf } from './pages/app-page.ts'

/** The published measurement as HEPData gives it to download: a CSV with its total errors. */
const hepData = (bins = cms.valuePbPerGeV.map((_, bin) => bin)) =>
  new TextEncoder().encode(
    [
      '#: name: Table 1',
      'M [GEV],M [GEV] LOW,M [GEV] HIGH,D(SIG)/D(M) [PB/GEV],total +,total -',
      ...bins.map((bin) => {
        const [low, high] = [cms.edgesGeV[bin], cms.edgesGeV[bin + 1]]
        const error = cms.totalUncertaintyPbPerGeV[bin]
        return [(low + high) / 2, low, high, cms.valuePbPerGeV[bin], error, -error].join(',')
      }),
    ].join('\n'),
  )

test('the CMS measurement: on the map with its ellipse, chi2, all 43 bins, neighbours', async ({
  app,
  page,
}) => {
  await app.openReady()
  await app.dataset.selectOption('cms-dy-13tev-43')
  await expect(app.explore).toHaveAttribute('data-dataset', 'cms-dy-13tev-43')
  await app.ready()

  const dot = page.locator('.map-measurement')
  await expect(dot).toHaveCount(1)
  const { width, height } = await app.mapBox()
  const at = async (name: string) => Number(await dot.getAttribute(name))
  await expect.poll(() => at('cx')).toBeGreaterThan(0)
  await expect.poll(() => at('cx')).toBeLessThan(width)
  await expect.poll(() => at('cy')).toBeGreaterThan(0)
  await expect.poll(() => at('cy')).toBeLessThan(height)
  const ellipses = page.locator('.map-ellipse')
  await expect(ellipses).toHaveCount(2)
  for (const ellipse of await ellipses.all()) {
    expect(Number(await ellipse.getAttribute('rx'))).toBeGreaterThan(1)
    expect(Number(await ellipse.getAttribute('ry'))).toBeGreaterThan(0.5)
  }
  await test.step('the map fills its panel, and lists the families that it has', async () => {
    // At one scale of both axes; which of the two is full depends on how the cloud lies.
    const shares = async () => {
      const boxes = await Promise.all(
        (await page.locator('.map-contour').all()).map((contour) => contour.boundingBox()),
      )
      return [
        Math.max(0, ...boxes.map((box) => box?.width ?? 0)) / width,
        Math.max(0, ...boxes.map((box) => box?.height ?? 0)) / height,
      ]
    }
    await expect.poll(async () => Math.min(...(await shares()))).toBeGreaterThan(0.4)
    await expect.poll(async () => Math.max(...(await shares()))).toBeGreaterThan(0.65)
    await expect(page.getByRole('button', { name: /^oblique and inputs/ })).toHaveCount(0)
  })
  await expect(
    page
      .getByRole('region', { name: 'Spectrum' })
      .getByText(/^CMS Drell-Yan/)
      .first(),
  ).toBeVisible()

  await test.step('a bin that stands out is no five sigma', async () => {
    const summary = page.getByRole('region', { name: 'Spectrum' }).locator('figcaption')
    await expect(summary).toContainText('830–1000 GeV: −5.3 published total errors of that bin alone')
    await expect(summary).toContainText(
      'Full covariance of data and theory, all 43 bins: χ² = 48.7 / 39 (p = 0.14)',
    )
    await expect(summary).toContainText('pull −4.2 (as the largest of 43 p ≤ 0.0011)')
    await expect(summary).toContainText(
      'Beyond the ratio panel (arrows): 830–1000 GeV (0.28), 1500–3000 GeV (0.43)',
    )
    await expect(page.getByText('error given the others')).toBeVisible() // the band
  })
  await app.tab('Measurement').click()
  const card = page.getByRole('article', { name: /CMS/ })
  await expect(card).toContainText(/χ² to the SM\s*[\d.]+ \/ 39 \(p = [\d.]+/)
  await expect(card.getByRole('listitem').filter({ hasText: 'χ² =' })).toHaveCount(5)
  await expect(card.getByText('All 43 bins over leading order')).toBeVisible()
  await expect(card).toContainText('photon radiation, L7.26 ± 0.32')
  await expect(card).toContainText('830 to 1000 GeV, carries 34.6: without it the same fit gives 34.9 / 40')
  await expect(card.locator('figcaption')).toContainText('in 43 bins')
  await expect(card.getByRole('link', { name: 'HEPData record' })).toHaveAttribute(
    'href',
    /^https:\/\/doi\.org\/10\.17182\/hepdata/,
  )

  await app.button('Show the measurement on the map').click()
  await app.tab('Neighbours').click()
  await expect(page.locator('.neighbour')).toHaveCount(15)
  await expect(page.locator('.map-neighbour')).toHaveCount(15)
  await app.tab('Point').click()
  await expect(page.getByRole('article', { name: /^measurement/ })).toBeVisible()
  await page.getByRole('checkbox', { name: 'measurement' }).uncheck()
  await expect(dot).toHaveCount(0)

  await test.step('A4 of CMS stands beside it: chi2 of both, and what both resolve', async () => {
    await app.nav('Interpret').click()
    await page.getByRole('tab', { name: 'Directions' }).click()
    const part = page.getByRole('region', { name: 'A₄ of CMS' })
    await expect(part.getByTestId('a4-chi2')).toContainText('73.2 / 63 (p = 0.18)', { timeout: 40_000 })
    await expect(part.getByTestId('a4-chi2')).toContainText('48.7 / 39 (p = 0.14)')
    await expect(part).toContainText('4 by A₄ and 6 by both')
    await app.nav('Explore').click()
  })
  await test.step('a table that is refused offers a template to fill in', async () => {
    await app.drop([{ name: 'gap.csv', bytes: hepData([4, 5, 6, 7, 9, 10, 11, 12]) }])
    const told = app.toasts.filter({ hasText: 'gap.csv' })
    const saving = page.waitForEvent('download')
    await told.getByRole('button', { name: 'Template to fill in' }).click()
    const saved = await saving
    expect(saved.suggestedFilename()).toBe('measured-spectrum.csv')
    expect(await readFile(await saved.path(), 'utf8')).toMatch(/^#.*\n[^]*low_GeV,high_GeV,value_pb_per_GeV/)
  })
  await test.step('a spectrum of one’s own is the dataset, trains an encoder, and is there after a reload', async () => {
    await app.drop([{ name: 'mine.csv', bytes: hepData() }])
    await expect(app.toasts.filter({ hasText: 'mine.csv is a measured spectrum of' })).toBeVisible()
    await expect(app.dataset.locator('option:checked')).toHaveText('mine.csv, measured')
    await app.nav('Train').click()
    const controls = page.getByRole('group', { name: 'Training', exact: true })
    await controls.getByRole('button', { name: 'Play', exact: true }).click({ timeout: 40_000 })
    const scrub = page.getByRole('slider', { name: 'Back to step' })
    await expect(scrub).toHaveAttribute('max', /^[1-9]/, { timeout: 40_000 })
    await controls.getByRole('button', { name: 'Pause', exact: true }).click()
    await page.getByRole('button', { name: /^Use step .+ on the map$/ }).click()
    await app.nav('Explore').click()
    await app.ready()
    const asked = async () => {
      const { view, model } = await intentOf(new URL(page.url()).hash)
      return `${view} ${model}`
    }
    await expect.poll(asked).toMatch(/^explore trained-/)
    await page.reload()
    await expect(app.explore).toHaveAttribute('data-dataset', 'measured', { timeout: 40_000 })
    await app.ready()
    await expect(app.dataset.locator('option:checked')).toHaveText('mine.csv, measured')
    await expect(app.explore).toHaveAttribute('data-model', /^trained-/)
    await page.getByRole('checkbox', { name: 'measurement' }).check()
    await expect(dot).toHaveCount(1)
  })
})
