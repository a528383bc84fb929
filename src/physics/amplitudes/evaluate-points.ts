import { createProcess, parseKnownProcess, type ProcessOptions } from './create-process.ts'
import { entryParameters, flatMomenta, parsePointsFile } from './points-file.ts'

export interface EvaluatedPoint {
  /** As the file has it. */
  process: string
  me2: number
  /** me2 over the file's. */
  ratio: number
}

/**
 * |M|² of every point of a file (points-file.ts), in the file's order. All of the file is checked before the first
 * amplitude is made.
 *
 * @throws AppError 'input/invalid' for an unknown process, with those there are; 'data/corrupt' for a broken file
 */
export function evaluatePoints(text: string, options: ProcessOptions): EvaluatedPoint[] {
  const file = parsePointsFile(text)
  const entries = file.points.map((entry) => {
    const process = parseKnownProcess(entry.process)
    return {
      entry,
      process,
      parameters: entryParameters(file, entry, process),
      momenta: entry.points.map(({ p }) => flatMomenta(process, p)),
    }
  })
  return entries.flatMap(({ entry, process, parameters, momenta }) => {
    const matrixElement = createProcess(process, parameters, options)
    return entry.points.map((point, i) => {
      const me2 = matrixElement.squaredMatrixElement(momenta[i])
      return { process: entry.process, me2, ratio: me2 / point.me2 }
    })
  })
}
