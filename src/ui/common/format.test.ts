import { describe, expect, it } from 'vitest'
import {
  formatCoefficient,
  formatCount,
  formatEdge,
  formatNumber,
  formatPercent,
  formatBesideError,
  formatWithError,
  parseTypedNumber,
} from './format.ts'

describe('formatNumber', () => {
  it.each([
    [0, 3, '0'],
    [1.23456, 3, '1.23'],
    [-0.04567, 2, '−0.046'],
    [0.0012, 2, '0.0012'],
    [99999, 3, '1.00 × 10⁵'],
    [12345, 3, '12300'],
    [2.5e-7, 2, '2.5 × 10⁻⁷'],
    [-6.02e23, 3, '−6.02 × 10²³'],
    [NaN, 3, 'n/a'],
    [-Infinity, 3, '−∞'],
  ])('%d with %d digits is %s', (value, digits, text) => expect(formatNumber(value, digits)).toBe(text))
})

it('shows the sign of a coefficient and no sign for zero', () => {
  expect([0.0062, -0.0062, 0].map((value) => formatCoefficient(value, 2))).toEqual([
    '+0.0062',
    '−0.0062',
    '0',
  ])
})

// The PDG's own examples (introduction, 5.3): 0.827 ± 0.119 → 0.83 ± 0.12 and 0.827 ± 0.367 → 0.8 ± 0.4.
describe('formatWithError', () => {
  it.each([
    [0.827, 0.119, '0.83 ± 0.12'],
    [0.827, 0.367, '0.8 ± 0.4'],
    [0.827, 0.0354, '0.827 ± 0.035'],
    [0.8274, 0.0967, '0.83 ± 0.10'],
    [-91.1876, 0.0021, '−91.1876 ± 0.0021'],
    [1234.6, 45, '1230 ± 50'],
    [1.23e6, 1.2e4, '(1.230 ± 0.012) × 10⁶'],
    [3.1e-7, 3.6e-7, '(3 ± 4) × 10⁻⁷'],
    [0, 0.119, '0.00 ± 0.12'],
    [5, 0, '5.000'],
  ])('%d ± %d is %s', (value, error, text) => expect(formatWithError(value, error)).toBe(text))
})

it.each([
  [-10611.7123, 0.0871, '−10611.712'],
  [-11.2371, 0.119, '−11.237'],
  [1234.56, 45, '1235'],
  [-5.05, 0, '−5.0500'],
  [-Infinity, 0.1, '−∞'],
])('%d beside an error of %d is %s', (value, error, text) =>
  expect(formatBesideError(value, error)).toBe(text),
)

it('groups counts, keeps units, converts fractions', () => {
  expect(formatCount(1_200_000)).toBe('1\u202f200\u202f000')
  expect(formatCount(999)).toBe('999')
  expect([27.5, 3000, -0.1].map(formatEdge)).toEqual(['27.5', '3000', '−0.1'])
  expect(formatPercent(0.9333, 3)).toBe('93.3\u202f%')
})

describe('parseTypedNumber', () => {
  it.each([
    ['−0.5', -0.5],
    [' +1.5e-3 ', 0.0015],
    ['0,25', 0.25],
    ['2.5 × 10-3', 0.0025],
    ['1\u2009200', 1200],
  ])('%s', (text, value) => expect(parseTypedNumber(text)).toBe(value))

  it.each(['', 'abc', '1.2.3', '0x10', '--1', 'Infinity', '1e'])('refuses "%s"', (text) =>
    expect(parseTypedNumber(text)).toBeNaN(),
  )
})
