import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { importLhe } from '../../analysis/top-pair/import-lhe.ts'
import { benchmarksFromNames, parseBenchmarks } from '../../analysis/top-pair/lhe-benchmarks.ts'
import { gunzip } from '../../dataset/gunzip.ts'
import { sniffFormat } from '../../dataset/sniff.ts'
import { AppError } from '../../errors.ts'
import { sumWeights, type EventTable } from '../../generator/event-table.ts'
import { createRng } from '../../numerics/rng.ts'
import { dipoleTermFactors, termNames } from '../../physics/top-pair/polynomial.ts'
import { numberOption, required } from '../arguments.ts'
import type { Command } from '../command.ts'
import { dipoleOption, dipoleScale } from '../dipole-option.ts'
import {
  checkOut,
  detectorOption,
  eventOptions,
  featuresOption,
  saveEvents,
  seedOption,
  selectionOption,
} from '../event-options.ts'
import { readJsonFile } from '../top-pair-options.ts'

/** Unpacked text; larger samples come in several files. */
const mostBytes = 8 * 2 ** 30

export const ttbarImportCommand: Command = {
  summary:
    'dilepton t tbar events of another generator, Les Houches file to table, weights kept as polynomials',
  options: {
    lhe: { help: 'Les Houches event file, packed with gzip or not' },
    benchmarks: {
      help: 'JSON { operators: ["td8"], points: { "rwgt_1": [2], ... } }: coefficients [TeV^-2] of the named weights; default: read off names like sm, td8=2, td8=2,tq8=-1; without any, XWGTUP alone',
    },
    ctg: { ...dipoleOption.ctg, help: `${dipoleOption.ctg.help}, in the benchmarks` },
    'alpha-s': { default: '0.118', help: 'strong coupling of the file, for --ctg SMEFTatNLO' },
    seed: { default: '1', help: 'whole number, of the smearing' },
    ...eventOptions,
  },
  run: async (options, log) => {
    checkOut(options)
    const path = required(options, 'lhe')
    const given =
      options.benchmarks === undefined
        ? null
        : parseBenchmarks(
            readJsonFile(options.benchmarks, 'file of benchmarks'),
            basename(options.benchmarks),
          )
    const { factor } = dipoleScale(options, numberOption(options, 'alpha-s'))
    const run = importLhe(await textOf(path), {
      name: basename(path),
      benchmarks: given ?? 'by-name',
      observables: featuresOption(options),
      detector: detectorOption(options),
      selection: selectionOption(options),
      rng: createRng(seedOption(options)).split('smear'),
    })
    let step = run.next()
    for (let told = 0; !step.done; step = run.next())
      if (step.value.events - told >= 100_000) {
        told = step.value.events
        log(`${told} events read, ${step.value.accepted} kept`)
      }
    const { nominalPb, weightNames } = step.value
    const table = rescaled(step.value.table, factor)
    const nominal = nominalPb.reduce((sum, w) => sum + w, 0)
    const summary = {
      file: basename(path),
      events: table.rows,
      read: table.points,
      seed: seedOption(options),
      operators: table.operators,
      columns: Object.keys(table.columns),
      weightNames,
      benchmarks: given ?? benchmarksFromNames(weightNames),
      nominalPb: nominal,
      fiducialPb: fiducialOf(table),
    }
    if (!summary.benchmarks && weightNames.length > 0)
      log(
        `The file has ${weightNames.length} named weights (${weightNames.slice(0, 5).join(', ')}) whose coefficients are not known: XWGTUP alone is kept. Give --benchmarks.`,
      )
    return { ...summary, files: await saveEvents(table, options, summary) }
  },
}

/** The text of a file in pieces. */
async function textOf(path: string): Promise<Iterable<string>> {
  if (!existsSync(path))
    throw new AppError('data/not-found', `There is no Les Houches file at ${path}. Check the path.`)
  const bytes = new Uint8Array(readFileSync(path))
  try {
    const pieces = sniffFormat(bytes) === 'gzip' ? (await gunzip(bytes, mostBytes)).pieces : [bytes]
    return decoded(pieces)
  } catch (thrown) {
    const { code, message, context } = AppError.from(thrown)
    throw new AppError(code, `${basename(path)}: ${message}`, context)
  }
}

function* decoded(pieces: readonly Uint8Array[]): Generator<string> {
  const decoder = new TextDecoder()
  const length = 1 << 20
  for (const piece of pieces)
    for (let at = 0; at < piece.length; at += length)
      yield decoder.decode(piece.subarray(at, at + length), { stream: true })
}

/** Terms of the app's c_tG from those of another convention: w = w_t c^p with c = c_tG / factor. */
function rescaled(table: EventTable, factor: number): EventTable {
  const factors = dipoleTermFactors(table.operators, 1 / factor)
  return { ...table, weights: table.weights.map((w, k) => w * factors[k % table.terms]) }
}

/** By term, sum of the weights after cuts with its Monte Carlo error [pb]. */
function fiducialOf(table: EventTable): Record<string, { value: number; error: number }> {
  const { sum, sum2 } = sumWeights(table)
  return Object.fromEntries(
    termNames(table.operators).map((name, t) => [
      name,
      { value: sum[t], error: Math.sqrt(Math.max(0, sum2[t] - sum[t] ** 2 / table.points)) },
    ]),
  )
}
