import { AppError } from '../../../../errors.ts'
import { createLineReader } from '../../../../numerics/line-reader.ts'

/** What a file of a measurement lacks, with the cure. */
export function refused(name: string, what: string, cure: string): AppError {
  return new AppError(
    'data/mismatch',
    `${name} is no measured spectrum that can be compared: ${what}; ${cure}.`,
    {
      file: name,
      measurement: true,
    },
  )
}

const mostLines = 50_000

export function linesOf(text: string): string[] {
  const reader = createLineReader(text)
  const lines: string[] = []
  for (let line = reader.next(); line && lines.length < mostLines; line = reader.next()) lines.push(line.text)
  return lines
}
