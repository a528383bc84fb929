import { describe, expect, it } from 'vitest'
import { AppError } from '../../../errors.ts'
import '../../../testing/matchers.ts'
import { binsFrom, parseMeasurement } from './measurement-file.ts'
import cms from './measurements/cms-dy-13tev.json' with { type: 'json' }

function refusal(act: () => unknown): AppError {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown
  }
  throw new Error('was not refused')
}

describe('the CMS measurement', () => {
  const measurement = parseMeasurement(cms)
  const bins = measurement.value.length

  it('has 43 bins with a citation and a covariance that is one', () => {
    expect([measurement.edges.length, bins, measurement.covariance.length]).toEqual([44, 43, 43 * 43])
    expect(measurement.citation).not.toBe('')
    for (let a = 0; a < bins; a++) {
      expect(measurement.covariance[a * bins + a]).toBeGreaterThan(0)
      for (let b = 0; b < a; b++)
        expect(measurement.covariance[a * bins + b]).toBeCloseToRel(
          measurement.covariance[b * bins + a],
          1e-9,
        )
    }
  })

  it('states errors that are those of its covariance, within the rounding of the published table', () => {
    measurement.error.forEach((error, b) =>
      expect(Math.sqrt(measurement.covariance[b * bins + b])).toBeCloseToRel(error, 0.05),
    )
  })

  it('becomes pb per bin from an edge on', () => {
    const from = binsFrom(measurement, 106)
    expect(from.edges[0]).toBe(106)
    expect(from.value).toHaveLength(24)
    const last = bins - 1
    expect(from.value[23]).toBeCloseToRel(measurement.value[last] * 1500, 1e-14)
    expect(from.covariance[24 * 24 - 1]).toBeCloseToRel(
      measurement.covariance[bins * bins - 1] * 1500 ** 2,
      1e-14,
    )
    expect(from.covariance[1]).toBeCloseToRel(
      measurement.covariance[from.first * bins + from.first + 1] * 4 * 5, // bins 106-110 and 110-115 GeV
      1e-14,
    )
  })

  it('refuses an edge that it does not have, listing those it has', () => {
    const error = refusal(() => binsFrom(measurement, 107))
    expect(error.code).toBe('input/invalid')
    expect(error.message).toMatch(/^107 GeV is no edge of .*106, 110/)
  })
})

describe('a damaged measurement file', () => {
  it.each([
    ['nothing', null, /top level/],
    ['text', 'CMS', /top level/],
    ['another version', { ...cms, schemaVersion: 2 }, /schemaVersion/],
    ['no citation', { ...cms, citation: undefined }, /citation/],
    [
      'text among numbers',
      { ...cms, valuePbPerGeV: [...cms.valuePbPerGeV.slice(1), '-'] },
      /valuePbPerGeV\.42/,
    ],
    ['NaN', { ...cms, valuePbPerGeV: [NaN, ...cms.valuePbPerGeV.slice(1)] }, /valuePbPerGeV\.0/],
    ['a negative energy', { ...cms, sqrtSGeV: -13000 }, /sqrtSGeV/],
    [
      'a value too few',
      { ...cms, valuePbPerGeV: cms.valuePbPerGeV.slice(1) },
      /44 edges make 43 bins, but valuePbPerGeV has 42 values/,
    ],
    [
      'an error too many',
      { ...cms, totalUncertaintyPbPerGeV: [...cms.totalUncertaintyPbPerGeV, 1] },
      /totalUncertaintyPbPerGeV has 44/,
    ],
    [
      'a covariance row too few',
      { ...cms, covariancePb2PerGeV2: cms.covariancePb2PerGeV2.slice(1) },
      /covariancePb2PerGeV2 has 42/,
    ],
    [
      'a short covariance row',
      {
        ...cms,
        covariancePb2PerGeV2: cms.covariancePb2PerGeV2.map((row, i) => (i === 5 ? row.slice(2) : row)),
      },
      /covariancePb2PerGeV2\[5\] has 41 values/,
    ],
    ['edges that fall', { ...cms, edgesGeV: [...cms.edgesGeV].reverse() }, /edgesGeV.*rise.*3000.*1500/],
  ])('is refused by name: %s', (_, file, words) => {
    const error = refusal(() => parseMeasurement(file))
    expect(error.code).toBe('data/corrupt')
    expect(error.message).toMatch(words)
  })
})
