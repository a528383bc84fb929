import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'

const folder = resolve(import.meta.dirname, '../../../shared/cases')

/** A file of the cases. */
export function sharedCase(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(resolve(folder, name)))
}

/**
 * First cells of the table of small inputs that must work or be refused, or undefined where it is absent: it is not part of this
 * project, and its tests are skipped then.
 */
export function sharedCases(): string[] | undefined {
  const table = resolve(folder, 'README.md')
  if (!existsSync(table)) {
    console.info('skipped: no table at shared/cases/README.md, so its cases do not run')
    return undefined
  }
  return readFileSync(table, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.slice(2).split(' | ')[0])
    .filter((cell) => cell !== 'file')
}

/** Unpacked text of another program's events, or undefined where it is absent. */
export function sharedEvents(name: string): string | undefined {
  const path = resolve(folder, 'events', name)
  if (existsSync(path)) return gunzipSync(readFileSync(path)).toString()
  console.info(`skipped: no shared/cases/events/${name}`)
  return undefined
}

/** A ROOT file of another program, or undefined where it is absent. */
export function sharedRoot(name: string): Uint8Array<ArrayBuffer> | undefined {
  const path = `real/root/${name}.root`
  if (existsSync(resolve(folder, path))) return sharedCase(path)
  console.info(`skipped: no shared/cases/${path}`)
  return undefined
}
