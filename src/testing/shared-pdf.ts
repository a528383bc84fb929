import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const folder = resolve(import.meta.dirname, '../../../shared/pdf')

/**
 * Text of one of the LHAPDF grids that some tests compare with, or undefined where it is absent.
 * The grids are other people's files and are not part of this project; tests that need one are skipped.
 */
export function sharedPdfGrid(
  set: 'CT14lo' | 'NNPDF31_lo_as_0118' | 'NNPDF40_nnlo_as_01180',
): string | undefined {
  const file = resolve(folder, `${set}_0000.dat`)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  console.info(`skipped: no grid at shared/pdf/${set}_0000.dat, so comparisons with ${set} do not run`)
  return undefined
}
