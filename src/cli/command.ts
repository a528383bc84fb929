import { parseOptions } from './arguments.ts'
import type { OptionTable } from './options/option.ts'
import type { OptionTexts, OptionValues } from './options/option-values.ts'

/** One command of the command line: what is typed in, a JSON value out. */
export interface Command {
  summary: string
  options: OptionTable
  /** Options whose values may be given without their names, in this order. */
  places?: readonly string[]
  /**
   * @param argv  what is typed behind its name
   * @returns     what is printed as JSON on stdout; `converged: false` inside makes the exit code 3
   */
  run(argv: readonly string[], log: (line: string) => void): Promise<unknown>
}

/** Commands by name, each loaded when it is asked for. */
export type CommandTable = Record<string, () => Promise<Command>>

interface CommandParts<T extends OptionTable> {
  summary: string
  options: T
  places?: readonly (keyof T & string)[]
  /** @param texts  the options as they were typed, for what must compare them: a run that is continued */
  run(options: OptionValues<T>, log: (line: string) => void, texts: OptionTexts): Promise<unknown>
}

/** A command whose options are read, checked and typed by its table. */
export function defineCommand<const T extends OptionTable>({
  summary,
  options: table,
  places,
  run,
}: CommandParts<T>): Command {
  return {
    summary,
    options: table,
    places,
    run: async (argv, log) => {
      const { values, texts } = parseOptions(table, argv, places)
      return run(values, log, texts)
    },
  }
}
