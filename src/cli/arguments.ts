import { AppError } from '../errors.ts'
import type { OptionTable } from './options/option.ts'
import type { OptionTexts, OptionValues } from './options/option-values.ts'
import { didYouMean, readOption, shown } from './options/read-option.ts'

/** What is typed behind a command. */
export interface ParsedOptions<T extends OptionTable> {
  values: OptionValues<T>
  texts: OptionTexts
}

/**
 * Every value within what the table allows, and of its type; defaults where nothing is typed.
 *
 * @param places  options whose values may be given without their names, in this order
 * @throws AppError 'input/invalid' naming the option, 'data/not-found' for a file to read
 */
export function parseOptions<const T extends OptionTable>(
  table: T,
  argv: readonly string[],
  places: readonly string[] = [],
): ParsedOptions<T> {
  const given = new Map<string, string>()
  let placed = 0
  for (let i = 0; i < argv.length; i++) {
    const isPlaced = placed < places.length && !argv[i].startsWith('-')
    const { name, value } = isPlaced ? { name: places[placed++], value: argv[i] } : splitArgument(argv[i])
    const option = Object.hasOwn(table, name) ? table[name] : unknownOption(table, name)
    const before = given.get(name)
    const repeats = option.kind === 'pairs' && option.repeats
    if (before !== undefined && !repeats)
      throw new AppError(
        'input/invalid',
        `--${name} is given twice. Give it once${option.kind === 'flag' ? '' : '; lists have commas'}.`,
      )
    if (option.kind === 'flag') {
      if (value !== null)
        throw new AppError('input/invalid', `--${name} takes no value, got ${shown(value)}. Leave it out.`)
      given.set(name, 'true')
    } else {
      const text = value ?? valueBehind(argv, ++i, name)
      given.set(name, before === undefined ? text : `${before},${text}`)
    }
  }
  // In the order of the table: the same complaint first, however the line is ordered.
  const all = Object.entries(table).map(([name, option]) => {
    const text = given.get(name) ?? option.default
    return { name, option, text, value: text === undefined ? undefined : readOption(name, option, text) }
  })
  const missing = all.find(({ option, text }) => option.required && text === undefined)
  if (missing) throw new AppError('input/invalid', `--${missing.name} is missing. Give it a value.`)
  const values = all.map(({ name, option, value }) => [name, option.kind === 'flag' ? value === true : value])
  return {
    // Value by value of the type that the kind of its option has: `readOption` and `OptionValue` go together.
    values: Object.fromEntries(values) as OptionValues<T>,
    texts: Object.fromEntries(all.map(({ name, text }) => [name, text])),
  }
}

function splitArgument(argument: string): { name: string; value: string | null } {
  if (!/^--[a-z]/.test(argument))
    throw new AppError(
      'input/invalid',
      `${shown(argument)} stands where an option is expected. Options begin with two dashes; lists have commas and no blanks.`,
    )
  const equals = argument.indexOf('=')
  return equals < 0
    ? { name: argument.slice(2), value: null }
    : { name: argument.slice(2, equals), value: argument.slice(equals + 1) }
}

function unknownOption(table: OptionTable, name: string): never {
  const known = Object.keys(table)
  const list = known.map((other) => `--${other}`).join(' ')
  throw new AppError(
    'input/invalid',
    `Unknown option --${shown(name).slice(1, -1)}.${didYouMean(name, known, '--')} ${known.length === 0 ? 'There are none.' : `Known options: ${list}.`}`,
  )
}

/** What follows an option; a minus sign begins a number, two dashes the next option. */
function valueBehind(argv: readonly string[], at: number, name: string): string {
  if (at < argv.length && !/^--[a-z]/.test(argv[at])) return argv[at]
  throw new AppError('input/invalid', `--${name} has no value. Write --${name} VALUE or --${name}=VALUE.`)
}
