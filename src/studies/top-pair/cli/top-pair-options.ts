import { basename } from 'node:path'
import { AppError } from '../../../errors.ts'
import { createTablePdf } from '../../../physics/pdf/table-pdf.ts'
import type { PdfSet } from '../../../physics/pdf/pdf-set.ts'
import { topPairProcess, type TopPairProcess } from '../../../physics/top-pair/hadronic.ts'
import { parseTopPairOperators, topPairOperatorNames } from '../../../physics/top-pair/operators.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import { readJson } from '../../../cli/files.ts'
import { collisionEnergyRange, scaleRange, strongCouplingRange } from '../../../cli/options/ranges.ts'
import { pdfFromOption, pdfOption, tellPdf } from '../../../cli/pdf-option.ts'
import type { OptionValues } from '../../../cli/options/option-values.ts'

/** Options that say which process is meant, shared by the commands on top pairs. */
export const processOptions = {
  operators: {
    kind: 'choices',
    choices: topPairOperatorNames,
    default: 'td8,tq8,tG',
    help: 'whose terms the weights have',
  },
  sqrts: { kind: 'number', ...collisionEnergyRange, default: '13000', help: 'collision energy' },
  pdf: pdfOption,
  'pdf-table': {
    kind: 'file',
    what: 'table of densities',
    help: 'JSON table of densities at fixed scales, instead of --pdf',
  },
  mu: {
    kind: 'number',
    ...scaleRange,
    default: '172.5',
    help: 'factorisation and renormalisation scale',
  },
  'alpha-s': {
    kind: 'number',
    ...strongCouplingRange,
    help: 'strong coupling; default: that of the densities at mu',
  },
} as const satisfies OptionTable

export type ProcessOptions = OptionValues<typeof processOptions>

/** @throws AppError 'data/corrupt' */
export function readJsonFile(path: string): unknown {
  try {
    return readJson(path)
  } catch (error) {
    throw new AppError(
      'data/corrupt',
      `${path} is not JSON: ${error instanceof Error ? error.message : String(error)}. Check the file.`,
    )
  }
}

/** Tells a reader of the log what is odd about the densities, and whose coupling is used where the densities bring none. */
export function noteCoupling(
  { pdf, mu, parameters, alphaSSource }: TopPairProcess,
  log: (line: string) => void,
): void {
  tellPdf(pdf, log)
  if (!pdf.alphaS) log(`alpha_s(${mu} GeV) = ${parameters.alphaS.toPrecision(4)}: ${alphaSSource}.`)
}

function pdfOf(options: ProcessOptions, xMin: number): PdfSet {
  const table = options['pdf-table']
  if (table === undefined) return pdfFromOption(options.pdf, xMin)
  return createTablePdf(readJsonFile(table), basename(table))
}

export function processFromOptions(
  options: ProcessOptions,
  window: { mttMin?: number; mttMax?: number } = {},
): TopPairProcess {
  const sqrtS = options.sqrts
  return topPairProcess({
    sqrtS,
    pdf: pdfOf(options, (340 / sqrtS) ** 2),
    mu: options.mu,
    alphaS: options['alpha-s'],
    operators: parseTopPairOperators(options.operators),
    ...window,
  })
}
