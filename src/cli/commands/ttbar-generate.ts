import { basename, dirname } from 'node:path'
import { writeEventNpy, writeEventParquet } from '../../analysis/top-pair/event-file.ts'
import { generateSample } from '../../analysis/top-pair/generate-sample.ts'
import { AppError } from '../../errors.ts'
import { defaultDetector, dileptonSelection, ml4eftSelection } from '../../generator/detector.ts'
import type { EventTable } from '../../generator/event-table.ts'
import { featureSets, parseObservables, type ObservableName } from '../../generator/observables.ts'
import { choiceOption, numberOption, numbersOption, required } from '../arguments.ts'
import type { Command } from '../command.ts'
import { writeFiles } from '../files.ts'
import { processFromOptions, processOptions } from '../top-pair-options.ts'

const selections = {
  none: null,
  dilepton: dileptonSelection,
  'dilepton-no-veto': { ...dileptonSelection, zVeto: null },
  ml4eft: ml4eftSelection,
}

export const ttbarGenerateCommand: Command = {
  summary: 'leading-order pp -> t tbar -> b l+ nu bbar l- nubar events with polynomial weights',
  options: {
    events: { default: '100000', help: 'phase-space points to draw, before cuts and unweighting' },
    seed: { default: '1', help: 'whole number' },
    ...processOptions,
    'mtt-min': { default: '0', help: 'lowest m_tt [GeV]' },
    'mtt-max': { help: 'highest m_tt [GeV]; default: the collision energy' },
    features: {
      default: 'ml4eft-18',
      help: `${Object.keys(featureSets).join(', ')}, or comma-separated observables`,
    },
    selection: { default: 'none', help: Object.keys(selections).join(', ') },
    smear: { flag: true, help: 'detector resolution on leptons, b jets and missing momentum' },
    unweight: { help: 'sm, or comma-separated coefficients [1/TeV^2]: events of equal weight there' },
    out: { help: 'file.parquet, or a folder for features.npy, weights.npy and summary.json' },
  },
  run: async (options, log) => {
    const process = processFromOptions(options, {
      mttMin: numberOption(options, 'mtt-min'),
      mttMax: options['mtt-max'] === undefined ? undefined : numberOption(options, 'mtt-max'),
    })
    const selection = choiceOption(
      options,
      'selection',
      Object.keys(selections) as (keyof typeof selections)[],
    )
    const started = performance.now()
    const run = generateSample({
      process,
      points: numberOption(options, 'events'),
      seed: seedOption(options),
      observables: featuresOption(required(options, 'features')),
      detector: options.smear === 'true' ? defaultDetector : null,
      selection: selections[selection],
      unweightAt: unweightOption(options, process.operators.length),
    })
    let step = run.next()
    let shown = 0
    while (!step.done) {
      if (step.value.fraction >= shown + 0.1) {
        shown = step.value.fraction
        log(`${Math.round(100 * shown)} % of the points, ${step.value.accepted} events`)
      }
      step = run.next()
    }
    const { table, summary } = step.value
    log(`${Math.round((1000 * summary.points) / (performance.now() - started))} points/s with preparation`)
    const files = options.out === undefined ? [] : await save(table, options.out, summary)
    return { ...summary, files }
  },
}

function seedOption(options: Record<string, string | undefined>): number {
  const seed = numberOption(options, 'seed')
  if (!Number.isSafeInteger(seed))
    throw new AppError('input/invalid', `--seed is ${seed}, must be a whole number.`)
  return seed
}

function featuresOption(value: string): readonly ObservableName[] {
  return Object.hasOwn(featureSets, value)
    ? featureSets[value as keyof typeof featureSets]
    : parseObservables(value.split(','))
}

function unweightOption(options: Record<string, string | undefined>, operators: number): number[] | null {
  if (options.unweight === undefined) return null
  if (options.unweight === 'sm') return Array.from({ length: operators }, () => 0)
  const c = numbersOption(options, 'unweight')
  if (c.length !== operators)
    throw new AppError(
      'input/invalid',
      `--unweight has ${c.length} coefficients for ${operators} operators. Give one for each, or "sm".`,
    )
  return c
}

async function save(table: EventTable, out: string, summary: object): Promise<string[]> {
  if (out.endsWith('.parquet')) {
    writeFiles(dirname(out), [{ name: basename(out), bytes: await writeEventParquet(table) }])
    return [out]
  }
  const { files, features, weights } = writeEventNpy(table)
  const text = `${JSON.stringify({ ...summary, features, weights }, null, 2)}\n`
  const all = [...files, { name: 'summary.json', bytes: text }]
  writeFiles(out, all)
  return all.map(({ name }) => `${out}/${name}`)
}
