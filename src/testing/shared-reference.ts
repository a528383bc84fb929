import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const folder = resolve(import.meta.dirname, '../../../shared/reference')

/** A file of reference numbers that some tests compare with, or undefined where it is absent: it is not part of this project. */
export function sharedReference<T>(name: string): T | undefined {
  const path = resolve(folder, name)
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as T
  console.info(`skipped: no shared/reference/${name}, so comparisons with it do not run`)
  return undefined
}
