import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defaultLinkIntent, linkTo } from '../src/testing/links.ts'
import { setupSchema } from '../src/studies/drell-yan/intent.ts'
import { expect, test } from './fixtures.ts'
import { intentOf } from './pages/app-page.ts'
import { dist, serveDist } from './pages/static-server.ts'

test.describe('opened from a file', () => {
  // Modules are refused there, which the console says.
  test.use({ provoked: /file:\/\/|origin 'null'|ERR_FAILED/ })

  test('the page says that it needs a server, and how to have one', async ({ page }) => {
    await page.goto(pathToFileURL(join(dist, 'index.html')).href)
    await expect(page.getByRole('alert')).toContainText('needs a web server')
    await expect(page.getByRole('alert')).toContainText('python3 -m http.server')
  })
})

test.describe('a release while the page is open', () => {
  test.use({
    provoked: /Failed to load resource|dynamically imported module|This part of the page could not/,
  })

  test('a view whose file is gone offers to load the page again, which brings back the analysis', async ({
    app,
    page,
  }) => {
    await app.openReady()
    await app.setCoefficient('clq3', 0.006)
    let gone = true
    await page.route(/TrainView-.*\.js/, (route) =>
      gone ? route.fulfill({ status: 404, contentType: 'text/html', body: 'Not found' }) : route.continue(),
    )
    await app.nav('Train').click()
    await expect(app.alert).toContainText('the site was updated')
    const reload = app.button('Reload page')
    await expect(reload).toBeVisible()
    // The address follows a moment later.
    await expect.poll(async () => (await intentOf(new URL(page.url()).hash)).view).toBe('train')
    gone = false
    await reload.click()
    await expect(page).toHaveTitle(/^Train/)
    await expect(page.getByRole('group', { name: 'Training', exact: true })).toBeVisible({ timeout: 40_000 })
    await app.nav('Explore').click()
    await expect(app.slider('clq3')).toHaveValue('0.006')
  })
})

test.describe('a link to other data', () => {
  const others = { dataHash: '0123456789abcdef' }

  test('opened with it, the page shows the data that are here, and the map bears it until something else is open', async ({
    app,
    page,
  }) => {
    const link = await linkTo({ coefficients: { clq3: 0.006 } }, others)
    await app.open(link)
    await app.ready()
    const toast = app.toasts.filter({ hasText: 'another version of dataset' })
    const badge = page.getByText('not the data of the link', { exact: true })
    await expect(toast).toContainText(
      /made with another version of dataset dy-nc-13tev: 0123456789ab[0-9a-f]*, this page has/,
    )
    await expect(badge).toBeVisible()
    await toast.getByRole('button', { name: 'Keep what is here, marked' }).click()
    await expect(app.toasts).toHaveCount(0)
    await expect(badge).toBeVisible()
    await expect(app.slider('clq3')).toHaveValue('0.006')
    await app.dataset.selectOption('cms-dy-13tev-43')
    await expect(app.explore).toHaveAttribute('data-dataset', 'cms-dy-13tev-43', { timeout: 40_000 })
    await expect(badge).toHaveCount(0)
  })

  test('opened with it, the reader leaves it for what the page opens with', async ({ app, page }) => {
    await app.open(await linkTo({ coefficients: { clq3: 0.006 } }, others))
    await app.ready()
    await app.toasts.getByRole('button', { name: 'Open without the link' }).click()
    await expect(app.slider('clq3')).toHaveValue('0')
    await expect(page.getByText('not the data of the link', { exact: true })).toHaveCount(0)
    await expect(app.toasts).toHaveCount(0)
  })

  test('followed from an analysis, that analysis comes back whole, with the files that were dropped', async ({
    app,
    page,
  }) => {
    await app.openReady(await linkTo({ coefficients: { clq3: 0.004 } }))
    await app.drop([{ name: 'mine.csv', bytes: new TextEncoder().encode(Array(71).fill('5').join(',')) }])
    await expect(page.locator('.map-dropped')).toHaveCount(1)
    const paths = await app.livePaths()
    const link = await linkTo({ view: 'data', dataset: 'cms-dy-13tev', model: 'cms-supcon-2d' }, others)
    await page.evaluate((hash) => void (window.location.hash = hash), link)
    const toast = app.toasts.filter({ hasText: 'another version of dataset cms-dy-13tev' })
    await toast.getByRole('button', { name: 'Go back to what was open' }).click({ timeout: 40_000 })
    await expect(app.toasts).toHaveCount(0)
    await app.ready()
    await expect(app.explore).toHaveAttribute('data-dataset', 'dy-nc-13tev')
    await expect(app.slider('clq3')).toHaveValue('0.004')
    await expect(page.locator('.map-dropped')).toHaveCount(1)
    await expect(page.getByText('not the data of the link', { exact: true })).toHaveCount(0)
    await expect.poll(() => app.livePaths()).toEqual(paths)
  })
})

