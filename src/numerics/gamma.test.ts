import { describe, expect, it } from 'vitest'
import '../testing/matchers.ts'
import { digamma, logGamma, trigamma } from './gamma.ts'
import reference from './reference/gamma.json'

describe.each(reference.rows)('at x = $x (mpmath, 30 digits)', ({ x, ...wanted }) => {
  it('logGamma', () => {
    // Zero at 1 and 2: absolute there.
    expect(Math.abs(logGamma(x) - wanted.logGamma)).toBeLessThan(
      2e-14 * Math.max(1, Math.abs(wanted.logGamma)),
    )
  })
  it('digamma', () => {
    expect(digamma(x)).toBeCloseToRel(wanted.digamma, 2e-14)
  })
  it('trigamma', () => {
    expect(trigamma(x)).toBeCloseToRel(wanted.trigamma, 2e-14)
  })
})

it('arguments that are not positive are no numbers', () => {
  for (const x of [0, -1.5, Number.NaN]) for (const f of [logGamma, digamma, trigamma]) expect(f(x)).toBeNaN()
})
