import { build } from 'vite'
import { mapDifference, oneEpoch } from '../src/testing/one-epoch.ts'
import { shippedModels } from '../src/testing/shipped-models.ts'
import { expect, test } from './fixtures.ts'

/** Part of the width of the map, and of the held-out loss: acceptance A-10. */
const mostDifference = 1e-4

async function script(): Promise<string> {
  const made = await build({
    ...{ configFile: false, logLevel: 'error', publicDir: false },
    build: {
      write: false,
      lib: { entry: 'src/testing/one-epoch-page.ts', formats: ['iife'], name: 'page' },
    },
  })
  const [{ output }] = [made].flat() as { output: { code?: string }[] }[]
  return output[0].code ?? ''
}

test('an epoch of an encoder of sets ends on the same map on WebGL as on our kernels', async ({ page }) => {
  test.setTimeout(240_000)
  const ids = ['gluino-m1000-dm50', 'gluino-m1000-dm300', 'gluino-m1000-dm900']
  const models = await shippedModels(ids, 1000)
  await page.goto('about:blank')
  await page.addScriptTag({ content: await script() })
  const given = models.map(({ id, features }) => ({ id, features: [...features] }))
  // With ε = 1e-7 this seed had maps that differed by 5e-3 of their width.
  const seed = 2
  const ours = await oneEpoch(models, 'kernels', seed)
  const text = await page.evaluate(([all, own]) => window.epochOnWebgl(all, own), [given, seed] as const)
  const theirs = JSON.parse(text) as { latents: number[]; heldOutLoss: number }
  const most = mapDifference(ours.latents, Float32Array.from(theirs.latents))
  const loss = Math.abs(theirs.heldOutLoss / ours.heldOutLoss - 1)
  test.info().annotations.push({ type: 'map, loss', description: `${most}, ${loss}` })
  expect(most).toBeLessThan(mostDifference)
  expect(loss).toBeLessThan(mostDifference)
})
