import { stages } from '../../generator/samples/sample-chain.ts'
import { processOrModelOptions } from '../model-option.ts'
import type { OptionTable } from '../options/option.ts'
import type { OptionValues } from '../options/option-values.ts'
import { countRange } from '../options/ranges.ts'
import { resumeOptions } from '../resumable-run.ts'

export const eventFormats = ['lhe', 'darkmachines', 'parquet'] as const

export const generateOptions = {
  ...processOrModelOptions,
  events: { kind: 'number', ...countRange(1, 100_000_000), default: '10000', help: 'how many' },
  decays: {
    kind: 'choice',
    choices: ['all', 'none'],
    default: 'all',
    help: 'all: tops, W, Z and H, gluinos, squarks, mediators and taus decay; --set mchi is the mass of what is invisible',
  },
  stage: {
    kind: 'choice',
    choices: stages,
    default: 'parton',
    help: 'shower: with initial- and final-state radiation; detector: jets, leptons and true missing momentum',
  },
  format: {
    kind: 'choice',
    choices: eventFormats,
    help: 'lhe (parton, shower), darkmachines (detector) or parquet (any stage); default: the first of them that holds the stage',
  },
  out: { kind: 'output', what: 'file', required: true, help: 'the file of events' },
  workers: {
    kind: 'number',
    ...countRange(1, 64),
    default: '1',
    help: 'threads that prepare the sampling and make the events',
  },
  ...resumeOptions,
} as const satisfies OptionTable

/** With the process that a model stands for. */
export type GenerateOptions = OptionValues<typeof generateOptions> & { process: string }
