import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { eventColumnNames, eventEnergies, readEvents } from '../analysis/event-file.ts'
import { setupSelections } from '../analysis/fit/setup-process.ts'
import { divideSource } from '../analysis/source-events.ts'
import { AppError } from '../../../errors.ts'
import { featureSets } from '../../../generator/observables.ts'
import type { RatioSetup } from '../../../ml/ratio/ratio-card.ts'
import type { RatioPreset } from '../../../ml/ratio/ratio-presets.ts'
import { sha256Hex } from '../../../numerics/sha256.ts'
import type { TopPairProcess } from '../../../physics/top-pair/hadronic.ts'
import { branchOptions, pickOf } from '../../../cli/options/branch-options.ts'
import type { Option, OptionTable } from '../../../cli/options/option.ts'
import { massRange } from '../../../cli/options/ranges.ts'
import { processOptions } from './top-pair-options.ts'
import { parseOptions } from '../../../cli/arguments.ts'
import type { OptionValues } from '../../../cli/options/option-values.ts'

export const selectionNames = Object.keys(setupSelections) as (keyof typeof setupSelections)[]

/** Of the events that are made here. */
const madeOptions = {
  sqrts: processOptions.sqrts,
  pdf: processOptions.pdf,
  mu: processOptions.mu,
  'mtt-min': { kind: 'number', ...massRange, default: '1450', help: 'lowest m_tt' },
  selection: {
    kind: 'choice',
    choices: selectionNames,
    default: 'none',
    help: 'cuts on what is reconstructed',
  },
} as const satisfies OptionTable

const madeDefaults = parseOptions(madeOptions, []).values

/** Of a file only what was typed is known: its line has no default. */
function withoutDefault<T extends Option & { default: string }>(option: T) {
  const { default: usual, ...rest } = option
  return { ...rest, help: `${option.help} (default ${usual})` }
}

/** Which events are meant, to be made or in a file. */
export const sampleOptions = {
  sqrts: withoutDefault(madeOptions.sqrts),
  pdf: withoutDefault(madeOptions.pdf),
  'pdf-table': processOptions['pdf-table'],
  mu: withoutDefault(madeOptions.mu),
  'alpha-s': processOptions['alpha-s'],
  'mtt-min': withoutDefault(madeOptions['mtt-min']),
  selection: withoutDefault(madeOptions.selection),
} as const satisfies OptionTable

type SampleOptions = OptionValues<typeof sampleOptions>

/** Options of the events that are made here, filled in. */
export function withDefaults<T extends SampleOptions>(stated: T) {
  const { sqrts, pdf, mu, 'mtt-min': mttMin, selection } = stated
  return {
    ...stated,
    sqrts: sqrts ?? madeDefaults.sqrts,
    pdf: pdf ?? madeDefaults.pdf,
    mu: mu ?? madeDefaults.mu,
    'mtt-min': mttMin ?? madeDefaults['mtt-min'],
    selection: selection ?? madeDefaults.selection,
  }
}

/** Of the set-up that is claimed for a file what somebody said, or what was done here. */
function statedPart(whole: RatioSetup, stated: SampleOptions, cutHere: boolean): RatioSetup {
  const said = (...names: (keyof SampleOptions)[]): boolean =>
    names.every((name) => stated[name] !== undefined)
  const pdf = said('pdf') || said('pdf-table')
  return {
    ...whole,
    sqrtSGeV: said('sqrts') ? whole.sqrtSGeV : null,
    mttMinGeV: said('mtt-min') || cutHere ? whole.mttMinGeV : null,
    selection: said('selection') ? whole.selection : null,
    // Who says which cuts were made knows of the resolution, too.
    smearing: said('selection') ? whole.smearing : null,
    pdf: pdf ? whole.pdf : null,
    muGeV: said('mu') ? whole.muGeV : null,
    alphaS: said('alpha-s') || (pdf && said('mu')) ? whole.alphaS : null,
  }
}

/** Which columns of the file are which. */
export const columnOptions = branchOptions(eventColumnNames, '--source')

type SourceOptions = SampleOptions & OptionValues<typeof columnOptions> & { smearing: boolean }

/** Events of a file, divided; its cuts and resolution are its own. Null where no file is named. */
export async function openSource(
  path: string | undefined,
  stated: SourceOptions,
  preset: RatioPreset,
  { mttMin }: TopPairProcess,
  log: (line: string) => void,
) {
  const pick = pickOf(stated, eventEnergies)
  if (path === undefined) {
    if (pick)
      throw new AppError(
        'input/invalid',
        '--branches, --tree and --energy-unit say what --source holds, which is not given. Give it.',
      )
    return null
  }
  if (stated.smearing && stated.selection === undefined)
    throw new AppError(
      'input/invalid',
      '--smearing says of a --source with which resolution it was made; --selection must then say with which cuts ("none" for none).',
    )
  const bytes = new Uint8Array(readFileSync(path))
  const { events, notes } = await readEvents(basename(path), bytes, featureSets[preset.features], pick)
  const divided = divideSource(events, mttMin)
  for (const note of [...notes, ...divided.notes]) log(note)
  return {
    ...divided,
    file: { name: basename(path), sha256: await sha256Hex(bytes) },
    /** What the card may say, of what is claimed for events made here. */
    setup: (claimed: RatioSetup): RatioSetup => ({
      ...statedPart(claimed, stated, divided.belowCut > 0),
      operators: [...events.operators],
    }),
  }
}
