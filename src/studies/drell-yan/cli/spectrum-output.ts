import { basename, dirname } from 'node:path'
import { AppError } from '../../../errors.ts'
import { writeFiles } from '../../../cli/files.ts'
import type { OptionTexts } from '../../../cli/options/option-values.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import type { SpectrumReport } from '../../../physics/drell-yan/spectrum-report.ts'
import { generatorVersion } from '../analysis/corpus.ts'
import { hepDataSubmission, spectrumNpz, type SpectrumColumns } from '../analysis/spectrum-files.ts'

/** Files of a spectrum for other programs. */
export const spectrumOutputs = {
  hepdata: {
    kind: 'output',
    what: 'file',
    help: 'file.zip for a submission to HEPData: SM and linear terms in pb/GeV; not for --observable afb',
  },
  npz: { kind: 'output', what: 'file', help: 'the same numbers as file.npz' },
} as const satisfies OptionTable

/** One standard deviation of the Standard Model from error members, pb per bin. */
export interface PdfErrors {
  set: string
  kind: string
  members: number
  centre: number[]
  up: number[]
  down: number[]
}

interface Outputs {
  hepdata?: string
  npz?: string
}

/** @throws AppError 'input/invalid' where such a file is asked for and there is no cross-section */
export function refuseOutputs({ hepdata, npz }: Outputs): void {
  if (hepdata === undefined && npz === undefined) return
  throw new AppError(
    'input/invalid',
    '--hepdata and --npz write cross-sections; --observable afb has none. Leave them out, or ask for mll or pt.',
  )
}

/** @param texts  the options as they were typed, for the provenance */
export async function writeSpectrum(
  { hepdata, npz }: Outputs,
  name: 'mll' | 'ptl',
  report: SpectrumReport & { pdfErrors?: PdfErrors },
  sqrtSGeV: number,
  texts: OptionTexts,
): Promise<void> {
  const spectra = columnsOf(name, report, sqrtSGeV, texts)
  const write = (path: string, bytes: Uint8Array) =>
    writeFiles(dirname(path), [{ name: basename(path), bytes }])
  if (hepdata !== undefined) write(hepdata, await hepDataSubmission(spectra))
  if (npz !== undefined) write(npz, await spectrumNpz(spectra))
}

/** The Standard Model and the linear term of each coefficient, divided by the widths of the bins. */
function columnsOf(
  name: 'mll' | 'ptl',
  { edges, sm, linear, pdfErrors }: SpectrumReport & { pdfErrors?: PdfErrors },
  sqrtSGeV: number,
  texts: OptionTexts,
): SpectrumColumns {
  const density = (values: readonly number[]) =>
    values.map((value, bin) => value / (edges[bin + 1] - edges[bin]))
  const asked = Object.entries(texts).flatMap(([option, value]) =>
    value === undefined ? [] : [`--${option} ${value}`],
  )
  return {
    observable: name === 'mll' ? 'm_ll' : 'p_T',
    ...{ edges, sqrtSGeV },
    columns: [
      { name: 'SM', values: density(sm) },
      ...(pdfErrors
        ? [
            { name: 'SM, PDF error up', values: density(pdfErrors.up) },
            { name: 'SM, PDF error down', values: density(pdfErrors.down) },
          ]
        : []),
      ...Object.entries(linear).map(([operator, values]) => ({
        name: `linear ${operator}`,
        values: density(values),
      })),
    ],
    provenance: [
      `generator: ${generatorVersion}`,
      'pp -> l+ l-; linear terms are per C/Lambda^2 = 1 TeV^-2',
      ...asked,
    ],
  }
}
