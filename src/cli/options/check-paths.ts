import { accessSync, constants, readdirSync, statSync, type Stats } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { AppError } from '../../errors.ts'
import { describeFileError, fileErrorCode } from './file-errors.ts'
import type { Option } from './option.ts'

/** What nobody means as the name of a folder. */
const fileEndings = [
  '.csv',
  '.gz',
  '.h5',
  '.json',
  '.lhe',
  '.npy',
  '.npz',
  '.parquet',
  '.root',
  '.tsv',
  '.txt',
]

/** @throws AppError 'data/not-found' where nothing is, 'input/invalid' for a folder or what cannot be read */
export function checkInputFile(
  name: string,
  what: string,
  path: string,
  words: readonly string[] = [],
  folderToo = false,
): void {
  const or = words.length > 0 ? `, or ${words.join(' or ')}` : ''
  const found = statOf(path)
  if (!found)
    throw new AppError(
      'data/not-found',
      `There is no ${what} at ${path}. Give --${name} the path of a file${or}.`,
    )
  if (found.isDirectory() && !folderToo)
    throw new AppError(
      'input/invalid',
      `--${name} ${path} is a folder, must be a file: the ${what}. Name the file in it${or}.`,
    )
  access(path, constants.R_OK, `--${name} ${path} cannot be read`)
}

/** A shipped id, or a folder with what belongs into it. @throws AppError 'data/not-found' */
export function checkInputFolder(
  option: Extract<Option, { kind: 'folder' | 'folders' }>,
  idOrPath: string,
): void {
  const { what, holds, cure } = option
  const shippedIn = option.kind === 'folder' ? option.shippedIn : undefined
  const places = [...(shippedIn === undefined ? [] : [join(shippedIn, idOrPath)]), idOrPath]
  if (idOrPath !== '' && places.some((place) => isIn(place, holds))) return
  if ('within' in option && foldersWithin(idOrPath, holds).length > 0) return
  throw new AppError(
    'data/not-found',
    shippedIn === undefined
      ? `There is no ${holds} in ${idOrPath}${'within' in option ? ' or a folder in it' : ''}. ${cure}`
      : `There is no ${what} "${idOrPath}": neither shipped nor a folder with ${holds}. ${cure}`,
  )
}

const isIn = (folder: string, file: string): boolean => statOf(join(folder, file))?.isDirectory() === false

/** Folders right below a folder that hold a file, by name. */
export function foldersWithin(folder: string, file: string): string[] {
  if (folder === '' || !statOf(folder)?.isDirectory()) return []
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => statOf(path)?.isDirectory() && isIn(path, file))
}

/**
 * Looked at before the work whose result is to be written there; what is missing is made later.
 *
 * @throws AppError 'input/invalid' where nothing could be written
 */
export function checkOutput(name: string, option: Extract<Option, { kind: 'output' }>, path: string): void {
  const { what, fileEnding } = option
  const isFile = what === 'file' || (fileEnding !== undefined && extname(path) === fileEnding)
  if (what === 'folder' && !isFile && fileEndings.includes(extname(path)))
    throw new AppError(
      'input/invalid',
      `--${name} ${path} ends in "${extname(path)}", but ${fileEnding ? `is written as file${fileEnding} or into a folder` : 'it is a folder that is written'}. Choose such a name.`,
    )
  const found = statOf(path)
  if (isFile && found?.isDirectory())
    throw new AppError('input/invalid', `--${name} ${path} is a folder, must be a file. Name a file in it.`)
  if (what === 'folder' && !isFile && found && !found.isDirectory())
    throw new AppError('input/invalid', `--${name} ${path} is a file, must be a folder. Choose another name.`)
  const folder = existingFolder(what === 'folder' && !isFile ? path : dirname(path))
  if (!statOf(folder)?.isDirectory())
    throw new AppError(
      'input/invalid',
      `--${name} ${path} cannot be written: ${folder} is no folder. Choose another place.`,
    )
  access(folder, constants.W_OK, `--${name} ${path} cannot be written`)
}

/** The nearest of a path and the folders above it that exists. */
function existingFolder(path: string): string {
  let place = resolve(path)
  while (!statOf(place) && dirname(place) !== place) place = dirname(place)
  return place
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (thrown) {
    if (fileErrorCode(thrown) === 'ENOTDIR') return undefined
    throw new AppError('input/invalid', `${path.slice(0, 200)}: ${describeFileError(thrown)}`)
  }
}

function access(path: string, mode: number, what: string): void {
  try {
    accessSync(path, mode)
  } catch (thrown) {
    throw new AppError('input/invalid', `${what}: ${describeFileError(thrown)}`)
  }
}
