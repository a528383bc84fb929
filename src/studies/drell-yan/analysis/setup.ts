import type { QcdOrder } from '../../../physics/drell-yan/qcd-order.ts'

/**
 * What is counted: m_ll and p_T of the muon; m_ll of forward and of backward pairs; the same in bins of |y|; m_ll of all
 * pairs, whatever their leptons do: no cuts, so that higher orders of QCD are known.
 */
export const binnings = ['mll-ptl', 'mll-fb', 'mll-y-fb', 'mll'] as const
export type Binning = (typeof binnings)[number]

/** What a person chooses when a dataset is made in the page or by the command line. */
export interface DatasetSetup {
  sqrtSGeV: number
  bins: Binning
  /** Edges of the pair's |y|, for 'mll-y-fb' alone. */
  yEdges: number[]
  /** Next-to-leading for 'mll' alone. */
  qcdOrder: QcdOrder
  scheme: 'MW' | 'alpha'
  muF: 'mll' | number
  ptMinGeV: number
  absEtaMax: number
  widthShift: boolean
  luminosityInvFb: number
  /** Missing higher orders: the variation of the scales that the order has, 1 % of every bin, or nothing. */
  scale: 'lo' | 'nnlo-like' | 'none'
  universes: number
  replicasPerUniverse: number
  priorSigmas: number
  seed: number
}

/** The shipped corpus of 13 TeV neutral-current Drell-Yan. */
export const defaultSetup: DatasetSetup = {
  sqrtSGeV: 13_000,
  bins: 'mll-ptl',
  yEdges: [0, 0.4, 0.8, 1.2, 1.6, 2.4],
  qcdOrder: 'lo',
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

/** The dataset "Drell-Yan with F/B"; half the replicas of each universe, for its files are larger. */
export const forwardBackwardSetup: DatasetSetup = { ...defaultSetup, bins: 'mll-fb', replicasPerUniverse: 5 }
