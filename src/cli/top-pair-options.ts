import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { AppError } from '../errors.ts'
import { createTablePdf } from '../physics/pdf/table-pdf.ts'
import type { PdfSet } from '../physics/pdf/pdf-set.ts'
import { topPairProcess, type TopPairProcess } from '../physics/top-pair/hadronic.ts'
import { parseTopPairOperators } from '../physics/top-pair/operators.ts'
import { numberOption, required, type OptionTable } from './arguments.ts'
import { readJson } from './files.ts'
import { pdfFromOption } from './pdf-option.ts'

/** Options that say which process is meant, shared by the commands on top pairs. */
export const processOptions = {
  operators: { default: 'td8,tq8,tG', help: 'comma-separated names, e.g. tG,td8,tq8,tu8,Qu8,Qd8,Qq18,Qq38' },
  sqrts: { default: '13000', help: 'collision energy [GeV]' },
  pdf: { default: 'default', help: 'default, or the path of an LHAPDF .dat file' },
  'pdf-table': { help: 'JSON table of densities at fixed scales, instead of --pdf' },
  mu: { default: '172.5', help: 'factorisation and renormalisation scale [GeV]' },
  'alpha-s': { help: 'strong coupling; default: that of the densities at mu' },
} satisfies OptionTable

/** @throws AppError 'data/not-found', 'data/corrupt' */
export function readJsonFile(path: string, what: string): unknown {
  if (!existsSync(path))
    throw new AppError('data/not-found', `There is no ${what} at ${path}. Check the path.`)
  try {
    return readJson(path)
  } catch (error) {
    throw new AppError(
      'data/corrupt',
      `${path} is not JSON: ${error instanceof Error ? error.message : String(error)}. Check the file.`,
    )
  }
}

function pdfOf(options: Record<string, string | undefined>, xMin: number): PdfSet {
  const table = options['pdf-table']
  if (table === undefined) return pdfFromOption(required(options, 'pdf'), xMin)
  return createTablePdf(readJsonFile(table, 'table of densities'), basename(table))
}

export function processFromOptions(
  options: Record<string, string | undefined>,
  window: { mttMin?: number; mttMax?: number } = {},
): TopPairProcess {
  const sqrtS = numberOption(options, 'sqrts')
  const names = required(options, 'operators').split(',').filter(Boolean)
  return topPairProcess({
    sqrtS,
    pdf: pdfOf(options, (340 / sqrtS) ** 2),
    mu: numberOption(options, 'mu'),
    alphaS: options['alpha-s'] === undefined ? undefined : numberOption(options, 'alpha-s'),
    operators: parseTopPairOperators(names),
    ...window,
  })
}
