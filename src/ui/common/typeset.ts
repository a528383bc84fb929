/** A stretch of a sentence: text, a symbol with an index, or a Wilson coefficient as symbol-parts.ts reads it. */
export type TypesetRun = string | { base: string; sub: string } | { coefficient: string }

/**
 * A letter, an underscore and a short index: m_ℓℓ (also in dσ/dm_ℓℓ), m_tt, y_tt, p_T (or pT); coefficients, C_td⁽⁸⁾ or C_ll′;
 * not names such as pt_l2.
 */
const symbol =
  /(?<=^|[^\p{L}\p{N}_]|\/d)(?:(C_[A-Za-zφτ]{1,3}(?:⁽[^⁾ ]{1,4}⁾|′)?)|([a-zA-Zσχμ])_(ℓℓ|ll|tt|T|t|x|y|z|Z|W|F|R)|(p)(T))(?![\p{L}\p{N}_])/gu

const printed: Readonly<Record<string, string>> = { ll: 'ℓℓ', tt: 'tt̄' }

/** The symbols of a sentence that is written in plain text. */
export function typesetRuns(text: string): TypesetRun[] {
  const runs: TypesetRun[] = []
  let at = 0
  for (const match of text.matchAll(symbol)) {
    const [whole, coefficient, letter, index, p, t] = match
    if (match.index > at) runs.push(text.slice(at, match.index))
    const sub = index ?? t
    runs.push(coefficient ? { coefficient } : { base: letter ?? p, sub: printed[sub] ?? sub })
    at = match.index + whole.length
  }
  if (at < text.length) runs.push(text.slice(at))
  return runs
}
