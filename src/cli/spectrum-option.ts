import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { replicaSpectrum } from '../analysis/drell-yan/replicas.ts'
import { coefficientsOf, type UniverseModel } from '../analysis/drell-yan/universes.ts'
import type { DatasetHeader } from '../analysis/job-map.ts'
import { readSpectraFile } from '../dataset/spectra-file.ts'
import { AppError } from '../errors.ts'
import { morphSpectrum, type EftOrder } from '../physics/drell-yan/spectrum-templates.ts'
import { operatorNames } from '../physics/smeft/operators.ts'
import type { OptionTable } from './arguments.ts'
import { numberOption } from './arguments.ts'

/** The ways a command line names one spectrum of a dataset. */
export const spectrumOptions: OptionTable = {
  spectrum: { help: '.npy, .csv or .parquet file of spectra, pb per bin; a measurement with its noise' },
  row: { default: '0', help: 'row of that file' },
  universe: { help: 'number of a universe of the dataset, its exact spectrum' },
  coefficients: { help: 'name=value pairs in TeV^-2, e.g. clq3=0.01,cHWB=-0.02' },
  replica: { help: 'seed of the noise to add to an exact spectrum; none is added without' },
}

export interface NamedSpectrum {
  title: string
  spectrum: Float64Array // [bins], pb per bin
  noisy: boolean
  universe?: number
  coefficients?: Float64Array // [17]
}

/** Without any of the options the SM itself. */
export async function readSpectrum(
  options: Record<string, string | undefined>,
  header: DatasetHeader,
  order: EftOrder,
): Promise<NamedSpectrum> {
  const given = ['spectrum', 'universe', 'coefficients'].filter((name) => options[name] !== undefined)
  if (given.length > 1)
    throw new AppError(
      'input/invalid',
      `${given.map((name) => `--${name}`).join(' and ')} name different spectra. Give one.`,
    )
  if (options.spectrum !== undefined) return fromFile(options.spectrum, numberOption(options, 'row'), header)
  const exact = exactSpectrum(options, header, order)
  if (options.replica === undefined) return exact
  const seed = numberOption(options, 'replica')
  return {
    ...exact,
    title: `${exact.title}, replica of seed ${seed}`,
    noisy: true,
    spectrum: replicaSpectrum(header.model.whitening, exact.spectrum, seed, 0, 0),
  }
}

async function fromFile(path: string, row: number, { model }: DatasetHeader): Promise<NamedSpectrum> {
  if (!existsSync(path))
    throw new AppError(
      'data/not-found',
      `There is no file ${path}. Give the path of a .npy, .csv or .parquet file.`,
    )
  const bins = model.templates.sm.length
  const table = await readSpectraFile(basename(path), new Uint8Array(readFileSync(path)), { bins })
  if (!Number.isInteger(row) || row < 0 || row >= table.rows)
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

function exactSpectrum(
  options: Record<string, string | undefined>,
  { model, table }: DatasetHeader,
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
    const universe = numberOption(options, 'universe')
    if (!Number.isInteger(universe) || universe < 0 || universe >= table.count)
      throw new AppError(
        'input/invalid',
        `The dataset has universes 0 to ${table.count - 1}, not ${universe}. Choose one of them.`,
      )
    return of(coefficientsOf(table, universe), `universe ${universe}`, universe)
  }
  if (options.coefficients === undefined) return of(new Float64Array(operatorNames.length), 'SM')
  return of(parseCoefficients(options.coefficients, model), options.coefficients)
}

function parseCoefficients(text: string, { prior }: UniverseModel): Float64Array {
  const out = new Float64Array(prior.halfWidth.length)
  for (const pair of text.split(',')) {
    const [name, value] = pair.split('=').map((part) => part.trim())
    const index = operatorNames.findIndex((operator) => operator === name)
    if (index < 0)
      throw new AppError(
        'physics/unknown-operator',
        `There is no coefficient "${name}". Known: ${operatorNames.join(', ')}.`,
      )
    out[index] = Number(value)
    if (!value || !Number.isFinite(out[index]))
      throw new AppError('input/invalid', `"${pair}" is not name=value. Write e.g. clq3=0.01.`)
  }
  return out
}
