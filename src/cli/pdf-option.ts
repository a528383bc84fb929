import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { openPdf } from '../physics/pdf/open-pdf.ts'
import type { PdfSet } from '../physics/pdf/pdf-set.ts'
import type { OptionTable } from './options/option.ts'

export const pdfOption = {
  kind: 'file',
  what: 'PDF grid',
  or: ['default'],
  default: 'default',
  help: 'an LHAPDF .dat file; a .info file beside it is read too',
} as const satisfies OptionTable[string]

/** Says what is odd about a set, and which member of several is used. */
export function tellPdf(pdf: PdfSet, log: (line: string) => void): PdfSet {
  for (const note of pdf.notes ?? []) log(note)
  return pdf
}

/** `default`, or the path of an LHAPDF member file; a .info file beside it is read too. */
export function pdfFromOption(value: string, xMin?: number): PdfSet {
  if (value === 'default') return openPdf(null, xMin)
  const info = value.replace(/_\d{4}\.dat$/, '.info')
  const files = [value, ...(info !== value && existsSync(info) ? [info] : [])]
  return openPdf(
    files.map((path) => ({ name: basename(path), text: readFileSync(path, 'utf8') })),
    xMin,
  )
}
