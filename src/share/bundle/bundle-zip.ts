import type { ZipTerms } from '../../numerics/zip/read-zip.ts'

/** Most bytes of a bundle's file, and of all that is in it. */
export const largestZipBytes = 128 * 2 ** 20
const largestUnpackedBytes = 256 * 2 ** 20
/** Most entries of a bundle: the networks of a large fit, 100 replicas of 44 terms, have some 13,000 files. */
const mostEntries = 20_000

/** How archives of bundles are read, and what is said of damage. */
export const bundleZip: ZipTerms = {
  code: 'share/invalid',
  what: 'bundle',
  cure: 'Save or send the bundle again.',
  mostEntries,
  largestUnpackedBytes,
  largestZipBytes,
}
