/** How this program is called: from its sources through npm, or as it is installed. */
export function program(script: string = import.meta.url): string {
  return script.endsWith('.ts') ? 'npm run -s cli --' : 'theoryscape'
}
