import { AppError } from '../../errors.ts'

export type YamlNode = string | { [key: string]: YamlNode }

/**
 * The part of YAML that WCxf files are written in: nested mappings by indentation or braces, plain or quoted
 * scalars (all returned as text), comments. Lists, anchors, tags and block scalars are refused by name.
 *
 * @param where  file name for messages
 * @throws       AppError 'data/corrupt' with the line
 */
export function readYamlMappings(text: string, where: string): { [key: string]: YamlNode } {
  const root: [string, YamlNode][] = []
  const open: { indent: number; entries: [string, YamlNode][] }[] = [{ indent: 0, entries: root }]
  const close = () => {
    const done = open.pop()
    const parent = open.at(-1)
    const last = parent?.entries.at(-1)
    if (done && last) last[1] = Object.fromEntries(done.entries)
  }
  const lines = text.split(/\r?\n/)
  lines.forEach((raw, at) => {
    const refuse = (why: string): never => {
      throw new AppError(
        'data/corrupt',
        `${where}, line ${at + 1}: ${why}. Only nested "name: value" mappings are read; JSON works too.`,
        { line: at + 1 },
      )
    }
    const line = withoutComment(raw).trimEnd()
    if (line === '' || /^(---|\.\.\.)$/.test(line) || line.startsWith('%')) return
    const body = line.trimStart()
    const indent = line.length - body.length
    if (line.slice(0, indent).includes('\t')) refuse('a tab indents it')
    if (/^(- |-$|\[)/.test(body)) refuse('lists are not part of WCxf')
    const match = /^("[^"]*"|'[^']*'|[^\s:#"'{}[\],&*!|>][^:]*?)\s*:(?:\s+(.*))?$/.exec(body)
    if (!match) return refuse(`"${body.slice(0, 60)}" is no "name: value"`)
    const last = open.at(-1)?.entries.at(-1)
    if (indent > (open.at(-1)?.indent ?? 0)) {
      // Deeper than its mapping: it opens the value of the name above, which must still be empty.
      if (!last || last[1] !== '') refuse('its indentation fits nothing above it')
      open.push({ indent, entries: [] })
    }
    while (open.length > 1 && indent < (open.at(-1)?.indent ?? 0)) close()
    const here = open[open.length - 1]
    if (indent !== here.indent) refuse('its indentation fits nothing above it')
    const key = unquote(match[1])
    if (here.entries.some(([known]) => known === key)) refuse(`"${key}" is there twice`)
    const value = (match[2] ?? '').trim()
    if (/^[[&*!|>]/.test(value)) refuse(`"${value.slice(0, 20)}" is more YAML than is read here`)
    here.entries.push([key, value.startsWith('{') ? braces(value, refuse) : unquote(value)])
  })
  while (open.length > 1) close()
  return Object.fromEntries(root)
}

/** { Re: 1e-8, Im: 0 } */
function braces(value: string, refuse: (why: string) => never): YamlNode {
  if (!value.endsWith('}')) return refuse('the brace is not closed on its line')
  const inner = value.slice(1, -1).trim()
  if (inner === '') return {}
  return Object.fromEntries(
    inner.split(',').map((part) => {
      const match = /^\s*([^\s:]+)\s*:\s*(\S*)\s*$/.exec(part)
      return match ? [unquote(match[1]), unquote(match[2])] : refuse(`"${part.trim()}" is no "name: value"`)
    }),
  )
}

/** A # after white space starts a comment, unless it stands in quotes. */
function withoutComment(line: string): string {
  let quote = ''
  for (let i = 0; i < line.length; i++) {
    const [before, here] = [line[i - 1] ?? ' ', line[i]]
    if (quote) {
      if (here === quote && (quote === "'" || before !== '\\')) quote = ''
    } else if ((here === '"' || here === "'") && /[\s:{,]/.test(before)) quote = here
    else if (here === '#' && /\s/.test(before)) return line.slice(0, i)
  }
  return line
}

function unquote(text: string): string {
  return /^(["']).*\1$/.test(text) && text.length > 1 ? text.slice(1, -1) : text
}
