import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openPdf } from '../../../physics/pdf/open-pdf.ts'
import { cmsBins, covarianceOf, spectrumOf } from '../../../testing/cms-as-hepdata.ts'
import type { MeasuredComparison } from '../analysis/own-measurement/compare-measured.ts'
import { parseMeasurement } from '../analysis/measurement-file.ts'
import { measurementModel } from '../analysis/measurement-model.ts'
import cms from '../analysis/measurements/cms-dy-13tev.json' with { type: 'json' }
import { whitenSpectra } from '../analysis/whitening.ts'
import { measureCommand } from './measure.ts'

const folder = mkdtempSync(join(tmpdir(), 'cli-measure-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const table = file('cms.json', spectrumOf(cmsBins))
const covariance = file('cov.json', covarianceOf(cmsBins))
const run = async (...argv: string[]) =>
  (await measureCommand.run(argv, () => undefined)) as MeasuredComparison & { notes: string[] }

it('CMS as HEPData has the chi2 of the shipped dataset, and sigmas of its templates', async () => {
  const found = await run(table, '--covariance', covariance)
  const { model, value, whitenedLinear, theta } = measurementModel(parseMeasurement(cms), openPdf(null), 2)
  const difference = whitenSpectra(model.whitening, value, 1)
  const chi2 = difference.reduce((sum, d) => sum + d * d, 0)
  expect(Math.abs(found.chi2ToSm / chi2 - 1)).toBeLessThan(1e-6)
  expect([found.bins, found.degreesOfFreedom, found.edgesGeV[0]]).toEqual([24, 21, 106])
  expect(found.k.map(({ value: at }) => at)).toEqual([...theta])
  expect(found.radiation).toBeNull()
  expect(found.operators).toHaveLength(17)
  // At its best fit a coefficient takes (best / sigma)^2 off chi2: it is the minimum of a parabola.
  const { best, sigma } = found.operators[3]
  const at = (c: number) =>
    difference.reduce((sum, d, b) => sum + (d - c * whitenedLinear[3 * found.bins + b]) ** 2, 0)
  expect(chi2 - at(best!)).toBeCloseTo((best! / sigma!) ** 2, 6)
  expect(at(best! + sigma!) - at(best!)).toBeCloseTo(1, 6)
})

it('with photon radiation all bins are compared and L is fitted', async () => {
  const { bins, edgesGeV, radiation, degreesOfFreedom } = await run(
    ...[table, '--covariance', covariance, '--radiation'],
  )
  expect([bins, edgesGeV[0], degreesOfFreedom]).toEqual([36, 50, 32])
  // From 15 GeV, with the rounding of the values, 7.26 +- 0.32.
  expect(Math.abs(radiation!.logarithm - 7.26)).toBeLessThan(3 * radiation!.error)
})

it('what is no measured spectrum is refused', async () => {
  await expect(run(file('none.json', '{"a": 1}'))).rejects.toThrow(/no table of HEPData/)
  const perBin = spectrumOf(cmsBins, 'PB/GEV', ({ low, high }) => high - low)
  await expect(run(file('per-bin.json', perBin))).rejects.toThrow(/divide each value and error by the width/)
})
