import { basename, dirname } from 'node:path'
import { writeEventNpy, writeEventParquet } from '../analysis/event-file.ts'
import { AppError } from '../../../errors.ts'
import {
  checkDetector,
  defaultDetector,
  dileptonSelection,
  ml4eftSelection,
  type DetectorSettings,
  type Selection,
} from '../../../generator/detector.ts'
import type { EventTable } from '../../../generator/event-table.ts'
import { featureSets, parseObservables, type ObservableName } from '../../../generator/observables.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import { writeFiles } from '../../../cli/files.ts'
import type { Range, WindowRange } from '../../../cli/options/option.ts'
import { massRange } from '../../../cli/options/ranges.ts'
import type { OptionValues } from '../../../cli/options/option-values.ts'

const selections = {
  none: null,
  dilepton: dileptonSelection,
  'dilepton-no-veto': { ...dileptonSelection, zVeto: null },
  ml4eft: ml4eftSelection,
}

const setNames = Object.keys(featureSets) as (keyof typeof featureSets)[]

/** Names on the command line of what a selection and a detector are made of. */
const cutNames = {
  'pt-leading': 'ptLeading',
  'pt-trailing': 'ptTrailing',
  'eta-lepton': 'absEtaLepton',
  'pt-b': 'ptB',
  'eta-b': 'absEtaB',
  'mll-min': 'massLeptons',
} as const satisfies Record<string, Exclude<keyof Selection, 'zVeto'>>
const etaRange: Range = { min: 0, max: 10 }
const cutRanges = {
  ...{ 'pt-leading': massRange, 'pt-trailing': massRange, 'eta-lepton': etaRange },
  ...{ 'pt-b': massRange, 'eta-b': etaRange, 'mll-min': massRange },
  'z-veto': { window: true, ...massRange },
} as const satisfies Record<keyof typeof cutNames | 'z-veto', Range | WindowRange>
const detectorNames = {
  lepton: 'leptonPt',
  'b-stochastic': 'bStochastic',
  'b-constant': 'bConstant',
  missing: 'missingGeV',
  efficiency: 'efficiency',
} as const satisfies Record<string, keyof DetectorSettings>
const detectorRanges = {
  lepton: { min: 0, max: 1 },
  'b-stochastic': { min: 0, max: 10, unit: 'sqrt(GeV)' },
  'b-constant': { min: 0, max: 1 },
  missing: { min: 0, max: 1000, unit: 'GeV' },
  efficiency: { min: 0, max: 1 },
} as const satisfies Record<keyof typeof detectorNames, Range>

/** Options that say what is kept of events, shared by the commands that make event files. */
export const eventOptions = {
  features: {
    kind: 'words',
    most: 2000,
    default: 'ml4eft-18',
    help: `columns: ${Object.keys(featureSets).join(', ')}, or comma-separated observables (momenta and masses in GeV)`,
  },
  selection: {
    kind: 'choice',
    choices: Object.keys(selections) as (keyof typeof selections)[],
    default: 'none',
    help: 'cuts on what is reconstructed',
  },
  cuts: {
    kind: 'pairs',
    what: 'cut',
    names: cutRanges,
    orValue: { 'z-veto': 'none' },
    help: 'changes of the selection, e.g. pt-leading=30,z-veto=76:106 (or z-veto=none)',
  },
  smear: { kind: 'flag', help: 'detector resolution on leptons, b jets and missing momentum' },
  detector: {
    kind: 'pairs',
    what: 'resolution',
    names: detectorRanges,
    help: 'changes of the resolution, e.g. lepton=0.015,b-stochastic=0.8,b-constant=0.05,missing=20,efficiency=1; implies --smear',
  },
  out: {
    kind: 'output',
    what: 'folder',
    fileEnding: '.parquet',
    help: 'file.parquet, or a folder for features.npy, weights.npy and summary.json',
  },
} as const satisfies OptionTable

export type EventOptions = OptionValues<typeof eventOptions>

export function featuresOption({ features }: EventOptions): readonly ObservableName[] {
  const set = features.length === 1 && setNames.find((name) => name === features[0])
  if (set) return featureSets[set]
  const names = parseObservables(features)
  const twice = names.find((name, k) => names.indexOf(name) !== k)
  if (twice)
    throw new AppError('input/invalid', `--features names ${twice} twice. Name each observable once.`)
  return names
}

export function selectionOption(options: EventOptions): Selection | null {
  const name = options.selection
  if (options.cuts === undefined) return selections[name]
  const open: Selection = { ...ml4eftSelection, massLeptons: 0, zVeto: null }
  const selection: Selection = { ...(selections[name] ?? open) }
  const { 'z-veto': veto, ...cuts } = options.cuts
  if (veto) selection.zVeto = veto === 'none' ? null : veto
  return { ...selection, ...renamed(cuts, cutNames) }
}

/** Numbers under the names that `names` has for theirs. */
function renamed<Name extends string, To extends string>(
  values: Partial<Record<Name, number>>,
  names: Readonly<Record<Name, To>>,
): Partial<Record<To, number>> {
  const entries = Object.entries<number | undefined>(values) as [Name, number][]
  return Object.fromEntries(entries.map(([name, value]) => [names[name], value])) as Partial<
    Record<To, number>
  >
}

export function detectorOption(options: EventOptions): DetectorSettings | null {
  if (options.detector === undefined) return options.smear ? defaultDetector : null
  const settings = { ...defaultDetector, ...renamed(options.detector, detectorNames) }
  checkDetector(settings)
  return settings
}

/** @returns the paths that were written, none without --out */
export async function saveEvents(
  table: EventTable,
  { out }: EventOptions,
  summary: object,
): Promise<string[]> {
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
