import { inBundleWorker } from '../../core/bundle-worker.ts'
import { rememberPath } from '../../core/file-path.ts'
import type { Platform } from '../../core/platform.ts'
import { AppError } from '../../errors.ts'
import { isTar } from '../../share/archive/read-tar.ts'
import type { PackedFile } from '../../share/archive/unpack-archive.ts'
import { isBundle } from './is-bundle.ts'
import { zipDirectory } from './zip-directory.ts'

/** A tar archive is told by its first header. */
const tarHead = 512

/**
 * The files of a folder that came as one archive (zip, tar, tar.gz), with their paths; null for any other file, bundles among them.
 *
 * @param wanted  what makes it such a folder, as a part of one of its paths
 * @throws AppError 'share/invalid' naming the archive where it cannot be unpacked
 */
export async function packedFolder(
  file: File,
  wanted: readonly RegExp[],
  platform: Pick<Platform, 'spawn'>,
): Promise<File[] | null> {
  if (!(await mayBe(file, wanted))) return null
  const packed = await inBundleWorker(
    platform,
    (jobs) => jobs.run('unfold', { file, wanted: [...wanted] }).promise,
  ).catch((thrown: unknown) => {
    throw AppError.from(thrown).about(file.name)
  })
  return packed && withPaths(packed, file.name.replace(/\.(zip|tgz|tar(\.gz)?)$/i, ''))
}

/** Looks at no more than the beginning, or at the directory of a zip. */
async function mayBe(file: File, wanted: readonly RegExp[]): Promise<boolean> {
  const magic = new Uint8Array(await file.slice(0, tarHead).arrayBuffer())
  if (magic[0] === 0x50 && magic[1] === 0x4b) {
    const directory = await zipDirectory(file)
    return directory !== null && !(await isBundle(file)) && wanted.some((one) => one.test(directory))
  }
  return isTar(magic[0] === 0x1f && magic[1] === 0x8b ? await gzipHead(file) : magic)
}

/** What a gzip file begins with once it is unpacked; nothing where it is damaged. */
async function gzipHead(file: File): Promise<Uint8Array> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  try {
    const { value } = await reader.read()
    return (value as Uint8Array | undefined) ?? new Uint8Array()
  } catch {
    return new Uint8Array()
  } finally {
    reader.cancel().catch(() => undefined)
  }
}

/** Below one folder, as the same files dropped as a folder are. */
function withPaths(packed: readonly PackedFile[], name: string): File[] {
  const roots = new Set(packed.map(({ path }) => (path.includes('/') ? path.split('/')[0] : '')))
  const before = roots.size === 1 && !roots.has('') ? '' : `${name}/`
  return packed.map(({ path, bytes }) => {
    const file = new File([bytes], path.split('/').at(-1)!)
    rememberPath(file, before + path)
    return file
  })
}
