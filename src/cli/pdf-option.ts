import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { AppError } from '../errors.ts'
import { openPdf } from '../analysis/open-pdf.ts'
import type { PdfSet } from '../physics/pdf/pdf-set.ts'

/** `default`, or the path of an LHAPDF member file; a .info file beside it is read too. */
export function pdfFromOption(value: string, xMin?: number): PdfSet {
  if (value === 'default') return openPdf(null, xMin)
  if (!existsSync(value))
    throw new AppError(
      'data/not-found',
      `There is no PDF grid at ${value}. Give "default" or the path of an LHAPDF .dat file.`,
    )
  const info = value.replace(/_\d{4}\.dat$/, '.info')
  const files = [value, ...(info !== value && existsSync(info) ? [info] : [])]
  return openPdf(
    files.map((path) => ({ name: basename(path), text: readFileSync(path, 'utf8') })),
    xMin,
  )
}
