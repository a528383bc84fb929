import type * as YamlModule from 'yaml'
import type { Alias, Document, LineCounter, ParsedNode } from 'yaml'
import { AppError } from '../../errors.ts'

/** A value of a YAML document; scalars stay text. */
export type YamlNode = string | YamlNode[] | { [key: string]: YamlNode }

/** Deeper than any file of coefficients, shallower than the stack. */
const deepest = 20
const mostAliases = 1000
/** Characters of all values, where each alias counts as what it stands for. */
const largestExpanded = 1 << 20
/** A file in flow style may stand on one line: 2,499 values of 60 characters. */
const longestLine = 160_000
/** Names, values, marks, blanks and line ends: 2,499 complex values on lines of their own have 62,000. */
const mostTokens = 80_000

type Yaml = typeof YamlModule
/** Says why a text cannot be read. @param at  place in the text */
type Refuse = (why: string, at: number) => never

/**
 * The part of YAML 1.2 that WCxf files are written in, by hand or by PyYAML (wilson, flavio, matching codes): mappings, lists and
 * text in any style. Scalars come back as text. Plain anchors and aliases are read, at most 1,000 and 1 MiB of what they stand
 * for; tags, merge keys, names that are there twice, complex keys and several documents are refused by name. Takes time in
 * proportion to the text.
 *
 * @param where  file name for messages
 * @throws       AppError 'data/corrupt' with the line
 */
export async function readYaml(text: string, where: string): Promise<YamlNode> {
  const yaml = await import('yaml')
  const lines = new yaml.LineCounter()
  const refuse: Refuse = (why, at) => {
    const { line } = lines.linePos(at)
    throw new AppError(
      'data/corrupt',
      `${where}, line ${Math.max(1, line)}: ${why}. Write plain "name: value" mappings, or JSON.`,
      { line },
    )
  }
  const document = compose(yaml, text.replace(/\r\n?/g, '\n'), lines, refuse)
  return document?.contents ? valueOf(yaml, document.contents, refuse) : {}
}

/** Parses token by token, so that what is refused, and what is too deep for the recursion behind it, ends here. */
function compose(
  { CST, Composer, Lexer, Parser }: Yaml,
  text: string,
  lines: LineCounter,
  refuse: Refuse,
): Document.Parsed<ParsedNode> | undefined {
  checkLines(text, lines, refuse)
  const parser = new Parser()
  const parsed: Parameters<InstanceType<Yaml['Composer']>['next']>[0][] = []
  let kind: ReturnType<Yaml['CST']['tokenType']> = null
  let count = 0
  for (const source of new Lexer().lex(text)) {
    // What follows the mark of a scalar is its text, whatever it looks like.
    kind = kind === 'scalar' ? null : CST.tokenType(source)
    if (kind === 'tag') refuse(`"${source.slice(0, 20)}" is a tag, which is not read here`, parser.offset)
    if (kind === 'explicit-key-ind')
      refuse('a "?" begins a complex key, which is not read here', parser.offset)
    if (++count > mostTokens)
      refuse(`more than ${mostTokens} names, values and marks stand before it`, parser.offset)
    for (const token of parser.next(source)) parsed.push(token)
    if (parser.stack.length > deepest + 3)
      refuse(`values are nested more than ${deepest} deep`, parser.offset)
  }
  for (const token of parser.end()) parsed.push(token)
  // The library's own check for names that are there twice compares each with all.
  const composer = new Composer({ schema: 'failsafe', merge: false, uniqueKeys: false, prettyErrors: false })
  // It would make a report of each error and go on, even with what is thrown; the first is told.
  let first: { message: string; at: number } | undefined
  Reflect.set(composer, 'onError', (at: ErrorPlace, _: string, message: string, warning?: boolean) => {
    if (warning) return
    first ??= { message, at: placeOf(at) }
    throw new Error(first.message)
  })
  let document: Document.Parsed<ParsedNode> | undefined
  try {
    for (const each of composer.compose(parsed, false, text.length)) {
      const [error] = each.errors
      if (error) refuse(error.message, error.pos[0])
      if (document) refuse('a second document begins', each.range[0])
      document = each
    }
  } catch (thrown) {
    throw first ? refuse(first.message, first.at) : thrown
  }
  return document
}

type ErrorPlace = number | [number, number, number] | { offset: number }

function placeOf(place: ErrorPlace): number {
  if (typeof place === 'number') return place
  return Array.isArray(place) ? place[0] : place.offset
}

function checkLines(text: string, lines: LineCounter, refuse: Refuse): void {
  for (let from = 0; from >= 0;) {
    lines.addNewLine(from)
    const end = text.indexOf('\n', from)
    const length = (end < 0 ? text.length : end) - from
    if (length > longestLine)
      refuse(`it has ${length} characters, at most ${longestLine} on a line are read`, from)
    from = end < 0 ? -1 : end + 1
  }
}

/** @throws what `refuse` throws, for what makes one value out of others and for names that are there twice */
function valueOf({ isAlias, isMap, isScalar, isSeq }: Yaml, root: ParsedNode, refuse: Refuse): YamlNode {
  /** What anchors stand for, with its characters; null while it is being read. */
  const anchors = new Map<string, { value: YamlNode; size: number } | null>()
  let aliases = 0
  let size = 0

  function grow(by: number, at: number): void {
    size += by
    if (size > largestExpanded) refuse(`what it stands for makes more than ${largestExpanded} characters`, at)
  }

  function read(node: ParsedNode | null): YamlNode {
    if (node === null) return ''
    if (isAlias(node)) return standsFor(node.source, node.range[0])
    const before = size
    if (node.anchor) anchors.set(node.anchor, null)
    const value = own(node)
    if (node.anchor) anchors.set(node.anchor, { value, size: size - before })
    return value
  }

  function standsFor(name: string, at: number): YamlNode {
    if (++aliases > mostAliases) refuse(`more than ${mostAliases} aliases stand before it`, at)
    const meant = anchors.get(name)
    if (meant === undefined) refuse(`"*${name.slice(0, 20)}" is an alias of no anchor above it`, at)
    if (meant === null) return refuse(`"*${name.slice(0, 20)}" is an alias of what it stands in`, at)
    grow(meant.size, at)
    return meant.value
  }

  function own(node: Exclude<ParsedNode, Alias.Parsed>): YamlNode {
    const at = node.range[0]
    if (isScalar(node)) {
      grow(String(node.value ?? '').length + 1, at)
      return String(node.value ?? '')
    }
    if (isSeq(node)) return node.items.map((item) => read(item as ParsedNode | null))
    if (!isMap(node)) return refuse('it holds no value', at)
    const entries = new Map<string, YamlNode>()
    for (const { key, value } of node.items) {
      if (!isScalar(key)) refuse('a key is no name', key?.range[0] ?? at)
      const name = String(key.value ?? '')
      const place = key.range[0]
      if (name === '<<' && key.type === 'PLAIN') refuse('"<<" is a merge key, which is not read here', place)
      if (entries.has(name)) refuse(`"${name.slice(0, 40)}" is there twice`, place)
      grow(name.length + 1, place)
      entries.set(name, read(value))
    }
    return Object.fromEntries(entries)
  }

  return read(root)
}
