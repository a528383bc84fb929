import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Download } from '@playwright/test'
import { defaultIntent } from '../src/share/default-intent.ts'
import { encodeLink } from '../src/share/encode-link.ts'
import type { Intent } from '../src/share/schema.ts'
import { expect, test } from './fixtures.ts'

const linkTo = (patch: Partial<Intent>) =>
  encodeLink({ ...defaultIntent, view: 'interpret', interpretTab: 'classify', ...patch })
const small = { method: 'softmax', classes: 8, input: 'spectrum', steps: 60, seed: 3 } as const

test('the shipped prior network answers and is measured beside the exact posterior', async ({
  app,
  page,
}) => {
  await app.open(await linkTo({ focus: { kind: 'universe', id: 5 } }))
  const answer = page.getByRole('region', { name: 'Answer' })
  await expect(answer).toContainText('one of these', { timeout: 60_000 })
  const first = answer.getByRole('list', { name: 'Most probable classes' }).getByRole('button').first()
  await expect(first).toHaveText('Universe 5')
  await expect(
    page.getByRole('region', { name: 'Scores: learned, temperature-scaled, exact' }),
  ).toContainText('KL', { timeout: 60_000 })
  await page
    .getByRole('region', { name: 'Scores: learned, temperature-scaled, exact' })
    .scrollIntoViewIfNeeded()
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([])
})

test('a classifier is trained in the page; a cancelled training leaves none', async ({ app, page }) => {
  await app.open(await linkTo({ classifier: { ...small, steps: 20_000 } }))
  const classifier = page.getByRole('region', { name: 'Classifier', exact: true })
  const train = classifier.getByRole('button', { name: 'Train', exact: true })
  await train.click({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText(/No softmax network with these settings/)).toBeVisible()

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
  await test.step('gone after a reload; its files bring it back, with the same answers', async () => {
    await page.reload()
    await expect(page.getByText(/No softmax network with these settings/)).toBeVisible({ timeout: 60_000 })
    await app.drop(files)
    await expect(classifier.getByText('from files', { exact: true })).toBeVisible()
    await expect(answers).toHaveText(before ?? '')
  })
})
