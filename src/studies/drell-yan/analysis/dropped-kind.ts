import { sniffFormat, type FileFormat } from '../../../dataset/sniff.ts'
import { unpackedStart } from '../../../generator/event-files/file-signs.ts'
import { isLhaInfo } from '../../../physics/pdf/is-lha-info.ts'
import { beginsTar } from './tar-files.ts'

/** What a dropped file is for. */
export type DroppedKind = 'wcxf' | 'pdf' | 'model' | 'measured' | 'spectra'

/** A file is judged by its beginning. */
const sniffedBytes = 4096

const saysEft = /(^|[{,])[ \t]*["']?eft["']?[ \t]*:/m

/** A table of HEPData in one of its forms, or the template that was filled in. */
const isMeasured = (text: string): boolean =>
  /independent_variables["']?[ \t]*:|^#:[ \t]*(table_doi|name):|^low_GeV,high_GeV,|^[^\n]{0,2000} LOW,[^\n]{0,2000} HIGH,/m.test(
    text,
  ) ||
  (text.includes('"headers"') && text.includes('"qualifiers"'))

/** What no weights begin like. */
const others: readonly FileFormat[] = [
  'empty',
  'text',
  'json',
  'html',
  'lhagrid',
  'utf16',
  'npy',
  'parquet',
  'root',
  'gzip',
  'zip',
  'hdf5',
]

/** A set of parton densities or its .info, packed with gzip or not, or an archive of tar that begins with its folder or one of these. */
async function isPdf(file: File, format: FileFormat, head: Uint8Array): Promise<boolean> {
  if (beginsTar(head)) return setName.test(decoded(head.subarray(0, 100)))
  if (format !== 'gzip') return format === 'lhagrid' || (format === 'text' && isLhaInfo(decoded(head)))
  const inside = new TextEncoder().encode((await unpackedStart(file)).slice(0, sniffedBytes))
  const within = sniffFormat(inside)
  return within !== 'gzip' && isPdf(file, within, inside)
}

const setName = /^[^\0]*(?:\/|\.info|_\d{4}\.dat)\0/

const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/**
 * What each of some files is, by content: a WCxf file says `eft`, a table of HEPData has
 * independent variables, a set of parton densities `Format: lhagrid1` or the keys of its
 * .info, the cards and layers of a model are JSON, and its weights are bytes of no other kind that come with them.
 */
export async function droppedKinds(files: readonly File[]): Promise<DroppedKind[]> {
  const heads = await Promise.all(
    files.map(async (file) => {
      const head = new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer())
      const format = sniffFormat(head)
      return { format, text: decoded(head), isPdf: await isPdf(file, format, head) }
    }),
  )
  const measured = heads.map(
    ({ format, text }) => (format === 'json' || format === 'text') && isMeasured(text),
  )
  const model = heads.some(({ format }, i) => format === 'json' && !measured[i])
  // JSON beside weights is a model.
  const weights = model && heads.some(({ format }) => !others.includes(format))
  return heads.map(({ format, text, isPdf }, i) => {
    if (measured[i]) return 'measured'
    if (model && !others.includes(format)) return 'model'
    if (!weights && (format === 'json' || format === 'text') && saysEft.test(text)) return 'wcxf'
    if (isPdf) return 'pdf'
    return format === 'json' ? 'model' : 'spectra'
  })
}

/** Points of Wilson coefficients, measured spectra and sets of parton densities: no other study reads them. */
export async function ownFiles(files: readonly File[]): Promise<File[]> {
  const kinds = await droppedKinds(files)
  return files.filter((_, i) => ['wcxf', 'pdf', 'measured'].includes(kinds[i]))
}
