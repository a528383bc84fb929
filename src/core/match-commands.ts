import type { Command } from './command.ts'

/** Commands that hold every typed word, those whose label starts with the query first; order kept otherwise. */
export function matchCommands(commands: readonly Command[], query: string): Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...commands]
  const rank = ({ label, group = '', keywords = '' }: Command): number => {
    const name = label.toLowerCase()
    const all = `${name} ${group} ${keywords}`.toLowerCase()
    if (!words.every((word) => all.includes(word))) return -1
    if (name.startsWith(words[0])) return 0
    return words.every((word) => name.includes(word)) ? 1 : 2
  }
  return commands
    .map((command) => ({ command, rank: rank(command) }))
    .filter((entry) => entry.rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .map((entry) => entry.command)
}
