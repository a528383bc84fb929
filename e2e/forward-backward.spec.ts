import { linkTo } from '../src/testing/links.ts'
import { expectNoAxeFaults } from './accessible.ts'
import { expect, test } from './fixtures.ts'

test('a link opens forward and backward; a dragged slider moves both, A_FB and the dot', async ({
  app,
  page,
}) => {
  const link = await linkTo({ dataset: 'dy-fb-13tev', model: 'dy-fb-supcon-2d', observable: 'afb' })
  await app.openReady(link)
  await expect(app.explore).toHaveAttribute('data-dataset', 'dy-fb-13tev')
  const spectrum = page.getByRole('region', { name: 'Spectrum' })
  const shows = (name: string) => spectrum.getByRole('radio', { name, exact: true })
  const summary = spectrum.locator('figcaption')
  await expect(shows('AFB')).toBeChecked()
  await expect(summary).toContainText(
    'Forward-backward asymmetry by dilepton mass, 50 to 3000 GeV in 42 bins',
  )
  await expect(summary).toContainText('Live universe equals SM')
  const pathsOf = async (name: string) => {
    await shows(name).check()
    await expect(summary).toContainText(`dilepton mass of ${name} pairs`)
    return app.livePaths()
  }
  const before = { forward: await pathsOf('forward'), backward: await pathsOf('backward') }
  await shows('AFB').check()
  await expect(summary).toContainText('asymmetry')

  const [place, paths] = [await app.livePlace(), await app.livePaths()]
  const slider = app.slider('clu')
  await slider.scrollIntoViewIfNeeded()
  const box = await slider.boundingBox()
  if (!box) throw new Error('the slider has no box')
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await page.mouse.move(middle.x, middle.y)
  await page.mouse.down()
  await page.mouse.move(middle.x + 0.4 * box.width, middle.y, { steps: 4 })
  // Still under the finger.
  const moved = await app.livePlace()
  expect(Math.hypot(moved.x - place.x, moved.y - place.y)).toBeGreaterThan(2)
  const during = await app.livePaths()
  expect(during.spectrum).not.toBe(paths.spectrum)
  expect(during.ratio).not.toBe(paths.ratio)
  await page.mouse.up()
  await expect(summary).toContainText('Live universe is furthest from SM at 2200–3000 GeV: +0.')
  for (const side of ['forward', 'backward'] as const)
    expect((await pathsOf(side)).ratio).not.toBe(before[side].ratio)
  await expectNoAxeFaults(app)
})
