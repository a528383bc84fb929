import {
  listZip as listAnyZip,
  readZipEntry as readAnyEntry,
  type ZipListing,
} from '../../numerics/zip/read-zip.ts'
import { bundleZip } from './bundle-zip.ts'

export type { ZipListing } from '../../numerics/zip/read-zip.ts'

/** The directory of a bundle. @throws AppError 'share/invalid' */
export const listZip = (archive: Uint8Array): ZipListing[] => listAnyZip(archive, bundleZip)

/** The content of one of its entries. @throws AppError 'share/invalid' */
export const readZipEntry = (
  archive: Uint8Array<ArrayBuffer>,
  entry: ZipListing,
): Promise<Uint8Array<ArrayBuffer>> => readAnyEntry(archive, entry, bundleZip)
