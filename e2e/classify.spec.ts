import { linkTo, type LinkIntent } from '../src/testing/links.ts'
import { readFileSync } from 'node:fs'
import type { Download } from '@playwright/test'
import { expectNoAxeFaults } from './accessible.ts'
import { expect, test } from './fixtures.ts'
import { AppPage } from './pages/app-page.ts'

const linkOf = (patch: Partial<LinkIntent>) =>
  linkTo({ view: 'interpret', interpretTab: 'classify', ...patch })
const small = { method: 'softmax', classes: 8, input: 'spectrum', steps: 60, seed: 3 } as const

test('the shipped prior network answers and is measured beside the Bayes posterior', async ({
  app,
  page,
}) => {
  await app.open(await linkOf({ focus: { kind: 'universe', id: 5 } }))
  const answer = page.getByRole('region', { name: 'Answer' })
  await expect(answer).toContainText(/compatible with \d+ of 100 known universes/, { timeout: 60_000 })
  await expect(answer).toContainText('In truth it is Universe 5, one of the classes.')
  const first = answer.getByRole('list', { name: 'Most probable classes' }).getByRole('button').first()
  await expect(first).toHaveText('Universe 5')
  await expect(
    page.getByRole('region', { name: 'Scores: learned, temperature-scaled, Bayes' }),
  ).toContainText('KL', { timeout: 60_000 })
  await page
    .getByRole('region', { name: 'Scores: learned, temperature-scaled, Bayes' })
    .scrollIntoViewIfNeeded()
  await expectNoAxeFaults(app)
})

test('a heavy neutral boson that is none of the classes: no green badge, but what was tested and how often it would notice', async ({
  app,
  page,
}) => {
  // Coefficients of a Z' as matching leaves them: four-fermion operators, all small.
  await app.open(
    await linkOf({ coefficients: { cll1: -0.002, clq1: -0.001, clu: -0.002, cld: 0.001, ceu: -0.004 } }),
  )
  const answer = page.getByRole('region', { name: 'Answer' })
  const verdict = answer.getByTestId('class-verdict')
  await expect(answer).toContainText(/compatible with [1-9]\d* of 100 known universes/, { timeout: 60_000 })
  await expect(answer.locator('.tone-good')).toHaveCount(0)
  await expect(verdict).toContainText('That it is one of them, no test says.')
  await expect(verdict).toContainText('In truth it is none of the classes.')
  // The page's own table, measured on the page.
  await expect(verdict).toContainText(/the score notices [\d.]+\s%/, { timeout: 60_000 })
  const quoted = /the score notices ([\d.]+)/.exec((await verdict.textContent()) ?? '')?.[1]
  const table = page.getByRole('region', { name: '"None of these" at 1.0' })
  await verdict.getByRole('button', { name: 'Where this is measured' }).click()
  await expect(table).toBeInViewport()
  const caught = await table.locator('tbody tr').first().locator('td').nth(2).textContent()
  expect(100 * Number.parseFloat(caught ?? '')).toBeCloseTo(Number(quoted), 0)
})

test('a classifier is trained in the page; a cancelled training leaves none', async ({
  app,
  page,
  browser,
}) => {
  await app.open(await linkOf({ classifier: { ...small, steps: 20_000 } }))
  const classifier = page.getByRole('region', { name: 'Classifier', exact: true })
  const train = classifier.getByRole('button', { name: 'Train', exact: true })
  await train.click({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText(/Softmax network: none with these settings has been trained yet/)).toBeVisible()

  await page.getByText('Expert settings').click()
  await page.getByRole('textbox', { name: 'Steps' }).fill('60')
  await page.keyboard.press('Enter')
  await train.click()
  await expect(page.getByRole('region', { name: 'Answer' })).toBeVisible({ timeout: 60_000 })
  await expect(classifier.getByText('trained', { exact: true })).toBeVisible()

  const answers = page.getByRole('list', { name: 'Most probable classes' })
  const before = await answers.textContent()
  const files = await test.step('export', async () => {
    const saved: Download[] = []
    page.on('download', (file) => saved.push(file))
    await classifier.getByRole('button', { name: 'Export model' }).click()
    await expect.poll(() => saved.length).toBe(3)
    return Promise.all(
      saved.map(async (file) => ({
        name: file.suggestedFilename(),
        bytes: new Uint8Array(readFileSync(await file.path())),
      })),
    )
  })
  await test.step('a reload shows it again; its files open it in another browser, with the same answers', async () => {
    await page.reload()
    await expect(classifier.getByText('trained', { exact: true })).toBeVisible({ timeout: 60_000 })
    await expect(answers).toHaveText(before ?? '')
    const elsewhere = await browser.newContext()
    const other = new AppPage(await elsewhere.newPage())
    await other.page.goto(page.url())
    await expect(
      other.page.getByText(/Softmax network: none with these settings has been trained yet/),
    ).toBeVisible({
      timeout: 60_000,
    })
    await other.drop(files)
    await expect(
      other.page
        .getByRole('region', { name: 'Classifier', exact: true })
        .getByText('from files', { exact: true }),
    ).toBeVisible()
    await expect(other.page.getByRole('list', { name: 'Most probable classes' })).toHaveText(before ?? '')
    await elsewhere.close()
  })
})
