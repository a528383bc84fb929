import { gunzip } from './gunzip.ts'
import { sniffFormat } from './sniff.ts'

const pieceBytes = 1 << 20

/**
 * The text of a file in pieces of about a megabyte, unpacked where it is packed with gzip.
 *
 * @param cap  most bytes that may come out of a packed file
 * @throws what gunzip throws
 */
export async function* unpackedText(bytes: Uint8Array, cap: number): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  const pieces = sniffFormat(bytes) === 'gzip' ? gunzip(bytes, cap) : [bytes]
  for await (const piece of pieces)
    for (let at = 0; at < piece.length; at += pieceBytes)
      yield decoder.decode(piece.subarray(at, at + pieceBytes), { stream: true })
}
