import { AppError, checkedBy, describeIssues, shortName } from '../../errors.ts'
import { sha256Hex } from '../../numerics/sha256.ts'
import { isPlainObject } from '../untrusted-json.ts'
import {
  bundleVersion,
  largestManifestBytes,
  manifestName,
  manifestSchema,
  type BundleManifest,
  type ReadBundle,
  type ReadBundleItem,
} from './bundle-format.ts'
import { unpackPlain } from './plain-file.ts'
import { listZip, readZipEntry, type ZipListing } from './read-zip.ts'
import { largestZipBytes } from './bundle-zip.ts'

const cure = 'Save or send the bundle again.'

function readManifest(bytes: Uint8Array): BundleManifest {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new AppError('share/invalid', `${manifestName} of the bundle is not JSON. ${cure}`)
  }
  const { format, version } = isPlainObject(value) ? value : {}
  if (format !== 'theoryscape-bundle')
    throw new AppError(
      'share/invalid',
      `The archive is no bundle of this app: its ${manifestName} names the format ${shortName(String(format), 40)}. Drop the files in it one by one.`,
    )
  if (typeof version === 'number' && version > bundleVersion)
    throw new AppError(
      'share/too-new',
      `The bundle was saved by a newer version of the app: it has format ${version}, this app reads up to ${bundleVersion}. Reload the page, or unpack the bundle and drop its files.`,
    )
  const checked = checkedBy(manifestSchema, value)
  if (checked.success) return checked.data
  throw new AppError(
    'share/invalid',
    `${manifestName} of the bundle is not as it is written: ${describeIssues(checked.error.issues)}. ${cure}`,
  )
}

/**
 * What is in a bundle, every file of it compared with its checksums. Only what its manifest lists is unpacked.
 *
 * @throws AppError 'share/invalid' or 'share/too-new', naming the damaged file, or with both numbers
 */
export async function unpackBundle(file: Blob): Promise<ReadBundle> {
  if (file.size > largestZipBytes)
    throw new AppError(
      'share/invalid',
      `The bundle has ${file.size} bytes, at most ${largestZipBytes} (128 MiB) are read. Unpack it and drop its files.`,
    )
  const archive = new Uint8Array(await file.arrayBuffer())
  const listing = new Map<string, ZipListing>()
  for (const entry of listZip(archive)) {
    if (listing.has(entry.path))
      throw new AppError('share/invalid', `The bundle holds ${shortName(entry.path)} twice. ${cure}`)
    listing.set(entry.path, entry)
  }
  const first = listing.get(manifestName)
  if (!first)
    throw new AppError(
      'share/invalid',
      `The archive is no bundle of this app: it holds no ${manifestName}. Unpack it and drop the files in it.`,
    )
  if (first.bytes > largestManifestBytes)
    throw new AppError(
      'share/invalid',
      `${manifestName} of the bundle has ${first.bytes} bytes, at most ${largestManifestBytes} are read. Do not trust its source.`,
    )
  const { link, made, items } = readManifest(await readZipEntry(archive, first))
  listing.delete(manifestName)
  const read: ReadBundleItem[] = []
  for (const { holds, files, ...about } of items) {
    const contents: ReadBundleItem['files'] = []
    for (const { path, name, sha256 } of files) {
      const entry = listing.get(path)
      if (!entry) throw new AppError('share/invalid', `${shortName(path)} is missing in the bundle. ${cure}`)
      listing.delete(path)
      const bytes = await readZipEntry(archive, entry)
      const found = await sha256Hex(bytes)
      if (found !== sha256)
        throw new AppError(
          'share/invalid',
          `${shortName(path)} of the bundle was changed: its sha256 is ${found.slice(0, 12)}…, the bundle was saved with ${sha256.slice(0, 12)}…. ${cure}`,
        )
      contents.push({ name, bytes })
    }
    if (holds === 'files') read.push({ ...about, files: contents })
    else {
      const value = await unpackPlain(contents[0].bytes).catch((thrown: unknown) => {
        throw AppError.from(thrown).about(files[0].path)
      })
      read.push({ ...about, files: [], value })
    }
  }
  return { link, made, items: read, strangers: [...listing.keys()].filter((path) => !path.endsWith('/')) }
}
