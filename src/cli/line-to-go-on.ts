/** The command as it was typed, with one more option: what to type to go on. */
export function lineToGoOn(option: string, argv: readonly string[] = process.argv.slice(2)): string {
  const words = argv.includes(option) ? argv : [...argv, option]
  return ['npm run -s cli --', ...words.map(quoted)].join(' ')
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
