import { AppError } from '../../errors.ts'
import { inflateBytes } from '../../numerics/deflate.ts'
import { listZip, readZipEntry } from '../../numerics/zip/read-zip.ts'
import { folderArchive, type ArchiveTerms } from './archive-terms.ts'
import { isTar, readTar } from './read-tar.ts'

/** A file of a packed folder, its path with "/". */
export interface PackedFile {
  path: string
  bytes: Uint8Array<ArrayBuffer>
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/**
 * The files of a zip, tar or tar.gz archive, hidden ones and what macOS puts beside them left out.
 *
 * @param wanted  what one of its paths must hold for the rest to be of interest
 * @returns       null where none is
 * @throws        AppError 'share/invalid' for what is damaged or too much, with both numbers
 */
export async function unpackArchive(
  file: Blob,
  wanted: readonly RegExp[],
  terms: ArchiveTerms = folderArchive,
): Promise<PackedFile[] | null> {
  const { code, largestZipBytes } = terms
  if (file.size > largestZipBytes)
    throw new AppError(
      code,
      `The archive has ${file.size} bytes, at most ${largestZipBytes} (128 MiB) are read. Drop the folder as it is.`,
    )
  const bytes = new Uint8Array(await file.arrayBuffer())
  const plain = isGzip(bytes) ? await gunzipped(bytes, terms) : bytes
  const isWanted = (paths: readonly string[]) => paths.some((path) => wanted.some((one) => one.test(path)))
  if (isTar(plain)) {
    const files = readTar(plain, terms).map((entry) => ({ ...entry, path: tidy(entry.path) }))
    return isWanted(files.map(({ path }) => path)) ? files.filter(isSeen).map(ownBytes) : null
  }
  const entries = listZip(plain, terms).filter(({ path }) => !/[/\\]$/.test(path))
  if (!isWanted(entries.map(({ path }) => tidy(path)))) return null
  const files: PackedFile[] = []
  for (const entry of entries) {
    const path = tidy(entry.path)
    if (isSeen({ path })) files.push({ path, bytes: await readZipEntry(plain, entry, terms) })
  }
  return files
}

/** As paths are written everywhere but by some programs of Windows, and by tar of "." */
const tidy = (path: string): string => path.replaceAll('\\', '/').replace(/^(\.\/)+/, '')

const isSeen = ({ path }: { path: string }): boolean => !/(^|\/)(\.|__MACOSX\/)/.test(path)

/** Of its own, so that it can be handed to another thread. */
const ownBytes = ({ path, bytes }: PackedFile): PackedFile => ({ path, bytes: bytes.slice() })

async function gunzipped(
  bytes: Uint8Array<ArrayBuffer>,
  { code, cure, largestUnpackedBytes }: ArchiveTerms,
): Promise<Uint8Array<ArrayBuffer>> {
  const plain = await inflateBytes(bytes, largestUnpackedBytes, 'gzip').catch((thrown: unknown) => {
    throw new AppError(
      code,
      `The archive is damaged or cut short: it cannot be unpacked (${AppError.from(thrown).message}). ${cure}`,
    )
  })
  if (plain) return plain as Uint8Array<ArrayBuffer>
  throw new AppError(
    code,
    `The archive (${bytes.length} bytes) unpacks to more than ${largestUnpackedBytes}, the most that is read. Do not trust its source.`,
  )
}
