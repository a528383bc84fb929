import { linkTo, type LinkIntent } from '../src/testing/links.ts'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './fixtures.ts'
import { intentOf } from './pages/app-page.ts'

const linkOf = (patch: Partial<LinkIntent>) => linkTo({ view: 'interpret', ...patch })

test('a resonance drawn on the spectrum is no universe, and the map hides it', async ({ app, page }) => {
  await app.open(await linkOf({ interpretTab: 'anomaly' }))
  const tab = page.getByTestId('anomaly')
  const pValue = async () => Number(await tab.getAttribute('data-p'))
  await expect(tab).toHaveAttribute('data-p', /\d/, { timeout: 60_000 })
  const before = await pValue()
  expect(before).toBeGreaterThan(0.3) // the SM is a universe

  const verdict = page.getByTestId('fold')
  await test.step('with the fields', async () => {
    await page.getByRole('radio', { name: 'Resonance' }).check({ force: true })
    await expect.poll(pValue).toBeLessThan(1e-3)
    await expect(verdict).toContainText('The map hides this')
    await expect.poll(async () => (await intentOf(new URL(page.url()).hash)).shape?.kind).toBe('resonance')
  })
  await test.step('with the pointer: dragged up it is less likely still', async () => {
    const height = page.getByRole('textbox', { name: 'Height [SM]' })
    const first = Number(await height.inputValue())
    const box = await page.locator('[data-handle="place"]').boundingBox()
    if (!box) throw new Error('no handle')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    const drawn = await pValue()
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 10, y + 30, { steps: 5 })
    await page.mouse.up()
    await expect.poll(async () => Number(await height.inputValue())).toBeLessThan(first)
    await expect.poll(pValue).not.toBe(drawn)
  })
  await test.step('undo takes it off again', async () => {
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(pValue).toBeCloseTo(before, 6)
  })
})

const bump = { kind: 'resonance', massGeV: 400, widthGeV: 20, strength: 0.2 } as const

test('one subject: what is drawn under Anomaly is in panel, answer, neighbours and attribution', async ({
  app,
  page,
}) => {
  await app.open(await linkOf({ interpretTab: 'classify', shape: bump }))
  const panel = page.getByRole('region', { name: 'Subject' })
  await expect(panel).toContainText('Live universe with a resonance at 400 GeV', { timeout: 60_000 })
  await expect(panel.locator('figcaption')).not.toContainText('equal in every bin')
  const answer = page.getByRole('region', { name: 'Answer' })
  await expect(answer).toContainText('χ² test: none fits', { timeout: 60_000 })

  await page.getByRole('tab', { name: 'Retrieval' }).click()
  await expect(
    page.getByRole('region', { name: 'Universes like the live universe with a resonance at 400 GeV' }),
  ).toBeVisible()
  await page.getByRole('tab', { name: 'Directions' }).click()
  await expect(page.getByRole('region', { name: 'Why here?' }).locator('figcaption')).toContainText(
    'with a resonance at 400 GeV lies',
    { timeout: 60_000 },
  )

  await test.step('with the noise of a replica', async () => {
    await page.getByRole('radio', { name: 'One replica' }).check({ force: true })
    await expect(panel).toContainText('with a resonance at 400 GeV, noise of seed 1')
    await expect(panel).toContainText('noise alone: about 8.4')
    await expect.poll(async () => (await intentOf(new URL(page.url()).hash)).noise).toBe('replica')
    await page.getByRole('radio', { name: 'No noise' }).check({ force: true })
  })
  await test.step('Explore shows the universe itself, and says so', async () => {
    await app.nav('Explore').click()
    await expect(page.getByText('Shown here without a resonance at 400 GeV')).toBeVisible({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Interpret', exact: true }).click()
  })
  await test.step('taken off, it is the universe again', async () => {
    await page.getByRole('button', { name: 'Take a resonance at 400 GeV off the spectrum' }).click()
    await expect(panel.locator('figcaption')).toContainText('equal in every bin')
    await page.getByRole('tab', { name: 'Classify' }).click()
    await expect(answer).not.toContainText('none fits')
  })
})

test('retrieval: by map and by truth, and onto the map', async ({ app, page }) => {
  await app.open(
    await linkOf({ interpretTab: 'retrieval', focus: { kind: 'universe', id: 12 }, neighbourCount: 5 }),
  )
  const list = page.getByRole('region', { name: 'Universes like universe 12' })
  const rows = list.locator('tbody tr')
  await expect(rows).toHaveCount(5, { timeout: 60_000 })
  const onMap = await rows.first().textContent()
  await page.getByRole('radio', { name: 'spectrum' }).check({ force: true })
  await expect(rows.first()).not.toHaveText(onMap ?? '')
  await expect(page.getByText(/5 of them are among the 5 nearest/)).toBeVisible()

  const contours = page.getByRole('region', { name: 'Universes within the contours of the SM' })
  await expect(contours).toContainText('11.83')
  await page.getByRole('radio', { name: 'By distance' }).check({ force: true })
  await expect(contours).toContainText('9.000')
  await page.getByRole('button', { name: 'Show the universes within 1 sigma on the map' }).click()
  await app.ready()
  await expect.poll(() => app.selected()).toBeGreaterThan(0)
})

test('axe finds nothing on anomaly and retrieval: light and dark, wide and narrow', async ({ app, page }) => {
  test.slow() // two tabs
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await app.open(
    await linkOf({
      interpretTab: 'anomaly',
      shape: { kind: 'resonance', massGeV: 400, widthGeV: 20, strength: 0.2 },
    }),
  )
  await expect(page.getByTestId('fold')).toBeVisible({ timeout: 60_000 })
  await expectAccessible(app)
  await page.getByRole('tab', { name: 'Retrieval' }).click()
  await expect(page.getByTestId('retrieval')).toBeVisible({ timeout: 60_000 })
  await expectAccessible(app)
})
