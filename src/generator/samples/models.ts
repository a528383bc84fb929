/** A model whose events can be asked for by name. */
export interface SampleModel {
  /** As `generate --process` takes it. */
  process: string
  /** Masses [GeV] and couplings by the names of `--set`. */
  set: Readonly<Partial<Record<'mgo' | 'mchi' | 'mphi' | 'gq' | 'gchi', number>>>
  /** How the mediator couples. */
  mediator?: 'vector' | 'axial' | 'scalar'
  /** Lowest pT of the hard jet [GeV]. */
  ptMin?: number
}

const gluinoMasses = [1000, 1500, 2000]
const splittings = [50, 300, 900]
/** Lowest pT of the jet beside a mediator, Z or W [GeV]. */
export const hardJet = 100

/** Pairs of gluinos; masses in GeV. */
export const gluinoModel = (mgo: number, mchi: number): SampleModel => ({
  process: 'p p > go go',
  set: { mgo, mchi },
})

const gluinos: [string, SampleModel][] = gluinoMasses.flatMap((mgo) =>
  splittings.map((dm): [string, SampleModel] => [`gluino-m${mgo}-dm${dm}`, gluinoModel(mgo, mgo - dm)]),
)

/** A mediator of dark matter beside a hard jet; masses in GeV. */
export const mediated = (kind: 'vector' | 'axial' | 'scalar', mphi: number, mchi: number): SampleModel => {
  const field = kind === 'scalar' ? 'phi' : 'Zp'
  const process = `p p > ${field} j, ${field} > chi chi~`
  return { process, set: { mphi, mchi }, mediator: kind, ptMin: hardJet }
}

const withTops = (mphi: number): SampleModel => ({
  ...{ process: 'p p > t t~ phi, phi > chi chi~', set: { mphi, mchi: 50 }, mediator: 'scalar' },
})

/** Gluinos by mass and splitting to the neutralino, mediators of dark matter by kind and mass [GeV], and what looks like them. */
export const sampleModels: Readonly<Record<string, SampleModel>> = Object.fromEntries([
  ...gluinos,
  ...[200, 500, 1000, 2000].map((m): [string, SampleModel] => [`vector-m${m}`, mediated('vector', m, 50)]),
  ...[500, 2000].map((m): [string, SampleModel] => [`axial-m${m}`, mediated('axial', m, 50)]),
  ['axial-m500-chi240', mediated('axial', 500, 240)],
  ...[125, 500].map((m): [string, SampleModel] => [`scalar-m${m}`, mediated('scalar', m, 50)]),
  ...[125, 500].map((m): [string, SampleModel] => [`ttphi-m${m}`, withTops(m)]),
  ['znunu-j', { process: 'p p > Z j, Z > vl vl~', set: {}, ptMin: hardJet }],
  ['wlnu-j', { process: 'p p > W+ j, W+ > l+ vl; p p > W- j, W- > l- vl~', set: {}, ptMin: hardJet }],
])
