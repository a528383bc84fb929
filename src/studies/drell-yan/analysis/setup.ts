/** What a person chooses when a dataset is made in the page or by the command line. */
export interface DatasetSetup {
  sqrtSGeV: number
  scheme: 'MW' | 'alpha'
  muF: 'mll' | number
  ptMinGeV: number
  absEtaMax: number
  widthShift: boolean
  luminosityInvFb: number
  /** Missing higher orders: the leading-order mu_F variation, 1 % of every bin, or nothing. */
  scale: 'lo' | 'nnlo-like' | 'none'
  universes: number
  replicasPerUniverse: number
  priorSigmas: number
  seed: number
}

/** The shipped corpus of 13 TeV neutral-current Drell-Yan. */
export const defaultSetup: DatasetSetup = {
  sqrtSGeV: 13_000,
  scheme: 'MW',
  muF: 'mll',
  ptMinGeV: 25,
  absEtaMax: 2.4,
  widthShift: false,
  luminosityInvFb: 300,
  scale: 'lo',
  universes: 2000,
  replicasPerUniverse: 10,
  priorSigmas: 5,
  seed: 1,
}
