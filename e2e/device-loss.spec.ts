import { defaultLinkIntent, linkTo } from '../src/testing/links.ts'
import { expect, test } from './fixtures.ts'

/** Enough for a first evaluation after the losses: steps are then counted one by one. */
const steps = 200
const link = (backend: 'webgl' | 'kernels') =>
  linkTo({
    view: 'train',
    model: 'pca-2',
    training: {
      ...defaultLinkIntent.training,
      ...{ widths: [8], universesPerBatch: 4, replicasPerUniverse: 2, steps, patience: 1000, backend },
    },
  })

/** In the worker: the context of the next picture that is drawn is taken away in the midst of it. */
function loseNextContext(): void {
  const { prototype } = WebGL2RenderingContext
  const draw = Object.getOwnPropertyDescriptor(prototype, 'drawElements')
  if (!draw) throw new Error('this browser draws no elements')
  prototype.drawElements = function (...what: Parameters<typeof prototype.drawElements>) {
    Object.defineProperty(prototype, 'drawElements', draw)
    this.getExtension('WEBGL_lose_context')?.loseContext()
    this.drawElements(...what)
  }
}

interface Drawn {
  programs: number
  pictures: number
  /** Of the largest picture [texels]. */
  largest: number
}

/** In the worker: the driver takes its time for the first program; what is drawn is counted. */
function slowPrograms(milliseconds: number): void {
  const { prototype } = WebGL2RenderingContext
  const own = (name: 'linkProgram' | 'viewport' | 'drawElements') =>
    Object.getOwnPropertyDescriptor(prototype, name)?.value as (...what: unknown[]) => void
  const [link, viewport, draw] = [own('linkProgram'), own('viewport'), own('drawElements')]
  const drawn: Drawn = { programs: 0, pictures: 0, largest: 0 }
  Object.assign(globalThis, { drawn })
  prototype.linkProgram = function (...what) {
    const end = performance.now() + (drawn.programs++ === 0 ? milliseconds : 0)
    while (performance.now() < end);
    link.apply(this, what)
  }
  prototype.viewport = function (...what) {
    drawn.largest = Math.max(drawn.largest, what[2] * what[3])
    viewport.apply(this, what)
  }
  prototype.drawElements = function (...what) {
    drawn.pictures++
    draw.apply(this, what)
  }
}

// Chromium reports what was asked of a context that is gone.
test.use({ provoked: /WebGL|CONTEXT_LOST/ })

test('a training outlives its graphics card: the same losses, and at the third loss the processor', async ({
  app,
  page,
}) => {
  const controls = page.getByRole('group', { name: 'Training', exact: true })
  const button = (name: string) => controls.getByRole('button', { name, exact: true })
  const status = controls.getByRole('status')
  const step = async (at: number) => {
    await button('Step').click()
    await expect(status).toHaveText(new RegExp(`^Paused at step ${at}\\b`), { timeout: 40_000 })
  }
  const finish = async (start: string): Promise<number> => {
    await page.getByRole('button', { name: start, exact: true }).click()
    await expect(status).toHaveText(/^Finished 200 steps.*held-out loss \d/, { timeout: 60_000 })
    const [, loss] = /held-out loss (\d+\.\d+)/.exec((await status.textContent()) ?? '') ?? []
    return Number(loss)
  }
  await app.open(await link('webgl'))
  await expect(button('Play')).toBeEnabled({ timeout: 40_000 })
  await step(1)
  const [, worker] = page.workers()
  for (const [losses, engine] of [
    [1, 'webgl'],
    [2, 'webgl'],
    [3, 'kernels'],
  ] as const) {
    await worker.evaluate(loseNextContext)
    await step(losses + 1)
    await expect(
      app.toasts.filter({ hasText: `lost at step ${losses + 1}` }),
      'one sentence per loss',
    ).toContainText(`The step was made again on ${engine}`)
  }
  const afterLosses = await finish('Play')
  await app.open(await link('kernels'))
  await page.reload()
  const withoutLoss = await finish('Start again')
  expect(afterLosses / withoutLoss).toBeCloseTo(1, 2)
})

test('a driver that takes seconds for a program: said, the page answers, and a step is many small pictures', async ({
  app,
  page,
}) => {
  const controls = page.getByRole('group', { name: 'Training', exact: true })
  const status = controls.getByRole('status')
  await app.open(await link('webgl'))
  const play = controls.getByRole('button', { name: 'Play', exact: true })
  await expect(play).toBeEnabled({ timeout: 40_000 })
  // The view begins the worker of a training before Play is pressed: all that are there, and those that come.
  page.on('worker', (begun) => void begun.evaluate(slowPrograms, 2500))
  await Promise.all(page.workers().map((begun) => begun.evaluate(slowPrograms, 2500)))
  await play.click()
  await expect(status).toHaveText('Making the first step, for which the graphics card compiles its programs')
  const answered = await page.evaluate(async () => {
    const begin = performance.now()
    await new Promise(requestAnimationFrame)
    return performance.now() - begin
  })
  expect(answered, 'the page draws in the meantime [ms]').toBeLessThan(1500)
  await expect(status).toHaveText(/ms\/step|^Finished/, { timeout: 40_000 })
  const counts = await Promise.all(
    page
      .workers()
      .map((each) => each.evaluate(() => (globalThis as unknown as { drawn: Drawn | undefined }).drawn)),
  )
  const drawn = counts.reduce<Drawn>(
    (most, count) => (count && count.programs > most.programs ? count : most),
    {
      programs: 0,
      pictures: 0,
      largest: 0,
    },
  )
  expect(drawn.programs).toBeGreaterThan(20)
  // Nothing grows like the steps of a training: a picture has at most rows x rows texels.
  expect(drawn.largest).toBeLessThanOrEqual(128 ** 2)
})
