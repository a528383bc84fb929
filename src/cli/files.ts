import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { AppError } from '../errors.ts'

export const repositoryRoot = resolve(import.meta.dirname, '../..')
export const dataFolder = join(repositoryRoot, 'public/data')
export const modelFolder = join(repositoryRoot, 'models')
export const classifierFolder = join(modelFolder, 'classifiers')

/**
 * Writes files so that a killed run leaves old or new ones, never halves.
 *
 * @throws AppError 'input/invalid' where the folder cannot be written to
 */
export function writeFiles(folder: string, files: { name: string; bytes: Uint8Array | string }[]): void {
  try {
    mkdirSync(folder, { recursive: true })
    for (const { name, bytes } of files) writeFileSync(join(folder, `${name}.part`), bytes)
    for (const { name } of files) renameSync(join(folder, `${name}.part`), join(folder, name))
  } catch (error) {
    throw new AppError(
      'input/invalid',
      `${files.map(({ name }) => name).join(', ')} cannot be written to ${folder}: ${error instanceof Error ? error.message : String(error)}. Choose a folder that can be written to.`,
    )
  }
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** `fetch` over file:// addresses, so that commands read datasets through the code of the page. */
export const fileFetch: typeof fetch = async (input) => {
  const path = new URL(String(input))
  try {
    return new Response(new Uint8Array(readFileSync(path)))
  } catch {
    return new Response(null, { status: 404 })
  }
}
