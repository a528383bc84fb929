import { AppError } from '../errors.ts'
import { rememberPath } from './file-path.ts'

/** More than the plan of the largest fit has: 13,000 networks would have 52,000. */
const mostFiles = 60_000
const deepest = 16

/**
 * All files of a dropped folder, those of its folders too; hidden ones are left out. Their paths begin with its name.
 *
 * @throws AppError 'input/invalid' with both numbers for more files, or deeper folders, than are looked at
 */
export async function filesOfFolder(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const files: File[] = []
  const waiting = [{ entry: folder, depth: 1 }]
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    if (next.depth > deepest)
      throw tooMuch(folder.name, `folders in folders more than ${deepest} deep, at most ${deepest}`)
    for (const entry of await entriesOf(next.entry)) {
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory) waiting.push({ entry: entry as FileSystemDirectoryEntry, depth: next.depth + 1 })
      else files.push(await fileOf(entry as FileSystemFileEntry))
      if (files.length > mostFiles)
        throw tooMuch(folder.name, `more than ${mostFiles} files, at most ${mostFiles}`)
    }
  }
  return files
}

const tooMuch = (name: string, what: string) =>
  new AppError('input/invalid', `The folder ${name} has ${what} are read. Drop the part of it that matters.`)

/** Browsers give the entries of a folder in pieces. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail))
    if (some.length === 0) return all
    all.push(...some)
    if (all.length > mostFiles) return all
  }
}

async function fileOf(entry: FileSystemFileEntry): Promise<File> {
  const file = await new Promise<File>((done, fail) => entry.file(done, fail))
  rememberPath(file, entry.fullPath.replace(/^\//, ''))
  return file
}
