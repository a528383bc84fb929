import { AppError } from '../../errors.ts'
import { checkInputFile, checkInputFolder, checkOutput } from './check-paths.ts'
import { describeChoices, describeRange } from './describe-option.ts'
import { nearestName } from './nearest.ts'
import type { Option, Range, WindowRange } from './option.ts'

/** No number needs more; cut before any pattern sees it. */
const longestNumber = 64
const shownLetters = 60
/** Some hundred columns with names of forty letters. */
const longestMapping = 8000

const numeral = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i
const idPattern = /^[a-z0-9][a-z0-9-]{0,63}$/

/** A value as a message shows it. */
export function shown(text: string): string {
  const line = text.slice(0, shownLetters + 1).replace(/\s+/g, ' ')
  return `"${line.length > shownLetters ? `${line.slice(0, shownLetters)}...` : line}"`
}

/** A number as it was typed, anything else between quotation marks. */
function shownNumber(text: string): string {
  return Number.isNaN(readNumber(text)) ? shown(text) : text.trim()
}

/** A finite decimal number, or NaN. */
export function readNumber(text: string): number {
  const trimmed = text.length > longestNumber ? '' : text.trim()
  const value = numeral.test(trimmed) ? Number(trimmed) : NaN
  return Number.isFinite(value) ? value : NaN
}

/** A value of any kind of option; `OptionValues` says which of which. */
export type AnyValue =
  boolean | number | string | number[] | string[] | Record<string, number | [number, number] | string>

/**
 * The value of what is typed for an option, checked against its line in the table.
 *
 * @throws AppError 'input/invalid', or 'data/not-found' for a file that is not there
 */
export function readOption(name: string, option: Option, text: string): AnyValue {
  const refuse = refusal(`--${name}`)
  if (option.kind === 'flag') return true
  if (text.trim() === '') refuse('is empty', 'Give it a value or leave it out.')
  if ('or' in option && option.or?.includes(text)) return text
  switch (option.kind) {
    case 'number':
      return checkedNumber(text, option, (must) => refuse(`is ${shownNumber(text)}`, must), option.or)
    case 'numbers':
      return checkedNumbers(text, option, refuse)
    case 'tuple':
      return checkedTuple(text, option.parts, refuse)
    case 'pairs':
      return checkedPairs(text, option, refuse)
    case 'mapping':
      return checkedMapping(text, option, refuse)
    case 'choice':
      checkChoice(text, option.choices, (must) => refuse(`is ${shown(text)}`, must))
      return text
    case 'choices':
      return checkedChoices(text, option.choices, refuse)
    case 'text':
      checkLength(text, option.most, refuse)
      return text
    case 'words':
      checkLength(text, option.most, refuse)
      return text.split(',')
    case 'id':
      if (!idPattern.test(text))
        refuse(`is ${shown(text)}`, 'must be 1 to 64 lower-case letters, digits and dashes, like my-map-2.')
      return text
    case 'file':
      checkInputFile(name, option.what, text, option.or, option.folderToo)
      return text
    case 'files': {
      const files = text.split(',')
      for (const file of files) checkInputFile(name, option.what, file)
      return files
    }
    case 'folder':
      checkInputFolder(option, text)
      return text
    case 'folders': {
      const folders = text.split(',')
      for (const folder of folders) checkInputFolder(option, folder)
      return folders
    }
    case 'output':
      checkOutput(name, option, text)
      return text
  }
}

type Refuse = (found: string, must: string) => never

function refusal(where: string): Refuse {
  return (found, must) => {
    throw new AppError('input/invalid', `${where} ${found}${/^[A-Z]/.test(must) ? '.' : ','} ${must}`)
  }
}

function checkLength(text: string, most: number, refuse: Refuse): void {
  if (text.length > most) refuse(`has ${text.length} letters`, `at most ${most} are taken.`)
}

function checkedNumber(
  text: string,
  range: Range,
  refuse: (must: string) => never,
  words: readonly string[] = [],
): number {
  const value = readNumber(text)
  if (value >= range.min && value <= range.max && !(range.integer && !Number.isInteger(value))) return value
  const or = words.length > 0 ? `, or ${words.join(' or ')}` : ''
  const why = range.reason && !Number.isNaN(value) ? ` (beyond, ${range.reason})` : ''
  return refuse(`must be ${describeRange(range)}${or}${why}.`)
}

