// One chunk of what is asked for later: what Ctrl-K opens and lists, and what Share says.
export { CommandPalette } from '../ui/common/CommandPalette.tsx'
export { appCommands } from './commands.ts'
export { tellLink } from './tell-link.ts'
