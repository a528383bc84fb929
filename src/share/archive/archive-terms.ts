import type { ZipTerms } from '../../numerics/zip/read-zip.ts'

export type ArchiveTerms = ZipTerms

/** How the archive of a folder is read: as many files as a dropped folder may have, as many bytes as a bundle. */
export const folderArchive: ArchiveTerms = {
  code: 'share/invalid',
  what: 'archive',
  cure: 'Pack the folder again, or drop it as it is.',
  mostEntries: 60_000,
  largestUnpackedBytes: 256 * 2 ** 20,
  largestZipBytes: 128 * 2 ** 20,
}