function checkedNumbers(
  text: string,
  option: Extract<Option, { kind: 'numbers' }>,
  refuse: Refuse,
): number[] {
  const parts = text.split(',')
  if (parts.length < option.least || parts.length > option.most)
    refuse(
      countOf(parts.length),
      option.least === option.most
        ? `must have ${option.least}.`
        : `must have ${option.least} to ${option.most} with commas between them.`,
    )
  return parts.map((part) =>
    checkedNumber(part, option, (must) => refuse(`has ${shownNumber(part)}`, `each ${must}`)),
  )
}

function countOf(count: number): string {
  return `has ${count} number${count === 1 ? '' : 's'}`
}

function checkedTuple(
  text: string,
  ranges: Extract<Option, { kind: 'tuple' }>['parts'],
  refuse: Refuse,
): number[] {
  const parts = text.split(',')
  if (parts.length !== ranges.length)
    refuse(
      countOf(parts.length),
      `must be ${ranges.map(({ name }) => name).join(',')}: ${ranges.length} numbers.`,
    )
  return parts.map((part, k) =>
    checkedNumber(part, ranges[k], (must) => refuse(`has ${ranges[k].name} ${shownNumber(part)}`, must)),
  )
}

function checkedPairs(
  text: string,
  option: Extract<Option, { kind: 'pairs' }>,
  refuse: Refuse,
): Record<string, number | [number, number] | string> {
  const known = Object.keys(option.names)
  const values: Record<string, number | [number, number] | string> = {}
  for (const part of text.split(',')) {
    const at = part.indexOf('=')
    const name = (at < 0 ? part : part.slice(0, at)).trim()
    if (!Object.hasOwn(option.names, name))
      refuse(
        `has ${shown(part)}: there is no ${option.what} ${shown(name)}`,
        `known are ${describeChoices(known)}.${didYouMean(name, known)}`,
      )
    if (at < 0)
      refuse(`has ${shown(part)}`, `must be name=value, like ${name}=${exampleOf(option.names[name])}.`)
    if (Object.hasOwn(values, name)) refuse(`names ${name} twice`, 'Name each once.')
    const value = part.slice(at + 1)
    const range = option.names[name]
    const complain = (must: string): never => refuse(`has ${shown(part)}`, `${name} ${must}`)
    if (option.orValue?.[name] === value) values[name] = value
    else if ('window' in range) values[name] = checkedWindow(value, range, complain)
    else values[name] = checkedNumber(value, range, complain)
  }
  return values
}

function checkedMapping(
  text: string,
  { what, names }: Extract<Option, { kind: 'mapping' }>,
  refuse: Refuse,
): Record<string, string> {
  checkLength(text, longestMapping, refuse)
  const values: Record<string, string> = {}
  for (const part of text.split(',')) {
    const at = part.indexOf('=')
    const name = (at < 0 ? part : part.slice(0, at)).trim()
    const value = at < 0 ? '' : part.slice(at + 1).trim()
    if (!names.includes(name))
      refuse(
        `has ${shown(part)}: there is no ${what} ${shown(name)}`,
        `known are ${describeChoices(names)}.${didYouMean(name, names)}`,
      )
    if (value === '')
      refuse(`has ${shown(part)}`, `must be ${what}=name, like ${name}=${name.toUpperCase()}.`)
    if (Object.hasOwn(values, name)) refuse(`names ${name} twice`, 'Name each once.')
    values[name] = value
  }
  return values
}

function exampleOf(range: Range | WindowRange): string {
  return 'window' in range ? '76:106' : String(range.integer ? Math.max(1, range.min) : range.max / 10)
}

function checkedWindow(
  text: string,
  range: WindowRange,
  refuse: (must: string) => never,
): [low: number, high: number] {
  const complain = (): never => refuse(`must be ${describeRange(range)}.`)
  const ends = text.split(':').map((end) => checkedNumber(end, range, complain))
  return ends.length === 2 && ends[0] < ends[1] ? [ends[0], ends[1]] : complain()
}

function checkChoice(text: string, choices: readonly string[], refuse: (must: string) => never): void {
  if (choices.includes(text)) return
  refuse(`must be one of ${describeChoices(choices)}.${didYouMean(text, choices)}`)
}

function checkedChoices(text: string, choices: readonly string[], refuse: Refuse): string[] {
  const seen = new Set<string>()
  for (const part of text.split(',')) {
    checkChoice(part, choices, (must) => refuse(`has ${shown(part)}`, `each ${must}`))
    if (seen.has(part)) refuse(`names ${part} twice`, 'Name each once.')
    seen.add(part)
  }
  return [...seen]
}

/** " Did you mean --edges?", or nothing. */
export function didYouMean(text: string, known: readonly string[], prefix = ''): string {
  const nearest = nearestName(text, known)
  return nearest === null ? '' : ` Did you mean ${prefix}${nearest}?`
}
