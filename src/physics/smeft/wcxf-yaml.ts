import { AppError } from '../../errors.ts'
import {
  deepest,
  endOfQuoted,
  newName,
  readFlow,
  refuseMore,
  type Refuse,
  type YamlNode,
} from './yaml-flow.ts'

const misplaced = 'its indentation fits nothing above it'

interface Line {
  /** Number in the file, from 1 */
  number: number
  indent: number
  /** Without indentation and comment */
  body: string
  raw: string
}

/**
 * The part of YAML that WCxf files are written in, by hand or by PyYAML (wilson, flavio, matching codes): mappings and
 * lists in block and flow style, over several lines where they need to, plain and quoted scalars, literal and folded
 * text, comments. Scalars come back as text. Anchors, aliases, tags, merge keys, complex keys, several documents and
 * tabs in the indentation are refused by name.
 *
 * @param where  file name for messages
 * @throws       AppError 'data/corrupt' with the line
 */
export function readYaml(text: string, where: string): YamlNode {
  const lines = linesOf(text.replace(/^\uFEFF/, ''))
  let at = 0

  function refuseAt(number: number): Refuse {
    return (why) => {
      throw new AppError(
        'data/corrupt',
        `${where}, line ${number}: ${why}. Write plain "name: value" mappings, or JSON.`,
        { line: number },
      )
    }
  }

  /** The line to read next; skips nothing but blank lines and comments. */
  function peek(): Line | undefined {
    while (at < lines.length && lines[at].body === '') at++
    return lines[at]
  }

  const start = peek()
  const value = start ? block(start.indent, 0) : {}
  const left = peek()
  if (left) refuseAt(left.number)(misplaced)
  return value

  function block(indent: number, depth: number): YamlNode {
    const first = lines[at]
    const refuse = refuseAt(first.number)
    if (depth > deepest) refuse(`values are nested more than ${deepest} deep`)
    if (isItem(first.body)) return list(indent, depth)
    if (keyOf(first.body)) return mapping(indent, depth)
    if (/^\?(\s|$)/.test(first.body)) refuse('a "?" begins a complex key, which is not read here')
    if (depth === 0 && !/^[[{]/.test(first.body)) refuse(`"${first.body.slice(0, 60)}" is no "name: value"`)
    at++
    return scalarOrFlow(first, first.body, indent - 1)
  }

  function mapping(indent: number, depth: number): YamlNode {
    const entries: [string, YamlNode][] = []
    for (let line = peek(); line && line.indent === indent; line = peek()) {
      const refuse = refuseAt(line.number)
      const found = keyOf(line.body)
      if (!found) return refuse(`"${line.body.slice(0, 60)}" is no "name: value"`)
      const key = readFlow(found.key, refuse)
      const name = newName(typeof key === 'string' ? key : '', entries, refuse)
      at++
      entries.push([name, valueAfter(line, found.rest, indent, depth)])
    }
    const next = peek()
    if (next && next.indent > indent) refuseAt(next.number)(misplaced)
    return Object.fromEntries(entries)
  }

  function list(indent: number, depth: number): YamlNode {
    const items: YamlNode[] = []
    for (let line = peek(); line && line.indent === indent && isItem(line.body); line = peek()) {
      const rest = line.body.slice(1).trimStart()
      if (rest === '') {
        at++
        items.push(valueAfter(line, '', indent, depth))
        continue
      }
      // What follows the dash is a block of its own, as deep as it stands.
      const deeper = indent + line.body.length - rest.length
      if (keyOf(rest) || isItem(rest)) {
        lines[at] = { ...line, indent: deeper, body: rest }
        items.push(block(deeper, depth + 1))
      } else {
        at++
        items.push(valueAfter(line, rest, indent, depth))
      }
    }
    return items
  }

  /** What stands behind a colon or dash, or below it. */
  function valueAfter(line: Line, rest: string, indent: number, depth: number): YamlNode {
    const literalOrFolded = /^([|>])([+-]?\d?|\d[+-]?)$/.exec(rest)
    if (literalOrFolded) return blockText(indent, literalOrFolded[1] === '>' ? ' ' : '\n')
    if (rest !== '') return scalarOrFlow(line, rest, indent)
    const next = peek()
    // The list of a key may stand as deep as the key itself.
    const ownList = next?.indent === indent && isItem(next.body) && !isItem(line.body)
    return next && (next.indent > indent || ownList) ? block(next.indent, depth + 1) : ''
  }

  /** A value that may go on over deeper lines. */
  function scalarOrFlow(line: Line, rest: string, indent: number): YamlNode {
    const refuse = refuseAt(line.number)
    const quoted = rest[0] === '"' || rest[0] === "'"
    const flow = rest[0] === '{' || rest[0] === '['
    let text = rest
    if (!quoted && !flow) refuseMore(text, refuse)
    for (;;) {
      if (quoted ? endOfQuoted(text, 0) >= 0 : flow && closed(text)) break
      const next = peek()
      if (!next || next.indent <= indent) break
      if (!quoted && !flow && keyOf(next.body)) refuseAt(next.number)(misplaced)
      text = escapedEnd.test(text) && rest[0] === '"' ? text.slice(0, -1) + next.body : `${text} ${next.body}`
      at++
    }
    return quoted || flow ? readFlow(text, refuse) : text
  }

  function blockText(indent: number, between: string): string {
    const from = at
    while (at < lines.length && (lines[at].raw.trim() === '' || indentOf(lines[at].raw) > indent)) at++
    const text = lines.slice(from, at).map(({ raw }) => raw.trim())
    return text.join(between).trim()
  }

  function linesOf(document: string): Line[] {
    const found: Line[] = []
    let open = true
    document.split(/\r\n?|\n/).forEach((raw, i) => {
      const refuse = refuseAt(i + 1)
      if (/^---(\s|$)/.test(raw)) {
        if (found.some(({ body }) => body !== '') || raw.trim() !== '---') refuse('a second document begins')
        return
      }
      if (/^\.\.\.(\s|$)/.test(raw)) open = false
      if (!open || (raw.startsWith('%') && found.every(({ body }) => body === ''))) return
      const body = withoutComment(raw).trim()
      const indent = indentOf(raw)
      if (body !== '' && raw[indent] === '\t') refuse('a tab indents it')
      found.push({ number: i + 1, indent, body, raw })
    })
    return found
  }
}

/** A backslash that is no escaped backslash: the line goes on without a space. */
const escapedEnd = /(^|[^\\])(\\\\)*\\$/

function indentOf(line: string): number {
  return line.length - line.replace(/^ +/, '').length
}

function isItem(body: string): boolean {
  return /^-(\s|$)/.test(body)
}

/** Key and rest of "key: rest"; null for a line that is none. */
function keyOf(body: string): { key: string; rest: string } | null {
  const quoted = body[0] === '"' || body[0] === "'"
  const end = quoted ? endOfQuoted(body, 0) : 0
  if (end < 0 || /^([[\]{}|>,]|\?\s)/.test(body)) return null
  const colon = /:(\s|$)/.exec(body.slice(end))
  if (!colon || (quoted && body.slice(end, end + colon.index).trim() !== '')) return null
  const at = end + colon.index
  return { key: body.slice(0, at).trim(), rest: body.slice(at + 1).trim() }
}

/** Brackets and braces outside quotation marks are balanced. */
function closed(text: string): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    if ((text[i] === '"' || text[i] === "'") && /[\s,[{:]/.test(text[i - 1] ?? ' ')) {
      const end = endOfQuoted(text, i)
      if (end < 0) return false
      i = end - 1
    } else if (text[i] === '{' || text[i] === '[') depth++
    else if (text[i] === '}' || text[i] === ']') depth--
  }
  return depth <= 0
}

/** A # after white space starts a comment, unless it stands in quotes. */
function withoutComment(line: string): string {
  for (let i = 0; i < line.length; i++) {
    const before = line[i - 1] ?? ' '
    if ((line[i] === '"' || line[i] === "'") && /[\s:{[,]/.test(before)) {
      const end = endOfQuoted(line, i)
      if (end > 0) i = end - 1
    } else if (line[i] === '#' && /\s/.test(before)) return line.slice(0, i)
  }
  return line
}
