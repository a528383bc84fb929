import { writeZip as writeAnyZip, type ZipEntry } from '../../numerics/zip/write-zip.ts'
import { bundleZip } from './bundle-zip.ts'

export type { ZipEntry } from '../../numerics/zip/write-zip.ts'

/** A zip archive of a bundle. @throws AppError 'input/invalid' for more than a bundle may hold */
export const writeZip = (entries: readonly ZipEntry[]): Promise<Uint8Array<ArrayBuffer>> =>
  writeAnyZip(entries, bundleZip)
