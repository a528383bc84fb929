/** Numbers as a physicist prints them: U+2212 for minus, PDG rounding, superscript powers of ten. */

/** Narrow and unbreakable: a number never parts from its unit at a line end. */
const narrowSpace = '\u202f'

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

function superscript(power: number): string {
  const digits = [...String(Math.abs(power))].map((digit) => superscripts[Number(digit)]).join('')
  return power < 0 ? `⁻${digits}` : digits
}

/** Replaces the hyphens of a JavaScript number with the minus sign. */
function withMinus(text: string): string {
  return text.replace(/-/g, '−')
}

function nonFinite(value: number): string {
  if (Number.isNaN(value)) return 'n/a'
  return value > 0 ? '∞' : '−∞'
}

/** Power of ten of the leading digit after rounding to the given number of significant digits. */
function leadingPower(value: number, digits: number): number {
  return Number(value.toExponential(digits - 1).split('e')[1])
}

/**
 * A value with a fixed number of significant digits: plain between 10^-3 and 10^5, else as a × 10ⁿ.
 *
 * @param digits  significant digits, at least 1
 */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return nonFinite(value)
  if (value === 0) return '0'
  const power = leadingPower(value, digits)
  if (power < -3 || power >= 5) {
    const [mantissa] = value.toExponential(digits - 1).split('e')
    return `${withMinus(mantissa)} × 10${superscript(power)}`
  }
  // Number() first: toFixed alone would invent digits beyond the significant ones (12345 with 3 -> 12300).
  return withMinus(Number(value.toPrecision(digits)).toFixed(Math.max(0, digits - 1 - power)))
}

/** A given, exact number such as a bin edge: all its digits up to six, no trailing zeros. */
export function formatEdge(value: number): string {
  return Number.isFinite(value) ? withMinus(String(Number(value.toPrecision(6)))) : nonFinite(value)
}

/** A Wilson coefficient C/Λ² in TeV⁻²: sign always shown, three significant digits, exact zero as 0. */
export function formatCoefficient(value: number, digits = 3): string {
  const text = formatNumber(value, digits)
  return value > 0 ? `+${text}` : text
}

/** Whole counts with narrow-space groups of three, as SI asks: 1 200 000. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return nonFinite(value)
  const digits = String(Math.abs(Math.round(value)))
  return (value < 0 ? '−' : '') + digits.replace(/\B(?=(\d{3})+$)/g, narrowSpace)
}

export function formatPercent(fraction: number, digits = 2): string {
  return Number.isFinite(fraction)
    ? `${formatNumber(100 * fraction, digits)}${narrowSpace}%`
    : nonFinite(fraction)
}

/**
 * Number of significant digits of an error by the rule of the Particle Data Group (Review of Particle Physics,
 * introduction, section 5.3): three leading digits 100-354 keep two, 355-949 keep one, 950-999 round up to 1000
 * and keep two.
 */
export function pdgErrorDigits(error: number): { digits: number; rounded: number } {
  const [mantissa, power] = error.toExponential(2).split('e')
  const leading = Math.round(Number(mantissa) * 100)
  if (leading <= 354) return { digits: 2, rounded: Number(error.toPrecision(2)) }
  if (leading <= 949) return { digits: 1, rounded: Number(error.toPrecision(1)) }
  return { digits: 2, rounded: Number(`1e${Number(power) + 1}`) }
}

/** "1.23 ± 0.05": the error rounded by the PDG rule, the value to the same decimal place. */
export function formatWithError(value: number, error: number): string {
  if (!Number.isFinite(value)) return nonFinite(value)
  if (!(error > 0) || !Number.isFinite(error)) return formatNumber(value, 4)
  const { digits, rounded } = pdgErrorDigits(error)
  const lastPlace = leadingPower(rounded, digits) - (digits - 1)
  const scale = Math.max(leadingPower(rounded, digits), value === 0 ? -Infinity : leadingPower(value, 4))
  if (scale >= 5 || scale < -3) {
    const unit = Number(`1e${scale}`)
    const decimals = Math.max(0, scale - lastPlace)
    return `(${withMinus((value / unit).toFixed(decimals))} ± ${(rounded / unit).toFixed(decimals)}) × 10${superscript(scale)}`
  }
  const decimals = Math.max(0, -lastPlace)
  const place = Number(`1e${lastPlace}`)
  const atPlace = decimals > 0 ? value : Math.round(value / place) * place
  return `${withMinus(atPlace.toFixed(decimals))} ± ${rounded.toFixed(decimals)}`
}

/** What a value with that error is compared with: one decimal more than the value has, however large it is. */
export function formatBesideError(value: number, error: number): string {
  if (!Number.isFinite(value)) return nonFinite(value)
  if (!(error > 0) || !Number.isFinite(error)) return formatNumber(value, 5)
  const { digits, rounded } = pdgErrorDigits(error)
  return withMinus(value.toFixed(Math.max(0, digits - leadingPower(rounded, digits))))
}

/** A number typed by a person: accepts the minus sign, thin spaces and a decimal comma. NaN if it is not one. */
export function parseTypedNumber(text: string): number {
  const plain = text
    .trim()
    .replace(/[−–]/g, '-')
    .replace(/[\s\u2009\u202f]/g, '')
    .replace(/^([-+]?\d*),(\d+)/, '$1.$2')
    .replace(/×10\^?([-+]?\d+)$/, 'e$1')
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : NaN
}
