import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type { drawBoth, PointSettings } from './pages/both-layers.ts'
import { expect, test } from './fixtures.ts'

/** A script of the repository's own sources, for a page of a test. */
async function bundled(entry: string): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL(entry, import.meta.url)), formats: ['iife'], name: 'bundled' },
    },
  })
  const [{ output }] = made as { output: { code?: string }[] }[]
  return output[0].code ?? ''
}

test('both renderers draw a point and the ring of a flagged one at the same size', async ({ page }) => {
  await page.setContent('<title>points</title>')
  await page.addScriptTag({ content: await bundled('./pages/both-layers.ts') })
  const settings: PointSettings[] = [1, 2].flatMap((pixelRatio) =>
    [3, 5, 7, 13].flatMap((size) =>
      [false, true].flatMap((flagged) =>
        [false, true].map((chosen) => ({ size, pixelRatio, flagged, chosen })),
      ),
    ),
  )
  const pairs = await page.evaluate(
    (points) => (window as unknown as { drawBoth: typeof drawBoth }).drawBoth(points),
    settings,
  )
  expect(pairs).toHaveLength(settings.length)
  for (const [i, [gl, plain]] of pairs.entries()) {
    const what = JSON.stringify(settings[i])
    expect([gl.kind, plain.kind]).toEqual(['webgl2', 'canvas2d'])
    // Edges are smoothed by different rules: a quarter of a pixel, and an eighth of the ink.
    expect(
      Math.abs(gl.radius - plain.radius),
      `radius of ${what}: ${gl.radius}, ${plain.radius}`,
    ).toBeLessThan(0.25)
    expect(Math.abs(plain.area / gl.area - 1), `ink of ${what}: ${gl.area}, ${plain.area}`).toBeLessThan(0.13)
  }
})
