import { corrupt, unsupported, type Hdf5Bytes } from './hdf5-bytes.ts'

export interface Filter {
  id: number
  values: number[]
}

const names: Record<number, string> = {
  4: 'szip',
  5: 'n-bit',
  6: 'scale-offset',
  32000: 'LZF',
  32001: 'Blosc',
  32004: 'LZ4',
  32008: 'bitshuffle',
  32015: 'Zstandard',
}
const [deflate, shuffle, fletcher32] = [1, 2, 3]

/** Of a filter pipeline message. Source: HDF5 File Format Specification 3.0, IV.A.2.l. */
export function readFilters(file: Hdf5Bytes, start: number): Filter[] {
  const version = file.number(start, 1)
  const count = file.number(start + 1, 1)
  if (version < 1 || version > 2 || count > 32)
    throw corrupt(`a pipeline of ${count} filters has version ${version}`)
  let at = start + (version === 1 ? 8 : 2)
  return Array.from({ length: count }, () => {
    const id = file.number(at, 2)
    const named = version === 1 || id >= 256
    const nameBytes = named ? file.number(at + 2, 2) : 0
    at += named ? 4 : 2
    const values = file.number(at + 2, 2)
    at += 4 + (version === 1 ? 8 * Math.ceil(nameBytes / 8) : nameBytes)
    const filter = { id, values: Array.from({ length: values }, (_, i) => file.number(at + 4 * i, 4)) }
    at += 4 * (values + (version === 1 ? values % 2 : 0))
    return filter
  })
}

/** @throws AppError naming the first filter that is not read */
export function checkFilters(path: string, filters: readonly Filter[]): void {
  const other = filters.find(({ id }) => ![deflate, shuffle, fletcher32].includes(id))
  if (other)
    throw unsupported(
      `${path} of the HDF5 file is packed with ${names[other.id] ?? `filter ${other.id}`}, gzip is read`,
      "write it with compression='gzip', or with none",
    )
}

/**
 * A chunk as it was before it was packed.
 *
 * @param skipped  bit i: filter i was left out for this chunk
 * @param size     bytes that it must have
 */
export async function unfilter(
  packed: Uint8Array,
  filters: readonly Filter[],
  skipped: number,
  size: number,
): Promise<Uint8Array> {
  let bytes = packed
  for (let i = filters.length - 1; i >= 0; i--) {
    if ((skipped >> i) & 1) continue
    const { id, values } = filters[i]
    if (id === deflate) bytes = await inflate(bytes, size + 4)
    else if (id === fletcher32) bytes = withoutChecksum(bytes)
    else bytes = unshuffled(bytes, values[0])
  }
  if (bytes.length !== size) throw corrupt(`a chunk unpacks to ${bytes.length} bytes, not to ${size}`)
  return bytes
}

/** @param most  a checksum may follow the numbers */
async function inflate(packed: Uint8Array, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  try {
    const stream = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream('deflate'))
    const reader = stream.getReader()
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      length += step.value.length
      if (length > most) {
        await reader.cancel()
        throw new RangeError('more comes out than its chunk holds')
      }
      parts.push(step.value)
    }
  } catch (thrown) {
    throw corrupt(`a chunk cannot be unpacked (${thrown instanceof Error ? thrown.message : String(thrown)})`)
  }
  const all = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** First bytes of all elements, then second ones, and so on, put together again. */
function unshuffled(bytes: Uint8Array, width: number): Uint8Array {
  if (!(width > 1 && width <= bytes.length)) return bytes
  const count = Math.floor(bytes.length / width)
  const all = bytes.slice() // what is left over stands unchanged at the end
  for (let k = 0; k < width; k++) for (let i = 0; i < count; i++) all[i * width + k] = bytes[k * count + i]
  return all
}

/** Fletcher's checksum over words of 16 bits, as HDF5 computes it (H5_checksum_fletcher32). */
function withoutChecksum(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 4) throw corrupt(`a chunk of ${bytes.length} bytes has no checksum`)
  const body = bytes.subarray(0, bytes.length - 4)
  let [a, b] = [0, 0]
  for (let i = 0; i < body.length; i += 2) {
    a = (a + 256 * body[i] + (body[i + 1] ?? 0)) % 65_535
    b = (b + a) % 65_535
  }
  const stored = new DataView(bytes.buffer, bytes.byteOffset + body.length, 4).getUint32(0, true)
  // 0 and 65535 are the same number there.
  const same = (one: number, other: number) => (one - other) % 65_535 === 0
  if (!same(stored >>> 16, b) || !same(stored & 0xffff, a))
    throw corrupt('a chunk does not have its checksum')
  return body
}
