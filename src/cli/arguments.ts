import { parseArgs } from 'node:util'
import { AppError } from '../errors.ts'

/** Options of one command: name -> what it is, shown by --help. Every value arrives as text. */
export type OptionTable = Record<string, { flag?: boolean; default?: string; help: string }>

/** `--cos -0.5` as `--cos=-0.5`: parseArgs takes a value that begins with a dash for another option. */
function joinNegativeNumbers(table: OptionTable, argv: string[]): string[] {
  const joined: string[] = []
  for (let i = 0; i < argv.length; i++) {
    const name = argv[i].startsWith('--') ? argv[i].slice(2) : ''
    const takesValue = Object.hasOwn(table, name) && !table[name].flag
    if (takesValue && /^-[\d.]/.test(argv[i + 1] ?? '')) joined.push(`${argv[i]}=${argv[++i]}`)
    else joined.push(argv[i])
  }
  return joined
}

/** @throws AppError 'input/invalid' naming the option */
export function parseOptions(table: OptionTable, argv: string[]): Record<string, string | undefined> {
  try {
    const { values } = parseArgs({
      args: joinNegativeNumbers(table, argv),
      strict: true,
      allowPositionals: false,
      options: Object.fromEntries(
        Object.entries(table).map(([name, { flag }]) => [
          name,
          { type: flag ? 'boolean' : 'string' } as const,
        ]),
      ),
    })
    return Object.fromEntries(
      Object.entries(table).map(([name, option]) => {
        const value = values[name]
        return [name, value === true ? 'true' : value === false ? undefined : (value ?? option.default)]
      }),
    )
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new AppError(
      'input/invalid',
      `${message}. Known options: ${Object.keys(table)
        .map((n) => `--${n}`)
        .join(' ')}.`,
    )
  }
}

export function required(options: Record<string, string | undefined>, name: string): string {
  const value = options[name]
  if (value === undefined) throw new AppError('input/invalid', `--${name} is missing. Give it a value.`)
  return value
}

export function numberOption(options: Record<string, string | undefined>, name: string): number {
  return parseNumber(required(options, name), name)
}

/** Comma-separated numbers, e.g. 1e-3,0.1 */
export function numbersOption(options: Record<string, string | undefined>, name: string): number[] {
  return required(options, name)
    .split(',')
    .map((text) => parseNumber(text, name))
}

function parseNumber(text: string, name: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value))
    throw new AppError(
      'input/invalid',
      `--${name} needs finite numbers, got "${text}". Write them like 0.1 or 1e-3.`,
    )
  return value
}

export function choiceOption<T extends string>(
  options: Record<string, string | undefined>,
  name: string,
  choices: readonly T[],
): T {
  const value = required(options, name)
  const found = choices.find((choice) => choice === value)
  if (!found)
    throw new AppError('input/invalid', `--${name} is "${value}", must be one of ${choices.join(', ')}.`)
  return found
}
