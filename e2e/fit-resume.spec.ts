import type { Locator } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { FitPage, smallFit } from './pages/fit-page.ts'
import { keptKeys } from './pages/kept-records.ts'

async function numberIn(locator: Locator, pattern: RegExp): Promise<number> {
  await expect(locator).toContainText(pattern)
  const [, digits] = pattern.exec((await locator.textContent()) ?? '') ?? []
  return Number(digits.replaceAll(/\D/g, ''))
}

test('ratio training: pause, go on, and after a killed page from the checkpoint to the end', async ({
  app,
  page,
}) => {
  // One network, a step per epoch, no early stop: long enough to be caught in the middle.
  const link = await smallFit({
    ...{ preset: 'thesis-parton', operators: ['td8'], mode: 'linear', truth: {} },
    ...{ trainingPoints: 4000, epochs: 1000 },
  })
  const fit = new FitPage(page)
  const tile = fit.tiles.first()
  const epoch = /epoch (\d+) of 1000/
  const reached = async (least: number) =>
    expect.poll(() => numberIn(tile, epoch), { timeout: 40_000 }).toBeGreaterThanOrEqual(least)
  await app.open(link)

  await test.step('pause and go on', async () => {
    await fit.begin('Train the networks')
    await reached(20)
    await fit.button('Pause').click()
    await expect(fit.status).toHaveText(/^Paused\. Nothing is lost/)
    const paused = await numberIn(tile, epoch)
    await expect(page.getByRole('textbox', { name: 'seed' })).toBeDisabled()
    await fit.button('Go on').click()
    await reached(paused + 20)
  })

  await test.step('a reload in the middle loses less than the time between two checkpoints', async () => {
    await reached(200)
    await page.reload()
    const kept = await numberIn(tile, /paused at epoch (\d+)/)
    expect(kept).toBeGreaterThan(100)
    await expect(fit.status).toHaveText(/^Checkpoints of 1 run of this set-up are kept/)
    await fit.begin('Train the networks')
    const first = await numberIn(tile, epoch)
    expect(first).toBeGreaterThan(kept)
    await expect(tile).toContainText('done, 1000 epochs', { timeout: 60_000 })
  })
})

test('nested sampling: pause, go on, and after a killed page from the checkpoint to the end', async ({
  app,
  page,
}) => {
  const link = await smallFit({ livePoints: 5000, observedEvents: 10_000 })
  const fit = new FitPage(page)
  const summary = page.getByRole('tabpanel').getByText(/dead points and .* calls/)
  const dead = () => numberIn(summary, /after ([\d\s]+) dead points/)
  await app.open(link)
  await page.getByRole('tab', { name: 'Sampler' }).click()

  await test.step('pause and go on', async () => {
    await fit.begin('Run exact alone')
    await expect.poll(dead, { timeout: 40_000 }).toBeGreaterThan(0)
    await fit.button('Pause').click()
    await expect(fit.status).toHaveText(/^Paused\./)
    const paused = await dead()
    await fit.button('Go on').click()
    await expect.poll(dead).toBeGreaterThan(paused)
  })

  await test.step('reload, go on, finish', async () => {
    const kept = page.getByText(/^Checkpoints of 1 run of this set-up are kept/)
    // Checkpoints come every two seconds: the reload is made once one is stored.
    await expect
      .poll(() => keptKeys(page, 'theoryscape', 'checkpoints'), { timeout: 40_000 })
      .not.toHaveLength(0)
    await page.reload()
    await expect(kept).toBeVisible()
    await page.getByRole('tab', { name: 'Sampler' }).click()
    await expect(fit.button(/^Run all, going on/)).toBeVisible()
    await fit.begin('Run exact alone')
    // The first report of the resumed run is not that of a new one.
    expect(await dead()).toBeGreaterThan(1000)
    await expect(fit.stage('Exact')).toContainText(/\d sRun$/, { timeout: 60_000 })
    await expect(fit.panel('Posterior').getByRole('img', { name: /95 % of the posterior/ })).toBeVisible()
  })
})

test('a finished fit is there again after a reload, by itself; and in a second tab', async ({
  app,
  page,
  context,
}) => {
  const fit = new FitPage(page)
  await app.open(await smallFit({ operators: ['td8'], truth: { td8: 0.5 } }))
  await fit.button('Run all').click()
  const whole = async (shown: FitPage) => {
    await expect(shown.status).toHaveText(/^Done\./, { timeout: 60_000 })
    for (const kind of ['Binned', 'Unbinned', 'Exact'])
      await expect(shown.stage(kind)).toContainText(/\d sRun$/, { timeout: 60_000 })
    await expect(shown.stage('Networks')).toContainText(/(\d+) of \1 trained/)
    await expect(shown.panel('Posterior').locator('.js-plotly-plot')).toBeVisible()
  }
  await whole(fit)
  const intervals = page.getByRole('tabpanel')
  const found = await intervals.innerText()
  await page.getByRole('tab', { name: 'Calibration' }).click()
  const toys = page.getByRole('textbox', { name: 'toys per truth' })
  await toys.fill('10')
  await toys.press('Enter')
  await page.getByRole('button', { name: 'Calibrate' }).click()
  const sentence = intervals.getByText(/of \d+ truths the 68 % sets hold the truth/)
  await expect(sentence).toBeVisible({ timeout: 60_000 })
  const calibrated = (await sentence.textContent()) ?? ''

  const results = async () =>
    (await keptKeys(page, 'theoryscape-products-index', 'entries'))
      .map((key) => key.split('/')[0])
      .filter((kind) => kind === 'fit' || kind === 'calibration')
      .sort()
  await expect.poll(results).toEqual(['calibration', 'fit', 'fit', 'fit'])
  await page.reload()
  await whole(fit)
  // On the tab that was left.
  await expect(sentence).toHaveText(calibrated)
  await page.getByRole('tab', { name: 'Intervals' }).click()
  await expect.poll(() => intervals.innerText()).toBe(found)

  const two = await context.newPage()
  await two.goto(page.url())
  await whole(new FitPage(two))
})
