const endSignature = 'PK\u0005\u0006'
const endBytes = 22
/** A comment may follow the end of the directory. */
const longestEnd = endBytes + 65_535
/** Of a folder's 60,000 files with long paths. */
const largestDirectory = 16 * 2 ** 20

/**
 * The directory of a zip archive as text in which names can be looked for, without the archive; null where there is none. Not its
 * last bytes: an archive in the archive has a directory of its own.
 */
export async function zipDirectory(file: Blob): Promise<string | null> {
  const tail = await latin1(file.slice(-longestEnd))
  const end = tail.lastIndexOf(endSignature)
  if (end < 0 || end + endBytes > tail.length) return null
  const number = (at: number): number =>
    [0, 1, 2, 3].reduce((sum, k) => sum + tail.charCodeAt(end + at + k) * 256 ** k, 0)
  const [bytes, start] = [number(12), number(16)]
  return bytes > largestDirectory ? null : latin1(file.slice(start, start + bytes))
}

async function latin1(part: Blob): Promise<string> {
  return new TextDecoder('latin1').decode(await part.arrayBuffer())
}
