import type { ZipTerms } from '../zip/read-zip.ts'
import { writeZip } from '../zip/write-zip.ts'
import { writeNpy, writeTextNpy } from './npy-file.ts'

/** How archives of arrays are read and written. */
export const npzTerms: ZipTerms = {
  code: 'data/corrupt',
  what: '.npz file',
  cure: 'Save or download it again.',
  mostEntries: 1000,
  largestUnpackedBytes: 256 * 2 ** 20,
  largestZipBytes: 64 * 2 ** 20,
}

/** One column of a table: numbers, or texts. */
export interface NpzColumn {
  name: string
  values: readonly (number | string)[] | Float64Array
  /** Of each value; an array of their own, its name with _error. */
  errors?: Float64Array
}

/** A name of an array in Python. */
const identifier = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '') || 'column'

/**
 * A `.npz` file for numpy.load: of each column an array under its name in small letters, numbers as doubles, texts as numpy's; and
 * provenance.txt, which says which array is which column, and where they are from.
 *
 * @param unit  of a column, in words; '' for none
 */
export function writeNpz(
  columns: readonly NpzColumn[],
  provenance: readonly string[],
  unit: (column: NpzColumn) => string = () => '',
): Promise<Uint8Array<ArrayBuffer>> {
  const legend: string[] = []
  const taken = new Set<string>()
  const files = columns.flatMap((column) => {
    const { name, values, errors } = column
    const wanted = identifier(name)
    let key = wanted
    for (let again = 2; taken.has(key) || taken.has(`${key}_error`); again++) key = `${wanted}_${again}`
    taken.add(key)
    if (errors) taken.add(`${key}_error`)
    legend.push(`${key}: ${name}${unit(column)}`)
    const numbers = [...values].every((value) => typeof value === 'number')
    const bytes = numbers
      ? writeNpy(Float64Array.from(values as Iterable<number>), [values.length])
      : writeTextNpy([...values].map(String))
    return [
      { path: `${key}.npy`, bytes },
      ...(errors ? [{ path: `${key}_error.npy`, bytes: writeNpy(errors, [errors.length]) }] : []),
    ]
  })
  const text = new TextEncoder().encode([...legend, ...provenance, ''].join('\n'))
  return writeZip([...files, { path: 'provenance.txt', bytes: text }], npzTerms)
}
