import { readFileSync } from 'node:fs'
import { linkTo } from '../src/testing/links.ts'
import { expectNoAxeFaults } from './accessible.ts'
import { expect, test } from './fixtures.ts'
import { FitPage, smallFit } from './pages/fit-page.ts'

test('About and Cite: what to cite, copied and saved; axe finds nothing', async ({ app, page }) => {
  await app.openReady()
  await page.getByRole('button', { name: 'Theoryscape' }).click()
  const about = page.getByRole('dialog', { name: 'About and Cite' })
  await expect(about).toContainText('MIT licence')
  await expect(about).toContainText('arXiv:1506.07443')
  await expectNoAxeFaults(app)
  const saved = page.waitForEvent('download')
  await about.getByRole('button', { name: 'Save as .bib' }).click()
  expect(readFileSync(await (await saved).path(), 'utf8')).toContain('@software{theoryscape,')
  await page.keyboard.press('Escape')
  await expect(about).toBeHidden()
})

test('a fit leaves as PNG with its link and as a LaTeX table; what prints is what was seen', async ({
  app,
  page,
}) => {
  await app.open(await smallFit())
  const fit = new FitPage(page)
  await fit.begin('Run exact alone')
  await expect(fit.stage('Exact')).toContainText(/\d sRun$/, { timeout: 60_000 })
  const save = async (name: string) => {
    const saved = page.waitForEvent('download')
    await fit
      .panel('Posterior')
      .getByRole('button', { name: /Export|Save/ })
      .click()
    await page.getByRole('menuitem', { name }).click()
    return readFileSync(await (await saved).path())
  }
  const png = await save('Corner plot, PNG')
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
  expect(png.toString('latin1')).toMatch(/tEXtComment.*link: .*#v=2/s)
  expect((await save('Intervals, LaTeX')).toString('utf8')).toMatch(/^% generator.*\\begin\{tabular\}/s)
  await page.emulateMedia({ media: 'print' })
  await expect(fit.panel('Posterior')).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeHidden()
})

test('the map leaves as SVG, PNG and CSV with its link', async ({ app, page }) => {
  await app.open(await linkTo({ model: 'pca-2', coefficients: { cHe: 0.1 } }))
  const save = async (item: string) => {
    await page.getByRole('button', { name: /^Export map/ }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: item, exact: true }).click()
    const saved = await download
    return { name: saved.suggestedFilename(), bytes: readFileSync(await saved.path()) }
  }
  const svg = await save('SVG')
  expect(svg.name).toBe('theoryscape-dy-nc-13tev-map.svg')
  const text = svg.bytes.toString()
  expect(text).toContain('c.cHe=0.1')
  expect(text.match(/<(circle|rect|path)/g)?.length).toBeGreaterThan(10_000)
  const size = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)]
  const [one, two] = [size((await save('PNG 1×')).bytes), size((await save('PNG 2×')).bytes)]
  expect(two).toEqual(one.map((side) => 2 * side))
  const table = (await save('CSV of the dots')).bytes.toString().split('\n')
  expect(table.filter((line) => /^\d/.test(line))).toHaveLength(22_000)
  await expect(app.toasts).toHaveCount(0)
  await test.step('what prints of it is what was seen, without the tools around it', async () => {
    const seen = (await app.map.boundingBox())!
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByRole('navigation', { name: 'Views' })).toBeHidden()
    await expect.poll(() => app.mapColours()).toBeGreaterThan(20)
    const printed = (await app.map.boundingBox())!
    expect(printed.width).toBeGreaterThan(0.9 * seen.width)
    expect(printed.height).toBeGreaterThan(0.9 * seen.height)
    expect(printed.height).toBeLessThan(1.1 * seen.height)
  })
})
