import { defaultLinkIntent, linkTo, type LinkIntent } from '../src/testing/links.ts'
import { writeFrame } from '../src/share/link-frame.ts'
import { expect, test } from './fixtures.ts'
import { AppPage, intentOf } from './pages/app-page.ts'

const linkOf = (patch: Partial<LinkIntent>) => linkTo({ model: 'pca-2', ...patch })

test('a shared link opens to the same analysis in another browser', async ({
  app,
  page,
  browser,
  baseURL,
}) => {
  await app.openReady(await linkOf({}))
  await app.setCoefficient('clq3', 0.004)
  await app.setCoefficient('cHWB', -0.06)
  await page.getByRole('radio', { name: 'linear + quadratic' }).check()
  await page.getByRole('combobox', { name: 'Colour by' }).selectOption('distance')
  await page.getByRole('checkbox', { name: 'contours' }).uncheck()
  await page.getByRole('radio', { name: 'pT' }).check()
  await app.button('Zoom in').click()
  await app.tool('Box').check()
  const { x, y, width, height } = await app.mapBox()
  await page.mouse.move(x + 0.4 * width, y + 0.4 * height)
  await page.mouse.down()
  await page.mouse.move(x + 0.6 * width, y + 0.55 * height, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => app.selected()).toBeGreaterThan(0)
  const selected = await app.selected()
  const link = await app.share()
  const sent = await intentOf(link)
  expect(sent.coefficients).toEqual({ clq3: 0.004, cHWB: -0.06 })
  expect(sent.selection?.kind).toBe('box')
  expect(link.length).toBeLessThan(2000)
  // Characters that chat and mail leave alone.
  expect(link).toMatch(/^#[\w.=&-]+$/)

  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } })
  const other = new AppPage(await context.newPage())
  await other.openReady(link)
  // Both pages at rest: the same window shows the dot on the same pixel.
  await expect.poll(() => other.livePlace()).toEqual(await app.livePlace())
  await expect.poll(() => other.selected()).toBe(selected)
  await expect(other.slider('clq3')).toHaveValue('0.004')
  await expect(other.page.getByRole('checkbox', { name: 'contours' })).not.toBeChecked()
  await expect(other.toasts).toHaveCount(0)
  expect(await intentOf(await other.share())).toEqual(sent)
  await context.close()
})

test('views have links of their own; back and forward go between them', async ({ app, page }) => {
  await app.openReady(await linkOf({ coefficients: { clq3: 0.004 } }))
  await app.nav('Data').click()
  await expect(page).toHaveURL(/view=data/)
  await expect(page).toHaveTitle(/^Data/)
  await page.goBack()
  await expect(page).toHaveTitle(/^Explore/)
  await expect(app.slider('clq3')).toHaveValue('0.004')
  await page.goForward()
  await expect(page).toHaveTitle(/^Data/)
})

