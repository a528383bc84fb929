import { expect, it } from 'vitest'
import { readNumber } from './read-number.ts'

it.each([
  ['1.5e-3', 1.5e-3],
  ['-12', -12],
  ['+.5', 0.5],
  ['5.', 5],
  ['1.23D-04', 1.23e-4],
  ['1.23d+04', 1.23e4],
  ['0.12-100', 0.12e-100],
  ['-.12345678+123', -0.12345678e123],
  ['1.5Q2', 150],
  ['1e400', Infinity],
  ['-Inf', -Infinity],
  ['Infinity', Infinity],
  ['NaN', NaN],
  ['********', NaN],
  ['007', 7],
  ['0'.repeat(399) + '1', 1],
])('%s is %d', (text, value) => {
  expect(readNumber(text)).toBe(value)
})

it.each([
  '',
  ' ',
  '1 2',
  '0x10',
  '1e',
  'e5',
  '.',
  '+',
  '1.2.3',
  '1_000',
  '1,5',
  'pt',
  '2026-11-29',
  '2020-100', // a range of bins, or a date, is no mantissa with an exponent
  '20.5-100',
  '0.5-1',
  '*x',
  '1'.repeat(401),
])('"%s" is none', (text) => {
  expect(readNumber(text)).toBeUndefined()
})
