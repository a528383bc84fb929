import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { AppError } from '../errors.ts'
import { openPdf } from '../physics/pdf/open-pdf.ts'
import type { PdfSet } from '../physics/pdf/pdf-set.ts'
import type { OptionTable } from './options/option.ts'

export const pdfOption = {
  kind: 'file',
  what: 'PDF grid',
  or: ['default'],
  default: 'default',
  help: 'an LHAPDF .dat file, packed with gzip or not; a .info file beside it is read too',
} as const satisfies OptionTable[string]

/** Says what is odd about a set, and which member of several is used. */
export function tellPdf(pdf: PdfSet, log: (line: string) => void): PdfSet {
  for (const note of pdf.notes ?? []) log(note)
  return pdf
}

const largestTextBytes = 64 * 1024 * 1024

/** Text of a file, unpacked where it is packed with gzip. @throws AppError 'data/corrupt' for a damaged file */
export function textOf(path: string): string {
  const bytes = readFileSync(path)
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8')
  try {
    return gunzipSync(bytes, { maxOutputLength: largestTextBytes }).toString('utf8')
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown)
    throw new AppError(
      'data/corrupt',
      `${path} cannot be unpacked (${why}). Get an undamaged copy of the set.`,
    )
  }
}

/** `default`, or the path of an LHAPDF member file; a .info file beside it is read too. */
export function pdfFromOption(value: string, xMin?: number): PdfSet {
  if (value === 'default') return openPdf(null, xMin)
  const info = value.replace(/_\d{4}\.dat(?:\.gz)?$/, '.info')
  const files = [value, ...(info !== value && existsSync(info) ? [info] : [])]
  return openPdf(
    files.map((path) => ({ name: basename(path).replace(/\.gz$/, ''), text: textOf(path) })),
    xMin,
  )
}