test('damaged, foreign and newer links are told; the app works on', async ({ app, page }) => {
  const good = await linkOf({ coefficients: { clq3: 0.004 }, showContours: false })
  await app.openReady(good)
  const place = await app.livePlace()
  const toast = (text: RegExp) => app.toasts.filter({ hasText: text })
  const go = (hash: string) => page.evaluate((value) => void (window.location.hash = value), hash)
  /** A link that cannot be read changes nothing. */
  const unchanged = async () => {
    await expect.poll(() => app.livePlace()).toEqual(place)
    await expect(app.slider('clq3')).toHaveValue('0.004')
  }

  await test.step('truncated', async () => {
    await go(good.slice(0, -9))
    await expect(
      toast(/incomplete or damaged: \d+ of \d+ characters arrived. Copy the whole link/),
    ).toBeVisible()
    await unchanged()
  })
  await test.step('one character changed', async () => {
    await go(good.replace('data=dy', 'data=dx'))
    await expect(toast(/do not match their checksum/)).toBeVisible()
    await unchanged()
  })
  await test.step('a newer format', async () => {
    await go(`#${writeFrame(99, 'view=explore&dimension=4')}`)
    await expect(toast(/made by a newer version of the app: it has format 99/)).toBeVisible()
    await unchanged()
  })
  await test.step('markup, prototype keys and addresses are text or nothing', async () => {
    const hostile = `view=explore&__proto__=1&note=<img src=x onerror=alert(1)>&data=http://evil.example/x`
    await go(`#${encodeURI(writeFrame(1, hostile))}`)
    await expect(app.toasts.last()).toContainText(/is not a setting of this app|cannot be read|replaced|not/)
    await expect(page.locator('.toast img')).toHaveCount(0)
    expect(
      await page.evaluate(() => Object.prototype.hasOwnProperty.call(Object.prototype, 'polluted')),
    ).toBe(false)
  })
  await test.step('unknown keys are named, known ones used', async () => {
    await go(`#${writeFrame(1, 'view=explore&data=dy-nc-13tev&model=pca-2&c.clq3=0.002&warp=9')}`)
    await expect(toast(/"warp" is not a setting of this app; left out/)).toBeVisible()
    await expect(app.slider('clq3')).toHaveValue('0.002')
  })
  await test.step('a model that is not here gives way to the default', async () => {
    await go(await linkOf({ model: 'trained-seed1-step9-abcdef' }))
    await expect(toast(/was trained in another browser: a link names it but does not carry it/)).toBeVisible()
    await app.ready()
  })
  await test.step('and the app works', async () => {
    const before = await app.livePlace()
    await app.setCoefficient('cHWB', 0.1)
    await expect.poll(async () => (await app.livePlace()).x).not.toBeCloseTo(before.x, 0)
  })
})

test('a truncated link opens what it plainly says', async ({ app }) => {
  const link = await linkOf({ coefficients: { clq3: 0.004 }, showContours: false, colourBy: 'clq3' })
  await app.openReady(link.slice(0, -4))
  await expect(app.toasts).toContainText('incomplete or damaged')
  await expect(app.slider('clq3')).toHaveValue('0.004')
})

test('fifty address changes in a second end at the last one', async ({ app, page }) => {
  await app.openReady(await linkOf({}))
  const links = await Promise.all(
    Array.from({ length: 50 }, (_, i) => linkOf({ coefficients: { clq3: (i + 1) / 10_000 } })),
  )
  await page.evaluate(async (hashes) => {
    for (const hash of hashes) {
      window.location.hash = hash
      await new Promise((done) => setTimeout(done, 20))
    }
  }, links)
  await expect(app.slider('clq3')).toHaveValue('0.005')
  await expect(app.toasts).toHaveCount(0)
  expect(await intentOf(await app.share())).toMatchObject({ coefficients: { clq3: 0.005 } })
})

test('back and forward through many links leave a training alone', async ({ app, page }) => {
  await app.open(
    await linkOf({
      view: 'train',
      training: {
        ...defaultLinkIntent.training,
        steps: 50_000,
        patience: 1000,
        backend: 'cpu',
        widths: [16, 8],
        universesPerBatch: 8,
        replicasPerUniverse: 4,
      },
    }),
  )
  const controls = page.getByRole('group', { name: 'Training', exact: true })
  const play = controls.getByRole('button', { name: 'Play', exact: true })
  await expect(play).toBeEnabled({ timeout: 40_000 })
  await play.click()
  const step = async () =>
    Number((await page.getByText(/^step [\d\s]+ of 50/).textContent())?.replaceAll(/\D/g, '').slice(0, -5))
  await expect.poll(step, { timeout: 60_000 }).toBeGreaterThan(0)

  for (let i = 0; i < 9; i++) {
    await app.nav(i % 2 ? 'Train' : 'Data').click()
    await expect(page).toHaveURL(i % 2 ? /view=train/ : /view=data/)
  }
  for (let i = 0; i < 4; i++) await page.goBack()
  for (let i = 0; i < 4; i++) await page.goForward()
  await expect(page).toHaveTitle(/^Data/)
  await app.nav('Train').click()
  const before = await step()
  await expect.poll(step).toBeGreaterThan(before)
  await controls.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(app.toasts).toHaveCount(0)
})
