import { expect, it } from 'vitest'
import cms from '../measurements/cms-a4-13tev.json' with { type: 'json' }
import { parseA4Measurement } from './a4-measurement.ts'
import { cmsA4 } from './cms-a4.ts'

it('has 63 bins with the published errors on the diagonal', () => {
  const { bins, error, covariance } = cmsA4()
  expect(bins).toHaveLength(63)
  expect(bins[62].absY[1]).toBe(3.4)
  for (let b = 0; b < 63; b++) expect(covariance[b * 64]).toBeCloseTo(error[b] ** 2, 12)
  expect(covariance[1]).toBe(cms.correlation[0][1] * error[0] * error[1])
})

it.each([
  ['a missing value', { value: cms.value.slice(1) }, /63 bins, but value has 62 values/],
  ['a short row', { correlation: [...cms.correlation.slice(1), [1, 0]] }, /correlation\[62\] has 2 values/],
  ['an error of zero', { error: [0, ...cms.error.slice(1)] }, /error\.0 cannot be read/],
  [
    '|y| reversed',
    { bins: [{ absy: [0.4, 0], mGeV: [54, 66] }, ...cms.bins.slice(1)] },
    /Bin 0 .* range of \|y\| from 0.4 to 0,/,
  ],
  [
    'a mass range without width',
    { bins: [...cms.bins.slice(1), { absy: [0, 1], mGeV: [66, 66] }] },
    /Bin 62 .* range of mass from 66 to 66,/,
  ],
])('is refused with %s', (_, change, words) => {
  expect(() => parseA4Measurement({ ...cms, ...change })).toThrow(words)
})
