import { defaultIntent } from '../src/share/default-intent.ts'
import { encodeLink } from '../src/share/encode-link.ts'
import { expect, test } from './fixtures.ts'

/** Enough for a first evaluation after the losses: steps are then counted one by one. */
const steps = 200
const link = (backend: 'webgl' | 'kernels') =>
  encodeLink({
    ...defaultIntent,
    view: 'train',
    model: 'pca-2',
    training: {
      ...defaultIntent.training,
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
    await expect(status).toHaveText(/^Finished 200 steps/, { timeout: 60_000 })
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
  const withoutLoss = await finish('Start anew')
  expect(afterLosses / withoutLoss).toBeCloseTo(1, 2)
})