test('a slow network: the shell within 5 s, and nothing that is there moves', async ({ app, page }) => {
  const host = await serveDist('/sub/', 0, undefined, true)
  const network = await page.context().newCDPSession(page)
  await network.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 400 },
    ...{ downloadThroughput: (250 * 1000) / 8, uploadThroughput: (50 * 1000) / 8 },
  })
  await page.addInitScript(() => {
    const shifts: number[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
        shifts.push(entry.value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(host.address, { waitUntil: 'commit' })
  await expect(app.nav('Train')).toBeVisible({ timeout: 60_000 })
  const paint = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint').at(0)?.startTime ?? Infinity,
  )
  expect(paint).toBeLessThan(5000)
  const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)
  expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.1)
  await host.close()
})

test.describe('names and texts of files', () => {
  const rows = 2000
  const columns = ['קטגוריה', ...Array.from({ length: 71 }, (_, bin) => `bin${bin}`)]
  const line = (k: number) => [
    `🧪 ${k} ${k === 7 ? 'long '.repeat(2000) : 'ארוך'}`,
    ...Array<number>(71).fill(5),
  ]
  const file = {
    name: `\u202e${'🧪 ניסוי my_data_v2 '.repeat(500)}.csv`,
    bytes: new TextEncoder().encode([columns, ...Array.from({ length: rows }, (_, k) => line(k))].join('\n')),
  }

  for (const [colorScheme, width] of [
    ['light', 1440],
    ['dark', 390],
  ] as const)
    test(`of any script and length, and thousands of categories: read, cut, nothing moved (${width} px); the figure is exported at its size`, async ({
      app,
      page,
    }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 844 })
      await app.openReady()
      await app.drop([file])
      const marks = page.locator('.map-dropped')
      await expect(marks).toHaveCount(200) // of 2,000 rows; the Data view lists all
      const labels = await page.locator('.map-label').allTextContents()
      // Left out where there is no room.
      expect(labels.filter((label) => label.includes('🧪')).length).toBeLessThanOrEqual(1)
      for (const label of labels) expect(label.length).toBeLessThanOrEqual(40)
      expect(await page.evaluate(() => document.body.innerText)).not.toContain('\u202e')
      expect(await app.sidewaysScroll()).toBeLessThanOrEqual(0)
      const spectrum = page.getByRole('region', { name: 'Spectrum' })
      const named = spectrum.getByText(/🧪 ניסוי.*csv$/u).first()
      await expect(named).toBeVisible()
      await spectrum.screenshot({ path: test.info().outputPath('spectrum.png') })
      await page.screenshot({ path: test.info().outputPath('page.png') })

      const saved: Record<string, Buffer> = {}
      for (const format of ['PNG', 'SVG']) {
        await spectrum.getByRole('button', { name: /^Export/ }).click()
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('menuitem', { name: format, exact: true }).click(),
        ])
        saved[format] = readFileSync(await download.path())
      }
      const picture = await page.evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
        const { width, height } = bitmap
        const context = new OffscreenCanvas(width, height).getContext('2d')
        if (!context) throw new Error('no 2-D canvas')
        context.drawImage(bitmap, 0, 0)
        return { width, height, corner: [...context.getImageData(0, 0, 1, 1).data] }
      }, saved.PNG.toString('base64'))
      // On paper in either theme, opaque; the file's 2,000 rows make neither picture larger.
      expect(picture.corner).toEqual([255, 255, 255, 255])
      expect(picture.width * picture.height).toBeLessThan(4_000_000)
      expect(saved.SVG.length).toBeLessThan(400_000)
      expect(saved.SVG.toString()).not.toContain('\u202e')
    })
})

test.describe('storage between two visits', () => {
  const small = linkTo({ view: 'train', training: { ...defaultLinkIntent.training, steps: 20 } })

  test('deleted by the browser: said at the next visit', async ({ app, page }) => {
    await app.open(await small)
    const controls = page.getByRole('group', { name: 'Training', exact: true })
    await controls.getByRole('button', { name: 'Play', exact: true }).click({ timeout: 40_000 })
    await expect(controls.getByRole('status')).toHaveText(/^Finished 20 steps/, { timeout: 60_000 })
    const said = app.toasts.filter({ hasText: 'This browser has deleted what this page had kept' })
    await expect(said).toHaveCount(0)
    await page.goto('./reset.html')
    await page.evaluate(async () => {
      for (const { name } of await indexedDB.databases())
        await new Promise((done) => {
          const request = indexedDB.deleteDatabase(name!)
          request.onsuccess = request.onblocked = done
        })
    })
    await app.open(await small)
    await expect(said).toHaveCount(1)
  })

  test('written by a later version: left alone, said, and the badge "not saved"', async ({ app, page }) => {
    await page.goto('./reset.html')
    await page.evaluate(
      () =>
        new Promise<void>((done, fail) => {
          const request = indexedDB.open('theoryscape', 7)
          request.onupgradeneeded = () => request.result.createObjectStore('checkpoints', { keyPath: 'id' })
          request.onerror = () => fail(request.error)
          request.onsuccess = () => {
            request.result.close()
            done()
          }
        }),
    )
    await app.open(await small)
    await expect(app.toasts.filter({ hasText: 'A later version of this page' })).toHaveCount(1)
    await expect(page.getByText('not saved', { exact: true })).toBeVisible({ timeout: 40_000 })
    expect(
      await page.evaluate(
        async () => (await indexedDB.databases()).find(({ name }) => name === 'theoryscape')?.version,
      ),
    ).toBe(7)
  })
})

