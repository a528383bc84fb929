import type { Page } from '@playwright/test'
import { defaultLinkIntent, linkTo } from '../src/testing/links.ts'
import { formatCount } from '../src/ui/common/format.ts'
import { expect, test } from './fixtures.ts'
import { AppPage, intentOf } from './pages/app-page.ts'

/** A small training on an engine that every browser has. */
const small = linkTo({
  view: 'train',
  model: 'pca-2',
  training: {
    ...defaultLinkIntent.training,
    widths: [16, 8, 8],
    universesPerBatch: 8,
    replicasPerUniverse: 4,
    // Far more than the test waits for: it pauses, stops, and then asks for fewer.
    steps: 5000,
    patience: 1000,
    backend: 'cpu',
  },
})

/** The step that "Paused at step 1 200 of 5 000. ..." names. */
function stepOf(status: string | null): number {
  const [, step] = /at step (.*) of/.exec(status ?? '') ?? []
  return Number(step.replaceAll(/\D/g, ''))
}

/** Steps of the checkpoints that the page has stored. */
async function savedSteps(): Promise<number[]> {
  const done = (request: IDBRequest) =>
    new Promise((resolve, reject) => {
      request.onsuccess = resolve
      request.onerror = reject
    })
  const opening = indexedDB.open('theoryscape')
  await done(opening)
  const table = opening.result.transaction('checkpoints').objectStore('checkpoints')
  const all: IDBRequest<{ step: number }[]> = table.getAll()
  await done(all)
  opening.result.close()
  return all.result.map(({ step }) => step)
}

/** Flips one bit of the newest checkpoint that the page has stored. @returns steps of all, newest first */
async function damageNewestCheckpoint(): Promise<number[]> {
  const done = (request: IDBRequest) =>
    new Promise((resolve, reject) => {
      request.onsuccess = resolve
      request.onerror = reject
    })
  const opening = indexedDB.open('theoryscape')
  await done(opening)
  const table = opening.result.transaction('checkpoints', 'readwrite').objectStore('checkpoints')
  const all: IDBRequest<{ step: number; savedAt: number; checkpoint: Uint8Array }[]> = table.getAll()
  await done(all)
  const saved = all.result.sort((a, b) => b.savedAt - a.savedAt)
  saved[0].checkpoint[saved[0].checkpoint.length >> 1] ^= 1
  await done(table.put(saved[0]))
  opening.result.close()
  return saved.map(({ step }) => step)
}

