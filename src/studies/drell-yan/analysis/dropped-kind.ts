import { sniffFormat, type FileFormat } from '../../../dataset/sniff.ts'
import { isLhaInfo } from '../../../physics/pdf/is-lha-info.ts'

/** What a dropped file is for. */
export type DroppedKind = 'wcxf' | 'pdf' | 'model' | 'spectra'

/** A file is judged by its beginning. */
const sniffedBytes = 4096

const saysEft = /(^|[{,])[ \t]*["']?eft["']?[ \t]*:/m

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

/**
 * What each of some files is, by content: a WCxf file says `eft`, a set of parton densities `Format: lhagrid1` or the keys of its
 * .info, the cards and layers of a model are JSON, and its weights are bytes of no other kind that come with them.
 */
export async function droppedKinds(files: readonly File[]): Promise<DroppedKind[]> {
  const heads = await Promise.all(
    files.map(async (file) => {
      const head = new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer())
      return { format: sniffFormat(head), text: new TextDecoder().decode(head) }
    }),
  )
  const model = heads.some(({ format }) => format === 'json')
  // JSON beside weights is a model.
  const weights = model && heads.some(({ format }) => !others.includes(format))
  return heads.map(({ format, text }) => {
    if (model && !others.includes(format)) return 'model'
    if (!weights && (format === 'json' || format === 'text') && saysEft.test(text)) return 'wcxf'
    if (format === 'lhagrid' || (format === 'text' && isLhaInfo(text))) return 'pdf'
    return format === 'json' ? 'model' : 'spectra'
  })
}

/** Points of Wilson coefficients and sets of parton densities: no other study reads them. */
export async function ownFiles(files: readonly File[]): Promise<File[]> {
  const kinds = await droppedKinds(files)
  return files.filter((_, i) => kinds[i] === 'wcxf' || kinds[i] === 'pdf')
}
