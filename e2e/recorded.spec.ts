import { linkTo } from '../src/testing/links.ts'
import { expectNoAxeFaults } from './accessible.ts'
import { expect, test } from './fixtures.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' } })

test('no view opens empty: recorded results stand until a person makes their own', async ({ app, page }) => {
  const recorded = page.getByText(/^recorded 20\d\d-\d\d-\d\d$/)
  await app.open(await linkTo({ view: 'train' }))

  await test.step('Train: losses, the map at every picture, and scores', async () => {
    await expect(recorded).toHaveCount(2, { timeout: 40_000 })
    await expect(page.getByText(/recorded on 20.* with theoryscape/)).toBeVisible()
    await expect(page.locator('.figure-summary').filter({ hasText: /Held-out loss [\d.]+/ })).toBeVisible()
    await expect(page.getByRole('table', { name: /Learned map and closed-form maps/ })).toBeVisible()
    const map = page.getByRole('application', { name: /Map of/ })
    const summary = () => map.getAttribute('aria-label')
    const last = await summary()
    await page.getByRole('slider', { name: 'Back to step' }).press('Home')
    await expect.poll(summary).not.toBe(last)
    await expect(page.getByRole('button', { name: 'Train on from here' })).toHaveCount(0)
    await expect(page.getByRole('button', { name: /^Use step/ })).toHaveCount(0)
    await expectNoAxeFaults(app)
  })
  await test.step('a training of one’s own takes its place, and its first step comes before engines are measured', async () => {
    await page.getByRole('tab', { name: 'Engines' }).click()
    const engines = page.getByRole('table', { name: /^Engines of this browser/ })
    const kernels = engines.getByRole('row', { name: /own SIMD kernels/ })
    await app.button('Step').click()
    await expect(page.getByText(/^Paused at step 1\b/)).toBeVisible()
    await expect(kernels).toContainText('engines are measured between the first steps')
    await app.button('Play').click()
    await expect(kernels).toContainText(/\d/)
    await expect(page.getByRole('progressbar', { name: /Training on/ })).toBeVisible()
    await expect(page.getByText(/recorded on 20/)).toHaveCount(0)
    await app.button('Stop').click()
  })
  await test.step('Interpret: scores of the classifier, of anomalies and of retrieval', async () => {
    await app.nav('Interpret').click()
    const report = page.getByRole('region', { name: 'How good the classifier is' })
    await expect(report.getByText(/^recorded 20/)).toBeVisible({ timeout: 20_000 })
    await page.getByRole('tab', { name: 'Anomaly' }).click()
    const scores = page.getByRole('region', { name: 'Evaluation of the scores' })
    await expect(scores.getByText(/^recorded 20/)).toBeVisible()
    await expect(scores.getByRole('row')).toHaveCount(17)
    await page.getByRole('tab', { name: 'Retrieval' }).click()
    const retrieval = page.getByRole('region', { name: 'Scores of retrieval' })
    await expect(retrieval.getByText(/^recorded 20/)).toBeVisible()
    await expectNoAxeFaults(app)
  })
  await test.step('Compare: the first pair, then that of this browser', async () => {
    await app.nav('Compare').click()
    await expect(page.getByRole('application', { name: /Map of/ })).toHaveCount(2)
    await expect(page.getByTestId('compare')).toHaveAttribute('data-status', 'ready', { timeout: 40_000 })
    await expect(recorded).toHaveCount(0)
  })
})