test('trains: step, play, pause, stop, resume after a reload, finish, scrub, use on the map', async ({
  app,
  page,
  browser,
}) => {
  test.slow() // two trainings of some thousand steps, four reloads
  const controls = page.getByRole('group', { name: 'Training', exact: true })
  const button = (name: string) => controls.getByRole('button', { name, exact: true })
  const status = controls.getByRole('status')
  await app.open(await small)
  await expect(button('Play')).toBeEnabled({ timeout: 40_000 })
  await expect(page.getByText('not saved', { exact: true })).toHaveCount(0)

  await test.step('step by step', async () => {
    await button('Step').click()
    await expect(status).toHaveText(/^Paused at step 1\b/)
    await button('Step').click()
    await expect(status).toHaveText(/^Paused at step 2\b/)
  })
  await test.step('settings of a training are fixed while it runs', async () => {
    await expect(page.getByRole('textbox', { name: 'seed' })).toBeDisabled()
  })
  const own = /^trained-seed1-step\d+-[0-9a-f]{12}$/
  const stopped = controls.getByText(/^Paused at step [\d\s]+ of [\d\s]+\. Play goes on from there\./)
  const scrub = page.getByRole('slider', { name: 'Back to step' })
  await test.step('play until the second picture, pause, stop', async () => {
    await button('Play').click()
    await expect(scrub).toHaveAttribute('max', /^[1-9]/)
    await button('Pause').click()
    await expect(status).toHaveText(/^Paused at step \d/)
    await button('Stop').click()
    await expect(stopped).toBeVisible()
  })
  const at = stepOf(await stopped.textContent())
  // Further than a training begun again comes before a click on Stop.
  const end = at + 1000
  await test.step('fewer steps are the same training', async () => {
    const steps = page.getByRole('textbox', { name: 'steps', exact: true })
    await steps.fill(String(end))
    await steps.press('Enter')
    await expect.poll(async () => (await intentOf(new URL(page.url()).hash)).training.steps).toBe(end)
  })
  await test.step('after a reload it stands where it stood, before a checkpoint that was damaged meanwhile', async () => {
    const steps = await page.evaluate(damageNewestCheckpoint)
    await page.reload()
    await expect(app.toasts).toContainText(`The checkpoint of step ${steps[0]} is damaged`)
    await expect(stopped).toContainText(`at step ${formatCount(steps[1])} of ${formatCount(end)}`)
    // Its map and its curves, with no click.
    await expect(scrub).toHaveAttribute('aria-valuetext', new RegExp(`^step ${steps[1]}, held-out loss \\d`))
    await expect(page.getByRole('region', { name: 'Loss' }).locator('.js-plotly-plot')).toBeVisible()
    await button('Play').click()
    await expect(status).toHaveText(/^Finished [\d\s]+ steps\. Kept: step [\d\s]+, held-out loss [\d.]+/, {
      timeout: 60_000,
    })
    await expect(status).toContainText(`Finished ${formatCount(end)} steps`)
    await expect.poll(() => page.evaluate(savedSteps)).toContain(end)
  })
  await test.step('a reload shows a finished training as finished', async () => {
    await page.reload()
    await expect(status).toContainText(`Finished ${formatCount(end)} steps. Kept: step`)
    await expect(button('Play')).toHaveCount(0)
    await expect(button('Start again')).toBeEnabled()
    await expect(page.getByRole('button', { name: /^Use step .+ on the map$/ })).toBeVisible()
  })
  await test.step('begun again, what came further stays and comes back', async () => {
    const steps = page.getByRole('textbox', { name: 'steps', exact: true })
    await steps.fill('5000')
    await steps.press('Enter')
    const paused = `Paused at step ${formatCount(end)} of ${formatCount(5000)}`
    await expect(status).toContainText(paused)
    await button('Start again').click()
    await expect(status).not.toContainText(paused)
    await expect(scrub).toHaveAttribute('max', /^[1-9]/)
    await button('Stop').click()
    const again = stepOf(await stopped.textContent())
    expect(again).toBeLessThan(end)
    await expect.poll(() => page.evaluate(savedSteps)).toContain(again)
    await page.reload()
    await expect(stopped).toBeVisible()
    await page.getByRole('button', { name: `Back to step ${formatCount(end)}` }).click()
    await expect(status).toContainText(paused)
    await expect(button('Play')).toBeEnabled()
  })
  await test.step('scrub back and use the encoder', async () => {
    await scrub.focus()
    await page.keyboard.press('Home')
    await expect(scrub).toHaveAttribute('aria-valuetext', /^step .+, held-out loss/)
    await page.getByRole('button', { name: 'Follow newest' }).click()
    await page.getByRole('button', { name: /^Use step .+ on the map$/ }).click()
    await expect(app.explore).toHaveAttribute('data-model', own)
    await app.ready()
    await expect.poll(() => app.points()).toBe(22_000)
    await expect.poll(() => app.mapColours()).toBeGreaterThan(20)
  })
  await test.step('a reload of its link shows it again; another browser says how to get it', async () => {
    const model = await app.explore.getAttribute('data-model')
    const link = await app.share()
    await page.reload()
    await app.ready()
    await expect(app.explore).toHaveAttribute('data-model', model ?? '')
    await expect(app.toasts).toHaveCount(0)
    const elsewhere = await browser.newContext()
    const other = new AppPage(await elsewhere.newPage())
    await other.page.goto(new URL(link, page.url()).href)
    await expect(other.toasts).toContainText(`"${model}" was trained in another browser`)
    await other.ready()
    await expect(other.explore).toHaveAttribute('data-model', 'dy-supcon-2d')
    await elsewhere.close()
  })
})

test('where the browser stores nothing, that is said, and a training runs in memory', async ({
  app,
  page,
}) => {
  await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }))
  await app.open(await small)
  const controls = page.getByRole('group', { name: 'Training', exact: true })
  await expect(page.getByText('not saved', { exact: true })).toBeVisible({ timeout: 40_000 })
  await controls.getByRole('button', { name: 'Step', exact: true }).click()
  await expect(controls.getByRole('status')).toHaveText(/^Paused at step 1\b/)
})

