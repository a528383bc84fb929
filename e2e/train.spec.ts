import { defaultIntent } from '../src/share/default-intent.ts'
import { encodeLink } from '../src/share/encode-link.ts'
import { formatCount } from '../src/views/common/format.ts'
import { expect, test } from './fixtures.ts'
import { AppPage, intentOf } from './pages/app-page.ts'

/** A small training on an engine that every browser has. */
const small = encodeLink({
  ...defaultIntent,
  view: 'train',
  model: 'pca-2',
  training: {
    ...defaultIntent.training,
    widths: [16, 8, 8],
    universesPerBatch: 8,
    replicasPerUniverse: 4,
    // Far more than the test waits for: it pauses, stops, and then asks for fewer.
    steps: 5000,
    patience: 1000,
    backend: 'cpu',
  },
})

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
  const stopped = page.getByText(/^Training of this set-up stopped at step [\d\s]+ of [\d\s]+/)
  const scrub = page.getByRole('slider', { name: 'Back to step' })
  await test.step('play until the second picture, pause, stop', async () => {
    await button('Play').click()
    await expect(scrub).toHaveAttribute('max', /^[1-9]/)
    await button('Pause').click()
    await expect(status).toHaveText(/^Paused at step \d/)
    await button('Stop').click()
    await expect(stopped).toBeVisible()
  })
  const [, told] = /at step (.*) of/.exec((await stopped.textContent()) ?? '') ?? []
  const at = Number(told.replaceAll(/\D/g, ''))
  const end = at + 30
  await test.step('fewer steps are the same training', async () => {
    const steps = page.getByRole('textbox', { name: 'steps', exact: true })
    await steps.fill(String(end))
    await steps.press('Enter')
    await expect.poll(async () => (await intentOf(new URL(page.url()).hash)).training.steps).toBe(end)
  })
  await test.step('a reload offers to go on, before a checkpoint that was damaged meanwhile', async () => {
    const steps = await page.evaluate(damageNewestCheckpoint)
    await page.reload()
    await expect(app.toasts).toContainText(`The checkpoint of step ${steps[0]} is damaged`)
    await expect(stopped).toContainText(`stopped at step ${formatCount(steps[1])} of`)
    await expect(stopped).toContainText(`of ${formatCount(end)}`)
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect(status).toHaveText(/^Finished [\d\s]+ steps\. Kept: step [\d\s]+, held-out loss [\d.]+/, {
      timeout: 60_000,
    })
    await expect(status).toContainText(`Finished ${formatCount(end)} steps`)
  })
  await test.step('scrub back and use the encoder', async () => {
    await scrub.focus()
    await page.keyboard.press('Home')
    await expect(scrub).toHaveAttribute('aria-valuetext', /^step \S+, held-out loss/)
    await page.getByRole('button', { name: 'Follow newest' }).click()
    await page.getByRole('button', { name: /^Use step \S+ on the map$/ }).click()
    await expect(app.explore).toHaveAttribute('data-model', own)
    await app.ready()
    expect(await app.points()).toBe(22_000)
    expect(await app.mapColours()).toBeGreaterThan(20)
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
