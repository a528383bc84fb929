import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { AppError } from '../errors.ts'

export const repositoryRoot = resolve(import.meta.dirname, '../..')
/** A release has the built site in place of what it is built from. */
const served = ['public', 'site'].map((name) => join(repositoryRoot, name)).find((path) => existsSync(path))
export const dataFolder = join(served ?? repositoryRoot, 'data')
export const samplesFolder = join(served ?? repositoryRoot, 'samples')
export const modelFolder = join(repositoryRoot, 'models')
export const classifierFolder = join(modelFolder, 'classifiers')
export const transformerFolder = join(modelFolder, 'transformers')

export interface FileToWrite {
  name: string
  bytes: Uint8Array | string
}

/**
 * Writes files so that a killed run leaves old or new ones, never halves: a new folder is made under another name and
 * renamed, in an existing one each file is.
 *
 * @throws AppError 'input/invalid' where the folder cannot be written to
 */
export function writeFiles(folder: string, files: FileToWrite[]): void {
  try {
    if (existsSync(folder)) {
      for (const { name, bytes } of files) writeFileSync(`${join(folder, name)}.part`, bytes, { flush: true })
      for (const { name } of files) renameSync(`${join(folder, name)}.part`, join(folder, name))
      return
    }
    const whole = resolve(folder)
    const part = `${whole}.part`
    rmSync(part, { recursive: true, force: true })
    mkdirSync(part, { recursive: true })
    for (const { name, bytes } of files) writeFileSync(join(part, name), bytes, { flush: true })
    renameSync(part, whole)
  } catch (error) {
    throw new AppError(
      'input/invalid',
      `${files.map(({ name }) => name).join(', ')} cannot be written to ${folder}: ${error instanceof Error ? error.message : String(error)}. Choose a folder that can be written to.`,
    )
  }
}

/** Of a file of any size. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array)
  return hash.digest('hex')
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
