/** Longest text that can be a number; a double printed in full has fewer characters before its point. */
const longestNumber = 400

// No two neighbouring parts of it can match the same characters: the time is linear in the text.
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eEdDqQ][+-]?\d+)?$/
/** Fortran leaves out the letter before an exponent of three digits; its mantissa then has a point, and one digit before it at most. */
const withoutLetter = /^([+-]?\d?\.\d+)([+-]\d{3})$/
/** What Fortran prints where a number has no room. */
const overflow = /^\*+$/

/**
 * A number as C, Python and Fortran print it (1.5e-3, 1.23D-04, 0.12-100, nan, inf): the one reader of numbers in files. NaN for a
 * field of stars, infinite beyond the range of doubles, undefined for what is no number.
 *
 * @param text  without white space around it
 */
export function readNumber(text: string): number | undefined {
  if (text.length > longestNumber) return undefined
  if (decimal.test(text)) {
    const value = Number(text)
    return Number.isNaN(value) ? Number(text.replace(/[dDqQ]/, 'e')) : value
  }
  const parts = withoutLetter.exec(text)
  if (parts) return Number(`${parts[1]}e${parts[2]}`)
  if (overflow.test(text)) return NaN
  const sign = text[0] === '-' ? -1 : 1
  const word = (text[0] === '-' || text[0] === '+' ? text.slice(1) : text).toLowerCase()
  if (word === 'nan') return NaN
  return word === 'inf' || word === 'infinity' ? sign * Infinity : undefined
}
