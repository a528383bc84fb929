import { program } from './program.ts'

/** The command as it was typed, with one more option if there is one: what to type to go on. */
export function lineToGoOn(option: string | null, argv: readonly string[] = process.argv.slice(2)): string {
  const words = option === null || argv.includes(option) ? argv : [...argv, option]
  return [program(), ...words.map(quoted)].join(' ')
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
