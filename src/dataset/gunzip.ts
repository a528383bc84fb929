import { AppError } from '../errors.ts'

/** Up to here a file may unpack to, however small it is. */
const alwaysAllowed = 64 * 1024 * 1024
/** Numbers in text shrink three- to tenfold; what shrinks more than this is nothing but repetition. */
const largestRatio = 100
/** A slice of input claims at most a thousand times its length before anybody can say no. */
const sliceBytes = 16 * 1024
const pieceBytes = 1 << 20

/** Files joined from more than these are some other kind of archive. */
const mostMembers = 10_000
/** Beginnings of members that are none: random bytes have one in 10^12. */
const mostMistaken = 4
/** Header, an empty block and what follows it. */
const shortestMember = 20

/**
 * Unpacks a gzip file into pieces of at least a megabyte, one at a time: no more of it is in memory than one piece and what a slice
 * of the input unpacks to. A file may have several members, one after the other, as `cat a.gz b.gz` makes them (RFC 1952, 2.2);
 * each has a stream of its own, since those of some browsers end at the first.
 *
 * @param cap  most bytes that may come out
 * @throws AppError 'data/corrupt' for a damaged or truncated stream, 'data/unsupported' beyond the cap or a hundred times the file,
 *         with both numbers
 */
export async function* gunzip(bytes: Uint8Array, cap: number): AsyncGenerator<Uint8Array> {
  const most = Math.min(cap, Math.max(alwaysAllowed, largestRatio * bytes.length))
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let length = 0
  let mistaken = 0
  let members = 0
  for (let start = 0; start < bytes.length; members++) {
    if (members === mostMembers) throw tooManyMembers()
    let end = nextMember(bytes, start)
    let given = 0
    for (;;) {
      let come = 0
      try {
        for await (const part of unpackMember(bytes.subarray(start, end))) {
          come += part.length
          // What a first try has given already.
          const fresh = come <= given ? null : part.subarray(Math.max(0, part.length - (come - given)))
          if (!fresh) continue
          given = come
          length += fresh.length
          if (length > most) throw tooMuch(bytes.length, most, cap)
          waiting.push(fresh)
          waitingBytes += fresh.length
          if (waitingBytes < pieceBytes) continue
          yield joined(waiting, waitingBytes)
          waiting = []
          waitingBytes = 0
        }
        break
      } catch (error) {
        if (error instanceof AppError) throw error
        // What looked like the next member may be packed bytes of this one.
        if (end === bytes.length || mistaken++ === mostMistaken) throw damaged(length, error)
        end = nextMember(bytes, end)
      }
    }
    start = end
  }
  if (waitingBytes > 0) yield joined(waiting, waitingBytes)
}

/** Where the next member may begin: its mark, deflate, no reserved flag, and what compressors write of effort and system. */
function nextMember(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0x1f, start + shortestMember); at >= 0; at = bytes.indexOf(0x1f, at + 1))
    if (
      bytes[at + 1] === 0x8b &&
      bytes[at + 2] === 8 &&
      bytes[at + 3] < 0x20 &&
      [0, 2, 4].includes(bytes[at + 8]) &&
      (bytes[at + 9] <= 13 || bytes[at + 9] === 255)
    )
      return at
  return bytes.length
}

async function* unpackMember(member: Uint8Array): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream('gzip')
  // A fault of the stream is thrown by the reader as well.
  feed(stream.writable.getWriter(), member).catch(() => undefined)
  const reader = stream.readable.getReader()
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value
  } finally {
    void reader.cancel().catch(() => undefined)
  }
}

async function feed(writer: WritableStreamDefaultWriter<BufferSource>, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    await writer.ready
    await writer.write(bytes.slice(at, at + sliceBytes))
  }
  await writer.close()
}

function damaged(length: number, error: unknown): AppError {
  return new AppError(
    'data/corrupt',
    `the gzip stream is damaged or cut short after ${length} unpacked bytes (${error instanceof Error ? error.message : String(error)}). Save or download the file again.`,
  )
}

function tooManyMembers(): AppError {
  return new AppError(
    'data/unsupported',
    `it is joined from more than ${mostMembers} gzip files, the most that are read. Unpack it and pack the whole again.`,
  )
}

function tooMuch(bytes: number, most: number, cap: number): AppError {
  const why = most < cap ? `${(most / bytes).toFixed(0)} times as many, ` : ''
  return new AppError(
    'data/unsupported',
    `its ${bytes} bytes unpack to more than ${most}, ${why}the most that is read. Split the file, or unpack it and look what it holds.`,
    { bytes, most },
  )
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  if (pieces.length === 1) return pieces[0]
  const out = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    out.set(piece, at)
    at += piece.length
  }
  return out
}
