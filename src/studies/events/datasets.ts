/** A model of a dataset that is shipped, as a sample of events. */
export interface ShippedModel {
  /** Of its sample, `samples/<id>.json`. */
  id: string
  /** As a legend names it. */
  label: string
  /** Models of one family have one colour: what differs within it has its own shape. */
  family: string
}

export interface EventsDataset {
  id: 'gluinos' | 'dark-matter'
  title: string
  /** What another model is compared with by default. */
  reference: string
  /** What the events have in common, in a sentence. */
  selection: string
  models: readonly ShippedModel[]
}

const splittings = [50, 300, 900]
const gluinoMasses = [1000, 1500, 2000]

const mediated = (family: string, ...models: [id: string, label: string][]): ShippedModel[] =>
  models.map(([id, label]) => ({ id, label, family }))

/** Models of two kinds of new physics; masses in GeV. */
export const eventsDatasets: readonly EventsDataset[] = [
  {
    id: 'gluinos',
    title: 'Gluinos',
    reference: 'gluino-m1000-dm300',
    selection: 'MET ≥ 200 GeV and two jets of pT > 20 GeV, |η| < 2.8',
    models: splittings.flatMap((dm) =>
      gluinoMasses.map((mass) => ({
        id: `gluino-m${mass}-dm${dm}`,
        label: `${mass}, Δm ${dm}`,
        family: `Δm ${dm} GeV`,
      })),
    ),
  },
  {
    id: 'dark-matter',
    title: 'Dark matter',
    reference: 'znunu-j',
    selection: 'MET ≥ 200 GeV and a jet of pT > 150 GeV, |η| < 2.4',
    models: [
      ...mediated(
        'vector',
        ['vector-m200', 'vector 200'],
        ['vector-m500', 'vector 500'],
        ['vector-m1000', 'vector 1000'],
        ['vector-m2000', 'vector 2000'],
      ),
      ...mediated(
        'axial',
        ['axial-m500', 'axial 500'],
        ['axial-m2000', 'axial 2000'],
        ['axial-m500-chi240', 'axial 500, χ 240'],
      ),
      ...mediated('scalar', ['scalar-m125', 'scalar 125'], ['scalar-m500', 'scalar 500']),
      ...mediated('tops and scalar', ['ttphi-m125', 'tt̄φ 125'], ['ttphi-m500', 'tt̄φ 500']),
      ...mediated('Z', ['znunu-j', 'Z(νν) + jet']),
      ...mediated('W', ['wlnu-j', 'W(ℓν) + jet']),
    ],
  },
]

export const datasetOf = (id: string): EventsDataset | undefined =>
  eventsDatasets.find((dataset) => dataset.id === id)

/** Address of a sample's manifest; absolute, because workers resolve relative ones elsewhere. */
export const sampleUrl = (page: string, id: string): string => new URL(`samples/${id}.json`, page).href
