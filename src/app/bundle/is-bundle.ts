import { zipDirectory } from './zip-directory.ts'

const zipMagic = 'PK\u0003\u0004'
/** Of an entry before its name. */
const headerBytes = 30
const manifestName = 'theoryscape.json'

/** Whether a file is a bundle: by its first entry, or by its directory where a program packed it again. */
export async function isBundle(file: Blob): Promise<boolean> {
  const head = new TextDecoder('latin1').decode(await file.slice(0, 100).arrayBuffer())
  if (!head.startsWith(zipMagic)) return false
  if (head.slice(headerBytes).startsWith(manifestName)) return true
  return (await zipDirectory(file))?.includes(manifestName) ?? false
}
