import type { OptionTable } from './arguments.ts'

/** One command of the command line: options in, a JSON value out. */
export interface Command {
  summary: string
  options: OptionTable
  /** @returns what is printed as JSON on stdout; `converged: false` inside makes the exit code 3 */
  run(options: Record<string, string | undefined>, log: (line: string) => void): Promise<unknown>
}
