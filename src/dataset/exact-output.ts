/** Room for just the bytes that are announced: more are refused as they come, fewer at the end. */
export function exactOutput(size: number): { add(part: Uint8Array): void; finish(): Uint8Array } {
  const all = new Uint8Array(size)
  let length = 0
  return {
    add(part) {
      if (part.length > size - length) throw new Error(`a page unpacks to more than its ${size} bytes`)
      all.set(part, length)
      length += part.length
    },
    finish() {
      if (length !== size) throw new Error(`a page unpacks to ${length} bytes, not to ${size}`)
      return all
    },
  }
}
