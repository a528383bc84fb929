export type Separator = ';' | '\t' | ',' | 'blanks'

/**
 * Cells of a line of a text table, trimmed, without the quotation marks around them; separators between quotes belong to the
 * cell, two quotes within are one. Linear in the line.
 *
 * @param most  how many cells are wanted at most
 * @returns     null where a quote is not closed
 */
export function splitCells(line: string, separator: Separator, most: number): string[] | null {
  if (line.includes('"')) return splitQuoted(line, separator, most)
  if (separator === 'blanks') return line.trim().split(/\s+/, most)
  return line.split(separator, most).map((cell) => cell.trim())
}

function splitQuoted(line: string, separator: Separator, most: number): string[] | null {
  const text = separator === 'blanks' ? line.trim() : line
  const ends = (at: number) => (separator === 'blanks' ? /\s/.test(text[at]) : text[at] === separator)
  const cells: string[] = []
  let cell = ''
  for (let at = 0; at <= text.length && cells.length < most; at++) {
    if (text[at] === '"') {
      const close = endOfQuote(text, at)
      if (close < 0) return null
      cell += text.slice(at + 1, close).replaceAll('""', '"')
      at = close
    } else if (at < text.length && !ends(at)) cell += text[at]
    else {
      cells.push(cell.trim())
      cell = ''
      while (separator === 'blanks' && at + 1 < text.length && ends(at + 1)) at++
    }
  }
  return cells
}

/** Position of the mark that closes the one at `from`, -1 where none does. */
function endOfQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] !== '"') return at
    at++
  }
  return -1
}
