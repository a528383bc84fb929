import { folderOf, pathOf } from '../../core/file-path.ts'
import { AppError } from '../../errors.ts'
import { writeZip } from '../../share/bundle/write-zip.ts'
import { isBundle } from './is-bundle.ts'

const manifestName = 'theoryscape.json'
/** Files of more bytes are not read only to be packed again: no bundle has them. */
const largestBytes = 256 * 2 ** 20

/**
 * The bundle that a folder is, unpacked, or that lies in it at the top; null where there is none.
 *
 * @throws AppError 'share/invalid' with both numbers, of writeZip
 */
export async function bundleInFolder(files: readonly File[]): Promise<File | null> {
  const top = files.filter((file) => !folderOf(file).includes('/'))
  const manifest = top.find(({ name }) => name === manifestName)
  if (manifest) return packed(folderOf(manifest), files)
  for (const file of top) if (file.name.endsWith('.zip') && (await isBundle(file))) return file
  return null
}

async function packed(folder: string, files: readonly File[]): Promise<File> {
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  if (bytes > largestBytes)
    throw new AppError(
      'share/invalid',
      `The folder ${folder} has ${bytes} bytes, at most ${largestBytes} (256 MiB) are read. Leave out what is not of the bundle.`,
    )
  const entries = await Promise.all(
    files.map(async (file) => ({
      path: pathOf(file).slice(folder.length + 1),
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  )
  return new File([await writeZip(entries)], folder)
}
