/** Deeper than any product; a cycle would have no end. */
const mostLevels = 40

/**
 * Bytes that tell two pieces of plain data apart: for hashes, not to be read back. Objects by name and value in their own
 * order, typed arrays by kind and bytes, numbers to the bit.
 *
 * @throws TypeError for functions, cycles and whatever else is no plain data
 */
export function plainBytes(value: unknown): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  const text = new TextEncoder()
  let pending = ''
  const flush = () => {
    if (pending) parts.push(text.encode(pending))
    pending = ''
  }

  function write(piece: unknown, level: number): void {
    if (level > mostLevels) throw new TypeError(`Plain data has at most ${mostLevels} levels.`)
    if (ArrayBuffer.isView(piece)) {
      pending += `${piece.constructor.name}:${piece.byteLength}:`
      flush()
      parts.push(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength))
    } else if (Array.isArray(piece)) {
      pending += `[${piece.length}:`
      for (const entry of piece) write(entry, level + 1)
    } else if (piece !== null && typeof piece === 'object') {
      const entries = Object.entries(piece)
      pending += `{${entries.length}:`
      for (const [name, entry] of entries) {
        pending += `${name.length}:${name}`
        write(entry, level + 1)
      }
    } else if (typeof piece === 'string') pending += `"${piece.length}:${piece}`
    else if (typeof piece === 'number') pending += Object.is(piece, -0) ? '#-0;' : `#${piece};`
    else if (piece === null || piece === undefined || typeof piece === 'boolean')
      pending += `${String(piece)};`
    else throw new TypeError(`A ${typeof piece} is no plain data.`)
  }

  write(value, 0)
  flush()
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
