/** A stretch of a sentence: text, or a symbol with a subscript. */
export type TypesetRun = string | { base: string; sub: string }

/** A letter, an underscore and a short index: m_ℓℓ (also in dσ/dm_ℓℓ), m_tt, y_tt, p_T; not names such as pt_l2. */
const symbol = /(?<=^|[^\p{L}\p{N}_]|\/d)([a-zA-Zσχ])_(ℓℓ|ll|tt|T|t|x|y|z|Z|W|F)(?![\p{L}\p{N}_])/gu

const printed: Readonly<Record<string, string>> = { ll: 'ℓℓ', tt: 'tt̄' }

/** The symbols of a sentence that is written in plain text. */
export function typesetRuns(text: string): TypesetRun[] {
  const runs: TypesetRun[] = []
  let at = 0
  for (const match of text.matchAll(symbol)) {
    const [whole, base, index] = match
    if (match.index > at) runs.push(text.slice(at, match.index))
    runs.push({ base, sub: printed[index] ?? index })
    at = match.index + whole.length
  }
  if (at < text.length) runs.push(text.slice(at))
  return runs
}
