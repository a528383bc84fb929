import type { Option, Range, WindowRange } from './option.ts'

/** Names listed in a message before --help is named instead. */
const listed = 16

/** "a whole number from 1 to 20000", "a number from 500 to 200000 GeV" */
export function describeRange(range: Range | WindowRange): string {
  const { min, max, unit, integer } = range
  const ends = `from ${min} to ${max}${unit ? ` ${unit}` : ''}`
  if ('window' in range) return `two rising numbers ${ends} like 76:106`
  return `a ${integer ? 'whole ' : ''}number ${ends}`
}

export function describeChoices(choices: readonly string[]): string {
  const more = choices.length - listed
  return `${choices.slice(0, listed).join(', ')}${more > 0 ? ` and ${more} more, see --help` : ''}`
}

/** What may be given, as --help shows it behind the name. */
export function describeOption(option: Option): string {
  switch (option.kind) {
    case 'flag':
      return ''
    case 'number':
      return orWords(`NUMBER ${ends(option)}`, option.or)
    case 'numbers':
      return orWords(`NUMBER,... ${ends(option)}`, option.or)
    case 'tuple':
      return option.parts.map((part) => `${part.name} ${ends(part)}`).join(', ')
    case 'pairs':
      return orWords(`NAME=VALUE,... ${pairRanges(option.names)}`, option.or)
    case 'mapping':
      return `${option.what.toUpperCase()}=NAME,... of ${option.names.join(' ')}`
    case 'choice':
      return option.choices.join(' | ')
    case 'choices':
      return `comma-separated of ${option.choices.join(', ')}`
    case 'text':
      return 'TEXT'
    case 'words':
      return 'TEXT,...'
    case 'id':
      return 'ID'
    case 'file':
      return orWords('FILE', option.or)
    case 'files':
      return 'FILE,...'
    case 'folder':
      return option.shippedIn === undefined ? 'FOLDER' : 'ID or FOLDER'
    case 'folders':
      return 'FOLDER,...'
    case 'output':
      return option.what === 'file' ? 'FILE' : option.what === 'prefix' ? 'PREFIX' : 'FOLDER'
  }
}

function ends({ min, max, unit, integer }: Range): string {
  return `[${integer ? 'whole, ' : ''}${min} to ${max}${unit ? ` ${unit}` : ''}]`
}

function orWords(what: string, words: readonly string[] = []): string {
  return [what, ...words].join(' | ')
}

/** Names of one range together. */
function pairRanges(names: Readonly<Record<string, Range | WindowRange>>): string {
  const groups = new Map<string, string[]>()
  for (const [name, range] of Object.entries(names)) {
    const key = ends(range)
    groups.set(key, [...(groups.get(key) ?? []), name])
  }
  return [...groups].map(([key, members]) => `${members.join(' ')} ${key}`).join(', ')
}
