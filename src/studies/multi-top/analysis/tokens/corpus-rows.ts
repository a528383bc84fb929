import type { TokenCorpus } from './corpus.ts'

/** Some events of a table of tokens, as arrays of their own. */
export interface TokenRows {
  readonly rows: number
  readonly values: Float32Array // [rows, tokens]
  readonly filled: Uint8Array // [rows, tokens]
}

export function takeRows(
  { tokens, values, filled }: Pick<TokenCorpus, 'tokens' | 'values' | 'filled'>,
  rows: ArrayLike<number>,
): TokenRows {
  const count = rows.length
  const out = {
    rows: count,
    values: new Float32Array(count * tokens),
    filled: new Uint8Array(count * tokens),
  }
  for (let r = 0; r < count; r++) {
    const [from, to] = [rows[r] * tokens, (rows[r] + 1) * tokens]
    out.values.set(values.subarray(from, to), r * tokens)
    out.filled.set(filled.subarray(from, to), r * tokens)
  }
  return out
}

/** The same with labels and weights. */
export function takeLabelled(
  corpus: Pick<TokenCorpus, 'tokens' | 'values' | 'filled' | 'labels' | 'weights'>,
  rows: ArrayLike<number>,
): TokenRows & { labels: Int32Array; weights: Float64Array } {
  const own = Array.from(rows)
  return {
    ...takeRows(corpus, rows),
    labels: Int32Array.from(own, (row) => corpus.labels[row]),
    weights: Float64Array.from(own, (row) => corpus.weights[row]),
  }
}
