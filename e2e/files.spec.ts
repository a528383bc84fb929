import { badFiles, type BadFile } from '../src/testing/bad-files.ts'
import { linkTo } from '../src/testing/links.ts'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from './fixtures.ts'

const shipped = readFileSync(
  fileURLToPath(new URL('../public/data/dy-nc-13tev/spectra.npy', import.meta.url)),
)
const bins = 71
const headerBytes = 128
/** Rows of the shipped spectra, as the corpus has them: universe 0 is the Standard Model. */
const rows = (first: number, count: number) =>
  new Float32Array(
    shipped.buffer.slice(
      shipped.byteOffset + headerBytes + first * bins * 4,
      shipped.byteOffset + headerBytes + (first + count) * bins * 4,
    ),
  )
const text = (content: string) => new TextEncoder().encode(content)
const csv = (values: Float32Array, columns = bins) =>
  text(
    Array.from({ length: values.length / columns }, (_, r) =>
      values.subarray(r * columns, (r + 1) * columns).join(','),
    ).join('\n'),
  )

/** A file of NumPy's format 1.0. */
function npy(values: Float32Array, shape: number[]): Uint8Array {
  const head =
    `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(117) + '\n'
  const prefix = [0x93, ...text('NUMPY'), 1, 0, head.length & 255, head.length >> 8]
  return new Uint8Array([...prefix, ...text(head), ...new Uint8Array(values.slice().buffer)])
}

const broken: BadFile[] = [
  { name: 'cut.npy', bytes: npy(rows(0, 4), [40, bins]), told: /cut\.npy.*\d+.*\d+/ },
  {
    name: 'nan.csv',
    bytes: text(`${'1,'.repeat(40)}nan,${'1,'.repeat(29)}1`),
    told: /nan\.csv.*(NaN|not a)/i,
  },
  { name: 'narrow.csv', bytes: csv(rows(0, 1).slice(0, 24), 24), told: /narrow\.csv.*24.*71/ },
  { name: 'page.csv', bytes: text('<!doctype html><title>Sign in</title>'), told: /page\.csv.*web page/ },
  { name: 'empty.npy', bytes: new Uint8Array(0), told: /empty\.npy.*empty/ },
  {
    name: 'grid.dat',
    bytes: text('PdfType: central\nFormat: lhagrid1\n---\n1e-3 1e-2\n'),
    told: /grid, line \d+: expected/,
  },
]

test('bad files: a sentence each, and the map as it was', async ({ app }) => {
  await app.openReady(await linkTo({ coefficients: { clq3: 0.004 } }))
  const place = await app.livePlace()
  const paths = await app.livePaths()
  for (const { name, bytes, told } of [...broken, ...(await badFiles())])
    await test.step(name, async () => {
      await app.drop([{ name, bytes }])
      const toast = app.toasts.filter({ hasText: told })
      await expect(toast).toBeVisible()
      await toast.getByRole('button', { name: /^Dismiss/ }).click()
      await expect(app.toasts).toHaveCount(0)
    })
  await expect(app.explore).toHaveAttribute('data-status', 'ready')
  await expect(app.explore).toHaveAttribute('data-points', '22000')
  await expect.poll(() => app.livePlace()).toEqual(place)
  await expect.poll(() => app.livePaths()).toEqual(paths)
  await expect(app.page.locator('.map-dropped')).toHaveCount(0)
})

test('good files are placed where their spectra lie, and drawn beside the Standard Model', async ({
  app,
  page,
}) => {
  await app.openReady()
  const dropped = page.locator('.map-dropped')
  const places = () => dropped.evaluateAll((marks) => marks.map((mark) => mark.getAttribute('transform')))

  await app.drop([{ name: 'mine.npy', bytes: npy(rows(0, 3), [3, bins]) }])
  await expect(dropped).toHaveCount(3)
  await expect(
    page.getByRole('region', { name: 'Spectrum' }).getByText('mine.npy', { exact: true }),
  ).toBeVisible()
  const fromNpy = await places()

  await app.drop([{ name: 'mine.csv', bytes: csv(rows(0, 3)) }])
  await expect(
    page.getByRole('region', { name: 'Spectrum' }).getByText('mine.csv', { exact: true }),
  ).toBeVisible()
  // The same numbers as text: the same places.
  const numbers = (transforms: (string | null)[]) =>
    transforms.flatMap((transform) => (transform?.match(/-?[\d.]+/g) ?? []).map(Number))
  const fromCsv = numbers(await places())
  numbers(fromNpy).forEach((value, i) => expect(fromCsv[i]).toBeCloseTo(value, 1))

  // A replica that is picked on the map lies where its dropped spectrum lies.
  const other = await linkTo({ focus: { kind: 'row', row: 1 } })
  await page.evaluate((hash) => void (window.location.hash = hash), other)
  const focus = page.locator('.map-focus')
  await expect(focus).toHaveCount(1)
  const placed = numbers([(await places())[1]])
  const focused = numbers([await focus.getAttribute('transform')])
  expect(focused).toHaveLength(2)
  focused.forEach((value, i) => expect(value).toBeCloseTo(placed[i], 0))
})

test('an exported figure, dropped on another analysis, opens its own again', async ({ app, page }) => {
  await app.openReady(await linkTo({ coefficients: { clq3: 0.004 } }))
  for (const format of ['PNG', 'SVG']) {
    await page
      .getByRole('region', { name: 'Spectrum' })
      .getByRole('button', { name: /^Export/ })
      .click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: format, exact: true }).click(),
    ])
    const bytes = new Uint8Array(readFileSync(await file.path()))
    await app.setCoefficient('clq3', 0)
    await expect(app.slider('clq3')).toHaveValue('0')
    await app.drop([{ name: file.suggestedFilename(), bytes }])
    await expect(app.slider('clq3'), format).toHaveValue('0.004')
  }
})
