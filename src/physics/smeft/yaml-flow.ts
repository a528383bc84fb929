/** A value of a YAML document; scalars stay text. */
export type YamlNode = string | YamlNode[] | { [key: string]: YamlNode }

/** Says why a text cannot be read; it knows where. */
export type Refuse = (why: string) => never

const escapes: Record<string, string> = {
  ...{ '0': '\0', a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b' },
  ...{ ' ': ' ', '"': '"', '/': '/', '\\': '\\', N: '\x85', _: '\xa0' },
}

/** Deeper than any file of coefficients, shallower than the stack. */
export const deepest = 20

/**
 * The flow style of YAML 1.2 (chapter 7): { } and [ ], nested as they like, with plain and quoted scalars.
 *
 * @param text  one value, its lines joined by spaces, without comments
 */
export function readFlow(text: string, refuse: Refuse): YamlNode {
  let at = 0
  const value = node(0)
  const rest = text.slice(at).trim()
  if (rest !== '') refuse(`"${rest.slice(0, 20)}" stands after the end of a value`)
  return value

  function blank(): void {
    while (text[at] === ' ') at++
  }

  function node(depth: number): YamlNode {
    if (depth > deepest) refuse(`values are nested more than ${deepest} deep`)
    blank()
    if (text[at] === '{') return mapping(depth)
    if (text[at] === '[') return sequence(depth)
    return scalar()
  }

  /** Steps over a separator; true where the collection goes on, false where it ends. */
  function goesOn(end: string): boolean {
    blank()
    if (text[at] === ',') {
      at++
      blank()
      if (text[at] !== end) return true
    }
    if (text[at] !== end) refuse(`a ${end} is missing`)
    at++
    return false
  }

  function mapping(depth: number): YamlNode {
    const entries: [string, YamlNode][] = []
    at++
    blank()
    if (text[at] === '}') return (at++, {})
    do {
      blank()
      const key = scalar()
      blank()
      if (text[at] !== ':') refuse(`"${key}" has no value`)
      at++
      entries.push([newName(key, entries, refuse), node(depth + 1)])
    } while (goesOn('}'))
    return Object.fromEntries(entries)
  }

  function sequence(depth: number): YamlNode {
    const items: YamlNode[] = []
    at++
    blank()
    if (text[at] === ']') return (at++, items)
    do items.push(node(depth + 1))
    while (goesOn(']'))
    return items
  }

  function scalar(): string {
    const quote = text[at]
    if (quote === '"' || quote === "'") {
      const end = endOfQuoted(text, at)
      if (end < 0) refuse('a quotation mark is not closed')
      const value = unquoted(text.slice(at, end), refuse)
      at = end
      return value
    }
    const start = at
    while (at < text.length && !/[,[\]{}]/.test(text[at])) {
      if (text[at] === ':' && !/[^\s,[\]{}]/.test(text[at + 1] ?? ' ')) break
      at++
    }
    const plain = text.slice(start, at).trim()
    refuseMore(plain, refuse)
    return plain
  }
}

/** Anchors, aliases, tags and merge keys make one value stand for another: in a file of numbers they have no place. */
export function refuseMore(plain: string, refuse: Refuse): void {
  const kinds: Record<string, string> = {
    '&': 'an anchor',
    '*': 'an alias',
    '!': 'a tag',
    '%': 'a directive',
  }
  const kind = kinds[plain[0] ?? ''] ?? (/^[@`]/.test(plain) ? 'a reserved character' : undefined)
  if (kind) refuse(`"${plain.slice(0, 20)}" is ${kind}, which is not read here`)
}

/** A key that is not there yet. */
export function newName(key: string, entries: readonly [string, YamlNode][], refuse: Refuse): string {
  if (key === '<<') refuse('"<<" is a merge key, which is not read here')
  if (entries.some(([known]) => known === key)) refuse(`"${key}" is there twice`)
  return key
}

/** Index after the closing quotation mark of a scalar that begins with one; -1 where it does not close. */
export function endOfQuoted(text: string, start: number): number {
  const quote = text[start]
  for (let i = start + 1; i < text.length; i++) {
    if (quote === '"' && text[i] === '\\') i++
    else if (text[i] === quote) {
      if (quote === '"' || text[i + 1] !== quote) return i + 1
      i++ // '' is one quotation mark
    }
  }
  return -1
}

function unquoted(text: string, refuse: Refuse): string {
  const inner = text.slice(1, -1)
  if (text[0] === "'") return inner.replaceAll("''", "'")
  return inner.replace(/\\(x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}|.)/gi, (all, code: string) => {
    if (/^[xu]/i.test(code) && code.length > 1) {
      const point = parseInt(code.slice(1), 16)
      return point <= 0x10ffff ? String.fromCodePoint(point) : refuse(`"${all}" is no character`)
    }
    return escapes[code] ?? refuse(`"${all}" is no escape of YAML`)
  })
}
