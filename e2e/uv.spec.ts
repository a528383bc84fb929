import { expectNoAxeFaults } from './accessible.ts'
import { expect, test } from './fixtures.ts'
import { intentOf } from './pages/app-page.ts'

test('a UV model moves the sliders, draws its line, travels in a link and is undone in steps', async ({
  app,
  page,
}) => {
  await app.openReady()
  const before = await app.livePlace()
  await page.getByRole('tab', { name: 'UV models' }).click()
  const choose = page.getByLabel('Heavy field, integrated out at tree level')
  await choose.selectOption('B')
  await expect(page.getByText('contact terms that grow with energy')).toBeVisible()
  await expect(page.locator('.map-path polyline').first()).toHaveAttribute('points', /,/)
  const chosen = await app.livePlace()
  expect(chosen).not.toEqual(before)

  const mass = page.getByRole('textbox', { name: 'Mass M value' })
  await mass.click() // the field then shows its full digits
  await mass.fill('2')
  await mass.press('Enter')
  await expect.poll(() => app.livePlace()).not.toEqual(chosen)
  await expect(page.getByText(/lies below the last mℓℓ edge/)).toBeVisible()

  const link = await app.share()
  const intent = await intentOf(link)
  expect(intent.uv).toEqual({ model: 'B', couplings: {}, massTeV: 2 })
  expect(intent.coefficients.clq1).toBeCloseTo(-0.09 / 4, 12)

  await app.button('Undo').click()
  await expect(mass).toHaveValue('3.00')
  await app.button('Undo').click()
  await expect(choose).toHaveValue('')
  await expect(page.locator('.map-path')).toHaveCount(0)
  await expect.poll(() => app.livePlace()).toEqual(before)

  await choose.selectOption('S')
  await expect(page.getByText('does not touch Drell-Yan', { exact: false })).toBeVisible()
  await expect.poll(() => app.livePlace()).toEqual(before)

  await expectNoAxeFaults(app)

  await app.open('#')
  await app.openReady(link)
  await expect(page.getByRole('textbox', { name: 'Mass M value' })).toHaveValue('2.00')
  await expect(page.locator('.map-path').first()).toBeVisible()
})

test('WCxf files go in and out', async ({ app, page }) => {
  await app.openReady()
  await page.getByRole('tab', { name: 'UV models' }).click()
  const yaml = 'eft: SMEFT\nbasis: Warsaw\nscale: 1000\nvalues:\n  lq3_1111: 5.0e-9\n  uphi_33: 1.0e-8\n'
  await app.drop([{ name: 'point.yml', bytes: new TextEncoder().encode(yaml) }])
  const panel = page.getByRole('region', { name: 'WCxf' })
  await expect(panel.getByText(/lq3 is not the same for all families/)).toBeVisible()
  await expect(panel.getByRole('row', { name: /uphi_33/ })).toContainText('not seen by Drell-Yan')
  await page.getByRole('tab', { name: 'Coefficients' }).click()
  expect(Number(await app.slider('clq3').inputValue())).toBeCloseTo(0.005, 9)

  await page.getByRole('tab', { name: 'UV models' }).click()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save sliders as WCxf JSON' }).click(),
  ])
  expect(saved.suggestedFilename()).toBe('theoryscape.wcxf.json')
  const stream = await saved.createReadStream()
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  const file = JSON.parse(Buffer.concat(chunks).toString()) as { values: Record<string, number> }
  expect(file.values.lq3_2211).toBe(5e-9)
})
