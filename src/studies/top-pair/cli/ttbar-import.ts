import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { importLhe } from '../analysis/import-lhe.ts'
import { parseBenchmarks } from '../analysis/lhe-benchmarks.ts'
import { unpackedText } from '../../../dataset/unpacked-text.ts'
import { AppError } from '../../../errors.ts'
import { sumWeights, type EventTable } from '../../../generator/event-table.ts'
import { createRng } from '../../../numerics/rng.ts'
import { dipoleTermFactors, termNames } from '../../../physics/top-pair/polynomial.ts'
import { defineCommand } from '../../../cli/command.ts'
import { dipoleOption, dipoleScale } from './dipole-option.ts'
import { detectorOption, eventOptions, featuresOption, saveEvents, selectionOption } from './event-options.ts'
import { seedRange, strongCouplingRange } from '../../../cli/options/ranges.ts'
import { readJsonFile } from './top-pair-options.ts'

/** Unpacked text; larger samples come in several files. */
const mostBytes = 8 * 2 ** 30

export const ttbarImportCommand = defineCommand({
  summary:
    'dilepton t tbar events of another generator, Les Houches file to table, weights kept as polynomials',
  options: {
    lhe: {
      kind: 'file',
      what: 'Les Houches file',
      required: true,
      help: 'events, packed with gzip or not',
    },
    benchmarks: {
      kind: 'file',
      what: 'file of benchmarks',
      help: 'JSON { operators: ["td8"], points: { "rwgt_1": [2], ... } }: coefficients [TeV^-2] of the named weights; default: read off names like sm, td8=2, td8=2,tq8=-1, EFTrwgt_ctd8_2.0, or off cards of reweighting in the header; without any, XWGTUP alone',
    },
    'other-decays': {
      kind: 'choice',
      choices: ['skip', 'refuse'],
      default: 'skip',
      help: 'events of other decays of the tops, or of other processes: left out and counted, or none may be there',
    },
    ctg: { ...dipoleOption.ctg, help: `${dipoleOption.ctg.help}, in the benchmarks` },
    'alpha-s': {
      kind: 'number',
      ...strongCouplingRange,
      default: '0.118',
      help: 'strong coupling of the file, for --ctg SMEFTatNLO',
    },
    seed: { kind: 'number', ...seedRange, default: '1', help: 'of the smearing' },
    ...eventOptions,
  },
  run: async (options, log) => {
    const path = options.lhe
    const given =
      options.benchmarks === undefined
        ? null
        : parseBenchmarks(readJsonFile(options.benchmarks), basename(options.benchmarks))
    const { factor } = dipoleScale(options, options['alpha-s'])
    const run = importLhe(textOf(path), {
      name: basename(path),
      benchmarks: given ?? 'by-name',
      observables: featuresOption(options),
      detector: detectorOption(options),
      selection: selectionOption(options),
      skipOthers: options['other-decays'] !== 'refuse',
      negativeWeights: true,
      rng: createRng(options.seed).split('smear'),
    })
    let step = await run.next()
    for (let told = 0; !step.done; step = await run.next())
      if (step.value.events - told >= 100_000) {
        told = step.value.events
        log(`${told} events read, ${step.value.accepted} kept`)
      }
    const { nominalPb, weightNames, benchmarks, leftOut, others, notes } = step.value
    for (const note of notes) log(note)
    const table = rescaled(step.value.table, factor)
    const nominal = nominalPb.reduce((sum, w) => sum + w, 0)
    const summary = {
      file: basename(path),
      events: table.rows,
      read: table.points,
      leftOut,
      otherDecays: others,
      seed: options.seed,
      operators: table.operators,
      columns: Object.keys(table.columns),
      weightNames,
      benchmarks,
      nominalPb: nominal,
      fiducialPb: fiducialOf(table),
    }
    return { ...summary, files: await saveEvents(table, options, summary) }
  },
})

/** The text of a file in pieces. */
async function* textOf(path: string): AsyncGenerator<string> {
  try {
    yield* unpackedText(new Uint8Array(readFileSync(path)), mostBytes)
  } catch (thrown) {
    throw AppError.from(thrown).about(basename(path))
  }
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