test('360 px wide, from right to left, in words twice as long, in forced colours: no view loses a function', async ({
  app,
  page,
}) => {
  test.slow() // five views
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 360, height: 640 }) // 1440 px at 400 %
  await app.openReady()
  /** How far the page can be moved sideways, and what of its buttons lies beyond its edges. */
  const beyond = () =>
    page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      const scrolls = (element: Element): boolean => {
        for (let at = element.parentElement; at; at = at.parentElement)
          if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at !== document.documentElement)
            return true
        return false
      }
      const lost = [...document.querySelectorAll('button:not(.skip-link), select, input')].filter(
        (element) => {
          const { left, right, width } = element.getBoundingClientRect()
          return width > 0 && (right > clientWidth + 1 || left < -1) && !scrolls(element)
        },
      )
      return {
        sideways: scrollWidth - clientWidth,
        lost: lost.map((element) => element.getAttribute('aria-label') ?? element.textContent?.slice(0, 60)),
      }
    })
  for (const view of ['Explore', 'Interpret', 'Train', 'Fit', 'Data'] as const)
    await test.step(view, async () => {
      await app.nav(view).click()
      await expect(page).toHaveTitle(new RegExp(`^${view}`))
      await expect(page.locator('main .panel').first()).toBeVisible()
      expect(await beyond()).toEqual({ sideways: 0, lost: [] })
      await page.evaluate(() => {
        document.documentElement.dir = 'rtl'
      })
      expect(await beyond(), 'from right to left').toEqual({ sideways: 0, lost: [] })
      const longer = await page.evaluateHandle(() => {
        document.documentElement.dir = 'ltr'
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        const all: Text[] = []
        while (texts.nextNode()) all.push(texts.currentNode as Text)
        const longer = all.filter(
          (text) => /\p{L}{2}/u.test(text.data) && !text.parentElement?.closest('svg, option'),
        )
        return longer.map((text) => {
          const { data } = text
          text.data += ` ${data}`
          return { text, data }
        })
      })
      expect(await beyond(), 'words twice as long').toEqual({ sideways: 0, lost: [] })
      await app.nav('Explore').click()
      await expect(page).toHaveTitle(/^Explore/)
      // What stays for the next view, as the bar of views does, has its own words again.
      await longer.evaluate((all) => all.forEach(({ text, data }) => (text.data = data)))
    })
})

test('every script of the built page is one that its policy names', () => {
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  expect(html).not.toContain('sha256-of-inline-script')
  expect(readdirSync(join(dist, 'assets')).length).toBeGreaterThan(10)
})

test('among as many universes as the page makes, neighbours in any space are exact and the page answers', async ({
  app,
  page,
}) => {
  const universes = 20_000
  await app.open(
    await linkTo({
      ...{ setup: setupSchema.parse({ universes, replicasPerUniverse: 1 }), model: 'pca-2' },
      ...{ neighbourSpace: 'spectrum', neighbourCount: 100 },
      panels: { ...defaultLinkIntent.panels, inspector: 'neighbours' },
    }),
  )
  await app.ready()
  await expect.poll(() => app.points()).toBe(2 * universes)
  const tasks = await page.evaluateHandle(() => {
    const seen = [0]
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.push(duration)
    }).observe({ type: 'longtask' })
    return seen
  })
  const nearest = (space: RegExp) =>
    page.getByText(new RegExp(`n = 100 nearest of 20.000 in ${space.source}.*exact`))
  await app.tab('Neighbours').click()
  await expect(nearest(/spectrum space/)).toBeVisible()
  for (const [name, space] of [
    ['latent', /latent space/],
    ['Wilson', /Wilson/],
    ['spectrum', /spectrum space/],
  ] as const) {
    await page.getByRole('radio', { name: new RegExp(name, 'i') }).check()
    await expect(nearest(space)).toBeVisible()
  }
  expect(Math.max(...(await tasks.jsonValue())), 'longest task [ms]').toBeLessThan(1000)
})
