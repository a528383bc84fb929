import { AppError } from '../errors.ts'
import type { Command, CommandTable } from './command.ts'
import { describeFailure } from './failure.ts'
import { didYouMean } from './options/read-option.ts'
import { describeOption } from './options/describe-option.ts'
import { program } from './program.ts'
import { commands as allCommands } from './registry.ts'

/** 70 is EX_SOFTWARE of sysexits.h: a fault of ours, not of the input. */
export const exitCodes = { ok: 0, badInput: 2, notConverged: 3, fault: 70 } as const

/** Where lines go: answers to `out`, everything else to `err`. */
export interface Streams {
  out(line: string): void
  err(line: string): void
}

/**
 * One command line: JSON or help on `out`, progress and at most one line of complaint on `err`.
 *
 * @param stack     where the stack of an unexpected error goes too
 * @param commands  those that there are
 * @returns         the exit code; never throws
 */
export async function runCommandLine(
  argv: readonly string[],
  streams: Streams,
  { stack = false, commands = allCommands } = {},
): Promise<number> {
  try {
    return await dispatch(argv, streams, commands)
  } catch (thrown) {
    const failure = describeFailure(thrown)
    streams.err(failure.line)
    if (stack && failure.kind === 'fault' && thrown instanceof Error && thrown.stack)
      streams.err(thrown.stack)
    return exitCodes[failure.kind]
  }
}

async function dispatch(
  argv: readonly string[],
  { out, err }: Streams,
  commands: CommandTable,
): Promise<number> {
  const [first, ...rest] = argv
  const asksForHelp = first === 'help' || rest.includes('--help')
  const name = first === 'help' ? rest.find((word) => !word.startsWith('-')) : first
  if (!name || name === '--help') {
    out(await usage(commands))
    return exitCodes.ok
  }
  const command = await load(name, commands)
  if (asksForHelp) {
    out(describe(name, command))
    return exitCodes.ok
  }
  const result = await command.run(rest, err)
  out(JSON.stringify(result))
  const unconverged =
    typeof result === 'object' && result !== null && 'converged' in result && !result.converged
  return unconverged ? exitCodes.notConverged : exitCodes.ok
}

function load(name: string, commands: CommandTable): Promise<Command> {
  const known = Object.keys(commands)
  if (Object.hasOwn(commands, name)) return commands[name]()
  throw new AppError(
    'input/invalid',
    `There is no command "${name.slice(0, 60)}".${didYouMean(name, known)} "help" lists all ${known.length}.`,
  )
}

function describe(name: string, command: Command): string {
  const lines = Object.entries(command.options).map(([option, spec]) => {
    const value = spec.required
      ? ' (required)'
      : spec.default === undefined
        ? ''
        : ` (default ${spec.default})`
    return `  ${`--${option} ${describeOption(spec)}`.trimEnd()}\n      ${spec.help}${value}`
  })
  const places = (command.places ?? []).map((option) => ` [--${option}] ${option.toUpperCase()}`).join('')
  return [`${name}${places}: ${command.summary}`, ...lines].join('\n')
}

async function usage(commands: CommandTable): Promise<string> {
  const all = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(18)} ${(await load()).summary}`),
  )
  return [
    `Usage: ${program()} COMMAND [--option VALUE ...]`,
    'JSON on stdout, errors on stderr. "help COMMAND" lists the options of one, with their ranges.',
    ...all,
  ].join('\n')
}
