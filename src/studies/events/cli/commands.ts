import type { CommandTable } from '../../../cli/command.ts'

/** Commands of this study, by name. */
export const commands: CommandTable = {}
