import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { electroweak, inputSchemes } from '../electroweak.ts'
import reference from '../reference/drell-yan-table-ct14lo.json' with { type: 'json' }
import { operatorNames, pairIndex } from '../smeft/operators.ts'
import { amplitudeModel } from './amplitude.ts'
import { fillResponse, fluxFactor, responseCount } from './partonic.ts'

// d sigma / dm of the reference table, all masses, all 17 operators, both orders. The luminosities are taken from the
// table itself, so only the amplitudes are tested here; 8 digits printed.
describe.each(inputSchemes)('table of d sigma / dm, %s scheme', (scheme) => {
  const model = amplitudeModel(electroweak(scheme))
  const response = new Float64Array(2 * responseCount)

  it.each(reference[scheme].map((row) => [row[0], row] as const))('m = %s GeV', (m, row) => {
    const [, sm, up, down] = row
    fillResponse(model, m * m, response)
    const mix = (r: number) => fluxFactor(m * m) * (up * response[r] + down * response[responseCount + r])
    expect(mix(0)).toBeCloseToRel(sm, 1e-7)
    const n = operatorNames.length
    for (let i = 0; i < n; i++) {
      // near the Z pole the four-fermion terms cancel to 1e-5 of the SM: absolute there
      expect(Math.abs(mix(1 + i) / mix(0) - row[4 + i])).toBeLessThan(
        1e-7 * Math.max(0.1, Math.abs(row[4 + i])),
      )
      expect(mix(1 + n + pairIndex(i, i)) / mix(0)).toBeCloseToRel(row[4 + n + i], 1e-7)
    }
  })
})

const linear = (name: string) => {
  const column = reference.columns.indexOf(`lin_${name}`)
  return reference.MW.map((row) => ({ m: row[0], value: row[column] }))
}

it('columns are the operators in the order of the app', () => {
  expect(reference.columns.slice(4, 21)).toEqual(operatorNames.map((name) => `lin_${name}`))
})

it('clq3 grows like m^2 above the Z pole, cHWB levels off: Fig. 3 of arXiv:2512.15862', () => {
  const above = linear('clq3').filter(({ m }) => m > 91)
  above.forEach(({ value }, i) => expect(value).toBeGreaterThan(i ? above[i - 1].value : 0))
  const cHWB = linear('cHWB')
  const peak = cHWB.reduce((a, b) => (b.value > a.value ? b : a))
  expect(peak.m).toBe(93)
  for (const { m, value } of cHWB) if (m >= 500) expect(Math.abs(value + 0.235)).toBeLessThan(0.02)
})
