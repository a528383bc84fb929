import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { replicaSpectrum } from '../analysis/replicas.ts'
import { coefficientsOf, type UniverseModel } from '../analysis/universes.ts'
import type { DatasetHeader } from '../analysis/dataset-types.ts'
import { readSpectraFile } from '../../../dataset/spectra-file.ts'
import { AppError } from '../../../errors.ts'
import { morphSpectrum, type EftOrder } from '../../../physics/drell-yan/spectrum-templates.ts'
import { operatorIndex, operatorNames } from '../../../physics/smeft/operators.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import { coefficientRange, countRange, seedRange } from '../../../cli/options/ranges.ts'
import type { OptionValues } from '../../../cli/options/option-values.ts'

/** The ways a command line names one spectrum of a dataset. */
export const spectrumOptions = {
  spectrum: {
    kind: 'file',
    what: 'file of spectra',
    help: '.npy, .csv or .parquet, pb per bin; a measurement with its noise',
  },
  row: { kind: 'number', ...countRange(0, 10_000_000), default: '0', help: 'row of that file' },
  universe: {
    kind: 'number',
    ...countRange(0, 1_000_000),
    help: 'number of a universe of the dataset, its spectrum without noise',
  },
  coefficients: {
    kind: 'pairs',
    what: 'coefficient',
    names: Object.fromEntries(operatorNames.map((name) => [name, coefficientRange])),
    help: 'C / Lambda^2, e.g. clq3=0.01,cHWB=-0.02',
  },
  replica: {
    kind: 'number',
    ...seedRange,
    help: 'seed of the noise to add to a spectrum without any; none is added without',
  },
} as const satisfies OptionTable

type SpectrumOptions = OptionValues<typeof spectrumOptions>

export interface NamedSpectrum {
  title: string
  spectrum: Float64Array // [bins], pb per bin
  noisy: boolean
  universe?: number
  coefficients?: Float64Array // [17]
}

/** Without any of the options the SM itself. */
export async function readSpectrum(
  options: SpectrumOptions,
  header: DatasetHeader,
  order: EftOrder,
): Promise<NamedSpectrum> {
  const given = (['spectrum', 'universe', 'coefficients'] as const).filter(
    (name) => options[name] !== undefined,
  )
  if (given.length > 1)
    throw new AppError(
      'input/invalid',
      `${given.map((name) => `--${name}`).join(' and ')} name different spectra. Give one.`,
    )
  if (options.spectrum !== undefined) return fromFile(options.spectrum, options.row, header)
  const expectation = expectedSpectrum(options, header, order)
  if (options.replica === undefined) return expectation
  const seed = options.replica
  return {
    ...expectation,
    title: `${expectation.title}, replica of seed ${seed}`,
    noisy: true,
    spectrum: replicaSpectrum(header.universeModel.whitening, expectation.spectrum, seed, 0, 0),
  }
}

async function fromFile(
  path: string,
  row: number,
  { universeModel: model }: DatasetHeader,
): Promise<NamedSpectrum> {
  const bins = model.templates.bins
  const table = await readSpectraFile(basename(path), new Uint8Array(readFileSync(path)), { bins })
  if (row >= table.rows)
    throw new AppError(
      'input/invalid',
      `${path} has rows 0 to ${table.rows - 1}, not ${row}. Choose one of them.`,
    )
  return {
    title: `${basename(path)}, row ${row}`,
    spectrum: Float64Array.from(table.data.subarray(row * bins, (row + 1) * bins)),
    noisy: true,
  }
}

function expectedSpectrum(
  options: SpectrumOptions,
  { universeModel: model, table }: DatasetHeader,
  order: EftOrder,
): NamedSpectrum {
  const of = (coefficients: Float64Array, title: string, universe?: number): NamedSpectrum => ({
    title,
    universe,
    coefficients,
    spectrum: morphSpectrum(model.templates, coefficients, order),
    noisy: false,
  })
  if (options.universe !== undefined) {
    const universe = options.universe
    if (universe >= table.count)
      throw new AppError(
        'input/invalid',
        `The dataset has universes 0 to ${table.count - 1}, not ${universe}. Choose one of them.`,
      )
    return of(coefficientsOf(table, universe), `universe ${universe}`, universe)
  }
  if (options.coefficients === undefined) return of(new Float64Array(operatorNames.length), 'SM')
  const given = Object.entries(options.coefficients)
  const title = given.map(([name, value]) => `${name}=${value}`).join(',')
  return of(coefficientsFrom(given, model), title)
}

function coefficientsFrom(given: [name: string, value: number][], { prior }: UniverseModel): Float64Array {
  const out = new Float64Array(prior.halfWidth.length)
  for (const [name, value] of given) out[operatorIndex(name)] = value
  return out
}
