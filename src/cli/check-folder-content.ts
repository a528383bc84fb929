import { existsSync, readdirSync, statSync } from 'node:fs'
import { AppError } from '../errors.ts'

/**
 * A folder that is to be written holds nothing but files of an earlier run, which are replaced.
 *
 * @param option  that named it, without dashes
 * @param files   names that the command writes, or the pattern they follow
 * @throws AppError 'input/invalid' naming what else lies there
 */
export function checkFolderContent(option: string, folder: string, files: readonly string[] | RegExp): void {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return
  const ours = (name: string): boolean => (files instanceof RegExp ? files.test(name) : files.includes(name))
  const others = readdirSync(folder).filter((name) => !ours(name.replace(/\.part$/, '')))
  if (others.length === 0) return
  const more = others.length > 3 ? ` and ${others.length - 3} more` : ''
  throw new AppError(
    'input/invalid',
    `--${option}: ${folder} already holds ${others.slice(0, 3).join(', ')}${more}, which this command does not write. Choose a new or an empty folder.`,
    { folder, others: others.length },
  )
}
