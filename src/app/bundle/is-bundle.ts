/** The first entry of a bundle stands at the front; a program that packed it again may have put it anywhere. */
const sniffedBytes = 128 * 1024
const zipMagic = 'PK\u0003\u0004'
const manifestName = 'theoryscape.json'

/** Whether a file is a bundle, by its beginning and by the directory at its end. */
export async function isBundle(file: Blob): Promise<boolean> {
  const text = async (part: Blob) => new TextDecoder('latin1').decode(await part.arrayBuffer())
  const head = await text(file.slice(0, 100))
  if (!head.startsWith(zipMagic)) return false
  return head.includes(manifestName) || (await text(file.slice(-sniffedBytes))).includes(manifestName)
}
