import { describe, expect, it } from 'vitest'
import type { DatasetHeader } from '../dataset-types.ts'
import cms from '../measurements/cms-dy-13tev.json' with { type: 'json' }
import { openPdf } from '../../../../physics/pdf/open-pdf.ts'
import { measurementModel } from '../measurement-model.ts'
import { parseMeasurement } from '../measurement-file.ts'
import { whitenSpectra } from '../whitening.ts'
import { readMeasuredSpectrum } from './measured-spectrum.ts'
import { openMeasured } from './measured-dataset.ts'
import { templateText } from './template-text.ts'
import { cmsBins as bins, covarianceOf, matrixOf, spectrumOf } from '../../../../testing/cms-as-hepdata.ts'

const read = (text: string, covariance?: string) =>
  readMeasuredSpectrum([
    { name: 'mine.json', text },
    ...(covariance === undefined ? [] : [{ name: 'cov.json', text: covariance }]),
  ])
async function opened(...files: Parameters<typeof read>): Promise<DatasetHeader> {
  const { measurement } = await read(...files)
  for await (const event of openMeasured(measurement)) if (event.kind === 'header') return event.header
  throw new Error('no header')
}

const above = bins.filter(({ low }) => low >= 106)
const sumOfSquares = (w: ArrayLike<number>) => Array.from(w).reduce((sum, x) => sum + x * x, 0)

it('becomes a dataset on its own bins: CMS as HEPData has the chi2 of what is shipped', async () => {
  const { notes } = await read(spectrumOf(bins), covarianceOf(bins))
  expect(notes.join('; ')).toMatch(/7 bins that begin below 50 GeV are left out: the first begins at 15 GeV/)
  const { measurement, manifest } = await opened(spectrumOf(bins), covarianceOf(bins))
  const shipped = measurementModel(parseMeasurement(cms), openPdf(null), 2)
  const chi2 = sumOfSquares(whitenSpectra(shipped.model.whitening, shipped.value, 1))
  expect(Math.abs(measurement!.chi2ToSm / chi2 - 1)).toBeLessThan(1e-6)
  expect([measurement!.degreesOfFreedom, manifest.observables[0].edges.length]).toEqual([21, 25])
  expect(measurement!.full.edges[0]).toBe(50)
})

it('any bins above 106 GeV will do, without a covariance the errors alone', async () => {
  const { measurement, notes } = await read(spectrumOf(above.slice(3, 20)))
  expect(notes.join('; ')).toMatch(/without a covariance the bins are taken as independent/)
  expect(measurement.covariance[1]).toBe(0)
  expect(measurement.error[0]).toBeCloseTo(above[3].error, 12)
})

it('reads pb per bin and fb, per cent and errors that differ', async () => {
  const widthOf = ({ low, high }: { low: number; high: number }) => high - low
  const plain = (await read(spectrumOf(above))).measurement
  const perBin = await read(spectrumOf(above, 'FB', (bin) => 1000 * widthOf(bin)))
  perBin.measurement.value.forEach((value, i) => expect(value / plain.value[i]).toBeCloseTo(1, 12))
  expect(perBin.notes.join()).toMatch(/values in fb per bin are divided by the widths/)
  const yaml = [
    'independent_variables:',
    '- header: {name: M, units: GEV}',
    '  values: [{low: 110, high: 120}, {low: 120, high: 150}, {low: 150, high: 200}, {low: 200, high: 300}, {low: 300, high: 500}]',
    'dependent_variables:',
    "- header: {name: 'D(SIG)/D(M)', units: PB/GEV}",
    '  values:',
    '  - {value: 1.2, errors: [{symerror: 10%, label: stat}, {asymerror: {plus: 0.3, minus: -0.1}, label: sys}]}',
    ...[0.5, 0.15, 0.04].map((value) => `  - {value: ${value}, errors: [{symerror: 0.01}]}`),
    "  - {value: '-', errors: []}",
  ].join('\n')
  const { measurement, notes } = await read(yaml)
  expect(measurement.edges).toEqual([110, 120, 150, 200, 300])
  expect(measurement.error[0]).toBeCloseTo(Math.hypot(0.12, 0.2), 12)
  expect(notes.join('; ')).toMatch(
    /1 bins without a value are left out.*mean is taken.*added in squares.*sqrt\(s\): 13000/,
  )
})

