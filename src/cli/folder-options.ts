import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder, modelFolder } from './files.ts'
import type { OptionTable } from './options/option.ts'

/** Which dataset a command is about. */
export const datasetOption = {
  kind: 'folder',
  what: 'dataset',
  holds: 'manifest.json',
  shippedIn: dataFolder,
  cure: 'Make it with make-corpus.',
  default: 'dy-nc-13tev',
  help: 'shipped dataset id, or a folder with manifest.json',
} as const satisfies OptionTable[string]

/** Which encoder a command runs. */
export const modelOption = {
  kind: 'folder',
  what: 'model',
  holds: 'card.json',
  shippedIn: modelFolder,
  cure: 'Train it with train-encoder.',
  help: 'shipped model id, or a folder with card.json',
} as const satisfies OptionTable[string]

/** The folder of a shipped id, or the path itself. */
export function folderOf(
  { shippedIn, holds }: { shippedIn: string; holds: string },
  idOrPath: string,
): string {
  const shipped = join(shippedIn, idOrPath)
  return existsSync(join(shipped, holds)) ? shipped : idOrPath
}
