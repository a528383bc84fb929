import { hardJet, sampleModels, type SampleModel } from './models.ts'
import type { EventSelection } from './selection.ts'

/** Processes in a sample are counted in a thousand: every block of so many events has all of them. */
export const eventsPerSampleBlock = 1000

/** A sample that is shipped. */
export interface SampleDefinition {
  title: string
  /** After the selection. */
  events: number
  selection: EventSelection
  /**
   * Its processes and how many of a thousand events each has: as their cross-sections after the selection, but a tenth of
   * them each at least. Weights restore the true mixture.
   */
  parts: readonly { model: SampleModel; share: number }[]
}

/** What events of gluinos, and of mediators, pass. */
export const gluinoSelection: EventSelection = { met: 200, jets: { count: 2, pt: 20, absEta: 2.8 } }
export const monojetSelection: EventSelection = { met: 200, jets: { count: 1, pt: 150, absEta: 2.4 } }
const multiTopSelection: EventSelection = { met: 0, jets: { count: 2, pt: 25, absEta: 2.5 } }

const ofModel = ([id, model]: [string, SampleModel]): [string, SampleDefinition] => [
  id,
  {
    title: id.startsWith('gluino') ? gluinoTitle(model) : `${model.process}${mediatorTitle(model)}`,
    events: 20_000,
    selection: id.startsWith('gluino') ? gluinoSelection : monojetSelection,
    parts: [{ model, share: eventsPerSampleBlock }],
  },
]

function gluinoTitle({ set: { mgo = 0, mchi = 0 } }: SampleModel): string {
  return `gluino pairs, ${mgo} GeV, neutralino ${mchi} GeV`
}

function mediatorTitle({ mediator, set: { mphi, mchi } }: SampleModel): string {
  return mediator ? ` (${mediator}, ${mphi} GeV, dark matter ${mchi} GeV)` : ''
}

const plain = (process: string, share: number, ptMin?: number) => ({
  model: { process, set: {}, ptMin },
  share,
})

const multiTop = (title: string, ...parts: SampleDefinition['parts']): SampleDefinition => ({
  ...{ title, events: 30_000, selection: multiTopSelection, parts },
})

const withScalar = (process: string, mphi: number): SampleModel => ({
  ...{ process, set: { mphi, mchi: 1, gq: 1, gchi: 1 }, mediator: 'scalar' },
})

const scalarSignals = [100, 300, 500].flatMap((mphi): [string, SampleDefinition][] => {
  const signal = (title: string, process: string): SampleDefinition => ({
    title: `${title}, scalar of ${mphi} GeV to dark matter of 1 GeV`,
    events: 10_000,
    selection: multiTopSelection,
    parts: [{ model: withScalar(process, mphi), share: eventsPerSampleBlock }],
  })
  return [
    [`ttphi-m${mphi}-chi1`, signal('top pair', 'p p > t t~ phi, phi > chi chi~')],
    [
      `twphi-m${mphi}-chi1`,
      signal('top and W', 'g b > t W- phi, phi > chi chi~; g b~ > t~ W+ phi, phi > chi chi~'),
    ],
  ]
})

/** Models of new physics by their names, classes by their number of top quarks, and signals beside these. */
export const sampleSet: Readonly<Record<string, SampleDefinition>> = Object.fromEntries([
  ...Object.entries(sampleModels).map(ofModel),
  [
    'multitop-0t',
    multiTop(
      'no top quark: W or Z and a jet, Z pairs, jets',
      plain('p p > j j', 700, hardJet),
      plain('p p > W+ j; p p > W- j', 100, hardJet),
      plain('p p > Z j', 100, hardJet),
      plain('p p > Z Z', 100),
    ),
  ],
  [
    'multitop-1t',
    multiTop(
      'one top quark: in the t channel, or with a W',
      plain('p p > t j; p p > t~ j', 800),
      plain('g b > t W-; g b~ > t~ W+', 200),
    ),
  ],
  [
    'multitop-2t',
    multiTop(
      'two top quarks, also with H, Z or W',
      plain('p p > t t~', 700),
      plain('p p > t t~ H', 100),
      plain('p p > t t~ Z', 100),
      plain('p p > t t~ W+; p p > t t~ W-', 100),
    ),
  ],
  ['multitop-3t', multiTop('three top quarks and a W', plain('g b > t t t~ W-; g b~ > t~ t~ t W+', 1000))],
  ['multitop-4t', multiTop('four top quarks', plain('p p > t t~ t t~', 1000))],
  ...scalarSignals,
])