it('a correlation is told and multiplied by the errors', async () => {
  const { measurement, notes } = await read(
    spectrumOf(above),
    matrixOf(above, (a, b) => (a === b ? 1 : 0.2)),
  )
  expect(notes.join()).toMatch(/is taken as a correlation/)
  expect(measurement.covariance[1] / (measurement.error[0] * measurement.error[1])).toBeCloseTo(0.2, 9)
})

it('a template that is filled in is a measurement, with its covariance', async () => {
  const rows = above.map(({ low, high, value, error }) => `${low},${high},${value},${error}`)
  const { measurement, notes } = await read(templateText + rows.join('\n'))
  expect([measurement.sqrtSGeV, measurement.value.length]).toEqual([13_000, 24])
  expect(notes).toEqual([expect.stringMatching(/without a covariance/)])
  await expect(read(templateText)).rejects.toThrow(/it has no bins; write one bin a line/)
  const covered = rows.map((row, a) =>
    [row, ...above.map((bin, b) => (a === b ? bin.error ** 2 : 0))].join(','),
  )
  const header = templateText.trimEnd() + above.map((_, b) => `,cov_${b + 1}`).join('')
  expect((await read(`${header}\n${covered.join('\n')}`)).notes).toEqual([])
})

it('HEPData exports as CSV', async () => {
  const header = 'M [GEV],M [GEV] LOW,M [GEV] HIGH,D(SIG)/D(M) [PB/GEV],stat +,stat -,sys +,sys -'
  const rows = above.map(({ low, high, value, error }) =>
    [low, low, high, value, error, -error, 0, 0].join(','),
  )
  const text = ['#: name: t', '#: SQRT(S) [GeV],,13000', header, ...rows].join('\n')
  const { measurement } = await read(text)
  expect(Array.from(measurement.value)).toEqual(above.map(({ value }) => value))
  expect(measurement.error[0]).toBeCloseTo(above[0].error, 12)
})

describe('refuses in a sentence', () => {
  const moved = (change: Partial<(typeof bins)[number]>, at = 3) =>
    above.map((bin, i) => (i === at ? { ...bin, ...change } : bin))
  const covered = (entry: (a: number, b: number) => number) =>
    [spectrumOf(above), matrixOf(above, entry)] as const
  const diagonal = (a: number, b: number) => (a === b ? above[a].error ** 2 : 0)
  it.each<[string, Parameters<typeof read>, RegExp]>([
    ['a gap', [spectrumOf(moved({ low: 121 }))], /between 120 and 121 GeV there is no bin; fill the gap/],
    [
      'an overlap',
      [spectrumOf(moved({ low: 119 }))],
      /bin 4 begins at 119 GeV, within the one before, which ends at 120/,
    ],
    [
      'falling edges',
      [spectrumOf([...above].reverse())],
      /bin 2 begins at 1000 GeV, the one before at 1500 GeV; sort/,
    ],
    ['a bin turned over', [spectrumOf(moved({ high: 110 }))], /bin 4 goes from 120 to 110 GeV/],
    [
      'MeV',
      [spectrumOf(above.map((bin) => ({ ...bin, low: 1000 * bin.low, high: 1000 * bin.high })))],
      /0 of its 24 bins .* not MeV/,
    ],
    ['a foreign unit', [spectrumOf(above, 'EVENTS')], /its values are in EVENTS; give/],
    [
      'no error',
      [spectrumOf(moved({ error: 0 }))],
      /the variance from 120 to 126 GeV is 0; give an error above zero/,
    ],
    [
      'a covariance of other bins',
      [spectrumOf(above), covarianceOf(above).replace(/"low":106/g, '"low":104')],
      /has a bin from 104 to 110 GeV, the spectrum has none/,
    ],
    [
      'no symmetry',
      [...covered((a, b) => (b > a ? 0.5 : 0) * Math.sqrt(diagonal(a, a) * diagonal(b, b)) + diagonal(a, b))],
      /is not symmetric: .* for bins 1 and 2/,
    ],
    [
      'no positive one',
      [...covered((a, b) => diagonal(a, b) || -above[a].error * above[b].error)],
      /not positive: the smallest eigenvalue .* is -/,
    ],
    ['no table', ['{"a": 1}'], /no table of HEPData/],
  ])('%s', async (_, files, words) => {
    await expect(read(...files)).rejects.toThrow(words)
  })

  it('values in another unit than is said', async () => {
    await expect(opened(spectrumOf(above, 'PB/GEV', ({ low, high }) => high - low))).rejects.toThrow(
      /times leading order in pb\/GeV, and .* in pb per bin; divide each value/,
    )
  })
})
