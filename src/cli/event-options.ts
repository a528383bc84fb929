import { basename, dirname, extname } from 'node:path'
import { writeEventNpy, writeEventParquet } from '../analysis/top-pair/event-file.ts'
import { AppError } from '../errors.ts'
import {
  checkDetector,
  defaultDetector,
  dileptonSelection,
  ml4eftSelection,
  type DetectorSettings,
  type Selection,
} from '../generator/detector.ts'
import type { EventTable } from '../generator/event-table.ts'
import { featureSets, parseObservables, type ObservableName } from '../generator/observables.ts'
import { choiceOption, numberOption, required, type OptionTable } from './arguments.ts'
import { writeFiles } from './files.ts'

type Options = Record<string, string | undefined>

const selections = {
  none: null,
  dilepton: dileptonSelection,
  'dilepton-no-veto': { ...dileptonSelection, zVeto: null },
  ml4eft: ml4eftSelection,
}

/** Names on the command line of what a selection and a detector are made of. */
const cutNames: Record<string, Exclude<keyof Selection, 'zVeto'>> = {
  'pt-leading': 'ptLeading',
  'pt-trailing': 'ptTrailing',
  'eta-lepton': 'absEtaLepton',
  'pt-b': 'ptB',
  'eta-b': 'absEtaB',
  'mll-min': 'massLeptons',
}
const detectorNames: Record<string, keyof DetectorSettings> = {
  lepton: 'leptonPt',
  'b-stochastic': 'bStochastic',
  'b-constant': 'bConstant',
  missing: 'missingGeV',
  efficiency: 'efficiency',
}

/** Options that say what is kept of events, shared by the commands that make event files. */
export const eventOptions = {
  features: {
    default: 'ml4eft-18',
    help: `columns: ${Object.keys(featureSets).join(', ')}, or comma-separated observables (momenta and masses in GeV)`,
  },
  selection: {
    default: 'none',
    help: `cuts on what is reconstructed: ${Object.keys(selections).join(', ')}`,
  },
  cuts: {
    help: 'changes of the selection, e.g. pt-leading=30,pt-trailing=20,eta-lepton=2.5,pt-b=25,eta-b=2.5,mll-min=20,z-veto=76:106 (or z-veto=none); GeV',
  },
  smear: { flag: true, help: 'detector resolution on leptons, b jets and missing momentum' },
  detector: {
    help: `changes of the resolution, e.g. lepton=0.015,b-stochastic=0.8,b-constant=0.05,missing=20,efficiency=1 (relative; sqrt(GeV); relative; GeV; probability); implies --smear`,
  },
  out: { help: 'file.parquet, or a folder for features.npy, weights.npy and summary.json' },
} satisfies OptionTable

export function featuresOption(options: Options): readonly ObservableName[] {
  const value = required(options, 'features')
  if (Object.hasOwn(featureSets, value)) return featureSets[value as keyof typeof featureSets]
  const names = parseObservables(value.split(','))
  const twice = names.find((name, k) => names.indexOf(name) !== k)
  if (twice)
    throw new AppError('input/invalid', `--features names ${twice} twice. Name each observable once.`)
  return names
}

/** "a=1,b=2" as pairs. @throws AppError 'input/invalid' for a name that is not known */
function pairsOption(options: Options, option: string, known: readonly string[]): [string, string][] {
  return required(options, option)
    .split(',')
    .map((part) => {
      const [name, value, more] = part.split('=')
      if (!known.includes(name) || value === undefined || more !== undefined)
        throw new AppError(
          'input/invalid',
          `--${option} has "${part}", must be name=value with one of ${known.join(', ')}.`,
        )
      return [name, value]
    })
}

export function selectionOption(options: Options): Selection | null {
  const name = choiceOption(options, 'selection', Object.keys(selections) as (keyof typeof selections)[])
  if (options.cuts === undefined) return selections[name]
  const open: Selection = { ...ml4eftSelection, massLeptons: 0, zVeto: null }
  const selection: Selection = { ...(selections[name] ?? open) }
  for (const [cut, value] of pairsOption(options, 'cuts', [...Object.keys(cutNames), 'z-veto'])) {
    if (cut === 'z-veto') selection.zVeto = value === 'none' ? null : vetoWindow(value)
    else selection[cutNames[cut]] = notNegative('cuts', cut, value)
  }
  return selection
}

function vetoWindow(text: string): [number, number] {
  const [low, high] = text.split(':').map(Number)
  if (!(low >= 0 && low < high && high < Infinity))
    throw new AppError(
      'input/invalid',
      `--cuts has z-veto=${text}, must be two rising masses [GeV] like 76:106, or none.`,
    )
  return [low, high]
}

function notNegative(option: string, name: string, text: string): number {
  const value = numberOption({ [option]: text }, option)
  if (value < 0) throw new AppError('input/invalid', `--${option} has ${name}=${text}, must not be negative.`)
  return value
}

export function detectorOption(options: Options): DetectorSettings | null {
  if (options.detector === undefined) return options.smear === 'true' ? defaultDetector : null
  const settings = { ...defaultDetector }
  for (const [name, value] of pairsOption(options, 'detector', Object.keys(detectorNames)))
    settings[detectorNames[name]] = notNegative('detector', name, value)
  checkDetector(settings)
  return settings
}

export function seedOption(options: Options): number {
  const seed = numberOption(options, 'seed')
  if (!Number.isSafeInteger(seed))
    throw new AppError('input/invalid', `--seed is ${seed}, must be a whole number. Write e.g. 1.`)
  return seed
}

const fileEndings = ['.csv', '.gz', '.h5', '.json', '.lhe', '.npy', '.npz', '.root', '.tsv', '.txt']

/** Told before the work begins: a file that is no Parquet would otherwise become a folder of that name. */
export function checkOut({ out }: Options): void {
  if (out !== undefined && fileEndings.includes(extname(out)))
    throw new AppError(
      'input/invalid',
      `--out ${out} ends in "${extname(out)}"; events are written as file.parquet or into a folder. Choose one of them.`,
    )
}

/** @returns the paths that were written, none without --out */
export async function saveEvents(table: EventTable, { out }: Options, summary: object): Promise<string[]> {
  if (out === undefined) return []
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
