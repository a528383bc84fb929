export type TermPart = string | { id: string; words: string | null }

/** Stretches of a text: words, and terms of the glossary, which are written [[id]] or [[id|words]]. */
export function termParts(text: string): TermPart[] {
  const parts: TermPart[] = []
  let at = 0
  for (const match of text.matchAll(/\[\[([a-z0-9-]{1,40})(?:\|([^\]]{1,80}))?\]\]/g)) {
    const [whole, id, words] = match
    if (match.index > at) parts.push(text.slice(at, match.index))
    parts.push({ id, words: words ?? null })
    at = match.index + whole.length
  }
  if (at < text.length) parts.push(text.slice(at))
  return parts
}
