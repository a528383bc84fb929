import { AppError } from '../../../errors.ts'

/** Of all files together; the largest sets of LHAPDF have less. */
const largestUnpackedBytes = 512 * 2 ** 20
/** Grids are packed to a third or a quarter; what grows much more beyond some size is no set. */
const [mostGrowth, anyhowBytes] = [20, 16 * 2 ** 20]
const mostEntries = 4000
const block = 512
/** Where "ustar" stands in the first block. */
const mark = 257

/** Whether the beginning of a file is that of a tar archive. */
export const beginsTar = (head: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(head.subarray(mark, mark + 5)) === 'ustar'

/**
 * The plain files of a tar archive, packed with gzip or not, by their names without folders. Nothing is copied into memory: they are
 * parts of the archive.
 *
 * Source: POSIX.1-1988 (ustar); long names as GNU tar writes them.
 * @throws AppError 'data/corrupt' for an archive that is cut short, unpacks to too much, or leads out of itself
 */
export async function tarFiles(file: File): Promise<File[]> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const archive = head[0] === 0x1f && head[1] === 0x8b ? await unpacked(file) : file
  const refuse = (what: string) =>
    new AppError(
      'data/corrupt',
      `${file.name}: the archive ${what}. Download it again, or unpack it and drop its folder.`,
    )
  const files: File[] = []
  let longName = ''
  let entries = 0
  for (let at = 0; at + block <= archive.size;) {
    const header = new Uint8Array(await archive.slice(at, at + block).arrayBuffer())
    if (header.every((byte) => byte === 0)) return files
    if (!beginsTar(header)) throw refuse(`has no entry at byte ${at}`)
    if (++entries > mostEntries) throw refuse(`has more than ${mostEntries} entries`)
    const text = (from: number, length: number) =>
      new TextDecoder().decode(header.subarray(from, from + length)).replace(/\0[^]*$/, '')
    const size = Number.parseInt(text(124, 12).trim(), 8)
    const end = at + block + size
    if (!(size >= 0) || end > archive.size)
      throw refuse(`has ${archive.size} bytes and an entry that ends at ${end}, so it is cut short`)
    const kind = text(156, 1)
    const content = archive.slice(at + block, end)
    if (kind === 'L') longName = (await content.slice(0, 4096).text()).replace(/\0[^]*$/, '')
    else {
      const path = longName || [text(345, 155), text(0, 100)].filter(Boolean).join('/')
      longName = ''
      if (/^[/\\]|(^|[/\\])\.\.([/\\]|$)/.test(path))
        throw refuse(`names ${path.slice(0, 60)}, a place outside of it`)
      const name = path.replace(/^.*\//, '')
      if ((kind === '0' || kind === '') && name !== '' && !name.startsWith('.'))
        files.push(new File([content], name))
    }
    at = at + block + block * Math.ceil(size / block)
  }
  throw refuse('has no end, so it is cut short')
}

/** Archives replaced by what is in them. */
export async function loosened(files: readonly File[]): Promise<File[]> {
  const parts = await Promise.all(files.map(async (file) => ((await isTar(file)) ? tarFiles(file) : [file])))
  return parts.flat()
}

async function isTar(file: File): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, block).arrayBuffer())
  if (head[0] !== 0x1f || head[1] !== 0x8b) return beginsTar(head)
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const first = await reader.read().catch(() => undefined)
  await reader.cancel().catch(() => undefined)
  return first?.value !== undefined && beginsTar(first.value)
}

/** Bytes that come out of gzip, counted while they do. */
async function unpacked(file: File): Promise<Blob> {
  const most = Math.max(anyhowBytes, Math.min(largestUnpackedBytes, mostGrowth * file.size))
  let bytes = 0
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.length
      if (bytes > most)
        throw new AppError(
          'data/unsupported',
          `${file.name} has ${file.size} bytes and unpacks to more than ${most}. Unpack it and drop the set that is meant.`,
        )
      controller.enqueue(chunk)
    },
  })
  try {
    const stream = file.stream().pipeThrough(new DecompressionStream('gzip')).pipeThrough(counted)
    return await new Response(stream).blob()
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown
    throw new AppError(
      'data/corrupt',
      `${file.name} cannot be unpacked (${thrown instanceof Error ? thrown.message : String(thrown)}). Download it again.`,
    )
  }
}