test('two tabs on one training: one trains, the other is told, then goes on from where the first came to', async ({
  app,
  page,
  context,
}) => {
  const of = (tab: Page) => {
    const controls = tab.getByRole('group', { name: 'Training', exact: true })
    return {
      tab,
      status: controls.getByRole('status'),
      button: (name: string) => controls.getByRole('button', { name, exact: true }),
      toasts: new AppPage(tab).toasts,
    }
  }
  /** Step of the newest picture, with a space at thousands. */
  const stepShown = async ({ tab }: ReturnType<typeof of>) =>
    Number((await tab.locator('.train-step').textContent())?.replaceAll(/\D/g, ''))
  await app.open(await small)
  const one = of(page)
  await expect(one.button('Play')).toBeEnabled({ timeout: 40_000 })
  await one.button('Play').click()
  // What the second tab is to show is stored, not only drawn in the first.
  await expect.poll(() => one.tab.evaluate(savedSteps), { timeout: 40_000 }).not.toEqual([])

  const two = of(await context.newPage())
  await two.tab.goto(page.url())
  await two.button('Play').click({ timeout: 40_000 })
  await expect(two.toasts.filter({ hasText: 'being trained in another tab of this browser' })).toHaveCount(1)
  await expect(two.button('Pause')).toHaveCount(0)

  // The first goes on, and is stopped further on than what the second has read.
  const read = await stepShown(two)
  await expect.poll(() => stepShown(one), { timeout: 40_000 }).toBeGreaterThan(read)
  await one.button('Stop').click()
  await expect(one.status).toHaveText(/^Paused at step .+ of /)
  const at = stepOf(await one.status.textContent())
  const goesOn = two.toasts.filter({ hasText: 'goes on from there' })
  await expect(async () => {
    // Not before the first tab has stored what it came to.
    await two.button('Play').click()
    await expect(goesOn).toContainText(`to step ${at}:`, { timeout: 5_000 })
  }).toPass()
  await expect.poll(() => stepShown(two), { timeout: 40_000 }).toBeGreaterThanOrEqual(at)
  await expect(two.button('Pause')).toBeVisible()
})

test('a browser that stores no more: said, and the badge stays', async ({ app, page }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('no room', 'QuotaExceededError')
    }
  })
  await app.open(await small)
  const controls = page.getByRole('group', { name: 'Training', exact: true })
  await controls.getByRole('button', { name: 'Play', exact: true }).click({ timeout: 40_000 })
  await expect(app.toasts.filter({ hasText: 'was not saved' })).toHaveCount(1)
  const badge = page.getByText('not saved', { exact: true })
  await expect(badge).toBeVisible()
  await controls.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(badge).toBeVisible()
})

test('storage deleted while the page is open: said, the badge stays, and the training goes on', async ({
  app,
  page,
}) => {
  await app.open(await small)
  const controls = page.getByRole('group', { name: 'Training', exact: true })
  await controls.getByRole('button', { name: 'Step', exact: true }).click({ timeout: 40_000 })
  const status = controls.getByRole('status')
  await expect(status).toHaveText(/^Paused at step 1\b/, { timeout: 40_000 })
  const badge = page.getByText('not saved', { exact: true })
  await expect(badge).toHaveCount(0)
  const left = await page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name!)
    for (const name of names)
      await new Promise((done, fail) => {
        const request = indexedDB.deleteDatabase(name)
        request.onsuccess = done
        request.onerror = fail
      })
    return [names.includes('theoryscape'), (await indexedDB.databases()).length]
  })
  expect(left).toEqual([true, 0])
  await controls.getByRole('button', { name: 'Play', exact: true }).click()
  await expect(app.toasts.filter({ hasText: 'was not saved' })).toHaveCount(1)
  await expect(badge).toBeVisible()
  await controls.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(status).toHaveText(/^Paused at step \d+/)
  await controls.getByRole('button', { name: 'Play', exact: true }).click()
  await expect(status).toHaveText(/ms\/step/, { timeout: 40_000 })
  await controls.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(badge).toBeVisible()
})
