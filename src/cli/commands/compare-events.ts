import { channelNames, multiplicity, passesChannel } from '../../dataset/dark-machines/channels.ts'
import type { DarkMachinesEvent } from '../../dataset/dark-machines/event-line.ts'
import { AppError } from '../../errors.ts'
import { eventFeatures, featureNames } from '../../generator/detector/event-features.ts'
import { loadKernels } from '../../kernels/load-kernels.ts'
import {
  crossValidatedAuc,
  type TwoSampleClassifier,
} from '../../statistics/two-sample/cross-validated-auc.ts'
import { kolmogorovSmirnov, median, medianError } from '../../statistics/two-sample/one-feature.ts'
import { defineCommand } from '../command.ts'
import { eventFileHelp, objectOptions, readEventFile } from '../event-files.ts'
import type { OptionValues } from '../options/option-values.ts'
import { networkClassifier } from '../network-classifier.ts'
import { countRange, seedRange } from '../options/ranges.ts'

const all = 'all'
const met200 = 'met200'
const selections = [all, met200, ...channelNames] as const
type Selection = (typeof selections)[number]

/** Features that are numbers of objects. */
const counted = ['Njet', 'Nb']

/** Fewer say nothing of sixteen features. */
const fewest = 50

const file = {
  required: true,
  kind: 'file',
  what: 'file of events',
  help: eventFileHelp,
} as const

export const compareEventsCommand = defineCommand({
  summary:
    'two files of events by sixteen features: medians with errors, Kolmogorov-Smirnov distances, how well they are told apart',
  places: ['ours', 'theirs'],
  options: {
    ours: file,
    theirs: file,
    selection: {
      kind: 'choice',
      choices: selections,
      default: all,
      help: 'met200: MET from 200 GeV and two jets; 1 to 3: a channel of arXiv:2105.14027; of both files alike',
    },
    most: {
      kind: 'number',
      ...countRange(fewest, 1_000_000),
      default: '20000',
      help: 'events that are used of each',
    },
    network: {
      kind: 'flag',
      help: 'how well a network (dense 128, 64, 32) tells them apart, too; half a minute for some thousands of events',
    },
    seed: { kind: 'number', ...seedRange, default: '1', help: 'of the five parts of the cross-validation' },
    ...objectOptions,
  },
  run: async (options) => {
    const { ours: first, theirs: second, selection, most, seed } = options
    const samples = [
      await sampleOf('ours', first, selection, most, options),
      await sampleOf('theirs', second, selection, most, options),
    ]
    const told = (classifier?: TwoSampleClassifier) => {
      const [a, b] = samples.map(({ features }) => logarithms(features))
      return crossValidatedAuc(a, b, featureNames.length, seed, classifier)
    }
    const { auc, error } = told()
    const network = options.network ? told(networkClassifier(await loadKernels(), seed)) : undefined
    return {
      events: samples.map(({ events }) => events),
      auc,
      aucError: error,
      ...(network && { aucNetwork: network.auc, aucNetworkError: network.error }),
      features: featureNames.map((name) => {
        const columns = samples.map(({ features }) => column(features, name))
        return {
          name,
          median: columns.map(median),
          medianError: columns.map(medianError),
          mean: columns.map((own) => own.reduce((sum, x) => sum + x, 0) / own.length),
          ks: kolmogorovSmirnov(columns[0], columns[1]),
        }
      }),
      shares: Object.fromEntries(
        counted.map((name) => [name, sharesOf(samples.map(({ features }) => column(features, name)))]),
      ),
      multiplicities: multiplicitiesOf(samples),
      badLines: samples.map(({ badLines }) => badLines),
    }
  },
})

interface Sample {
  events: number
  badLines: number
  /** [events, 16] GeV */
  features: Float64Array
  multiplicities: Map<string, number>
}

async function sampleOf(
  name: string,
  path: string,
  selection: Selection,
  most: number,
  options: OptionValues<typeof objectOptions>,
): Promise<Sample> {
  const rows: Float64Array[] = []
  const multiplicities = new Map<string, number>()
  const { badLines, lines } = await readEventFile(path, options, (event) => {
    if (rows.length === most || !passes(selection, event)) return
    rows.push(eventFeatures(event))
    const key = multiplicity(event)
    multiplicities.set(key, (multiplicities.get(key) ?? 0) + 1)
  })
  if (rows.length < fewest)
    throw new AppError(
      'input/invalid',
      `--${name} has ${rows.length} events of ${lines} that pass --selection ${selection}, a comparison needs ${fewest}. Choose another selection or file.`,
    )
  const features = new Float64Array(rows.length * featureNames.length)
  rows.forEach((row, i) => features.set(row, i * featureNames.length))
  return { events: rows.length, badLines, features, multiplicities }
}

function passes(selection: Selection, event: DarkMachinesEvent): boolean {
  if (selection === all) return true
  if (selection !== met200) return passesChannel(selection, event)
  return event.met >= 200 && event.types.filter((type) => type < 2).length >= 2
}

function column(features: Float64Array, name: string): Float64Array {
  const [width, at] = [featureNames.length, featureNames.indexOf(name)]
  return Float64Array.from({ length: features.length / width }, (_, i) => features[i * width + at])
}

/** Numbers of jets and of b-jets: what share of either sample has how many, from none on. */
function sharesOf(columns: readonly Float64Array[]): number[][] {
  const most = columns.reduce((top, own) => own.reduce((high, x) => Math.max(high, x), top), 0)
  return Array.from({ length: most + 1 }, (_, count) =>
    columns.map((own) => own.filter((x) => x === count).length / own.length),
  )
}

/** MET, HT and every pT as ln(1 + x/GeV), which is what networks are given too. */
function logarithms(features: Float64Array): Float64Array {
  return features.map((x, at) => {
    const name = featureNames[at % featureNames.length]
    return name === 'MET' || name === 'HT' || name.startsWith('pT') ? Math.log1p(x) : x
  })
}

/** The most frequent ones, as shares of both samples. */
function multiplicitiesOf(samples: readonly Sample[]): Record<string, number[]> {
  const [ours, theirs] = samples.map(({ multiplicities }) => multiplicities)
  const names = [...new Set([...ours.keys(), ...theirs.keys()])]
  const shares = names.map((name) => ({
    name,
    own: samples.map(({ multiplicities, events }) => (multiplicities.get(name) ?? 0) / events),
  }))
  shares.sort((a, b) => b.own[0] + b.own[1] - a.own[0] - a.own[1] || (a.name < b.name ? -1 : 1))
  return Object.fromEntries(shares.slice(0, 20).map(({ name, own }) => [name, own]))
}
