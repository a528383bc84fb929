import { expect } from 'vitest'

/** Relative closeness; an expected zero is compared absolutely. */
export function relativeError(actual: number, expected: number): number {
  return expected === 0 ? Math.abs(actual) : Math.abs(actual - expected) / Math.abs(expected)
}

expect.extend({
  toBeCloseToRel(actual: number, expected: number, tolerance: number) {
    const error = relativeError(actual, expected)
    return {
      pass: error <= tolerance,
      message: () =>
        `expected ${actual} to equal ${expected} within ${tolerance} (relative), is off by ${error.toExponential(2)}`,
    }
  },
})

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- must repeat vitest's own declaration
  interface Matchers<T = any> {
    /** type parameter kept as vitest declares it */
    readonly __subject?: T
    toBeCloseToRel(expected: number, tolerance: number): T
  }
}
