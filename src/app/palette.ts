// One chunk: what Ctrl-K opens, and what it lists.
export { CommandPalette } from '../ui/common/CommandPalette.tsx'
export { appCommands } from './commands.ts'
