import type { ClosedString } from './colour-strings.ts'

type Word = readonly number[]

/**
 * Σ over all colours of structure i times structure j conjugated, [n, n], exact: quark ends tie the strings of the one
 * to the reversed strings of the other, and each pair of equal generators is taken out by the Fierz identity
 * Σ_a T_ij T_kl = δ_il δ_kj - δ_ij δ_kl / 3 (tr(T_a T_b) = δ_ab). Real, because what is left are powers of 3.
 */
export function colourMatrix(structures: readonly (readonly ClosedString[])[]): Float64Array {
  const n = structures.length
  const matrix = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = i; j < n; j++)
      matrix[n * i + j] = matrix[n * j + i] = traces(tied(structures[i], structures[j]))
  return matrix
}

/** The product as traces of words. */
function tied(strings: readonly ClosedString[], conjugated: readonly ClosedString[]): Word[] {
  const words: Word[] = []
  for (const { row, word } of strings) if (row === undefined) words.push(word)
  for (const { row, word } of conjugated) if (row === undefined) words.push(word.toReversed())
  const open = new Map(strings.flatMap((string) => (string.row === undefined ? [] : [[string.row, string]])))
  const back = new Map(
    conjugated.flatMap((string) => (string.column === undefined ? [] : [[string.column, string]])),
  )
  while (open.size > 0) {
    const word: number[] = []
    let [row] = open.keys()
    for (let string = open.get(row); string; string = open.get(row)) {
      open.delete(row)
      const other = back.get(string.column ?? -1)
      word.push(...string.word, ...(other?.word.toReversed() ?? []))
      row = other?.row ?? -1
    }
    words.push(word)
  }
  return words
}

/** Value of a product of traces in which every generator stands twice. */
function traces(words: readonly Word[]): number {
  const at = words.findIndex((word) => word.length > 0)
  if (at < 0) return 3 ** words.length
  const [letter, ...rest] = words[at]
  const others = words.filter((_, k) => k !== at)
  const same = rest.indexOf(letter)
  if (same >= 0) {
    // tr(T X T Y) = tr X tr Y - tr(X Y) / 3
    const x = rest.slice(0, same)
    const y = rest.slice(same + 1)
    return traces([...others, x, y]) - traces([...others, [...x, ...y]]) / 3
  }
  // tr(T X) tr(T Y) = tr(X Y) - tr X tr Y / 3
  const partner = others.findIndex((word) => word.includes(letter))
  const word = others[partner]
  const place = word.indexOf(letter)
  const y = [...word.slice(place + 1), ...word.slice(0, place)]
  const left = others.filter((_, k) => k !== partner)
  return traces([...left, [...rest, ...y]]) - traces([...left, rest, y]) / 3
}
