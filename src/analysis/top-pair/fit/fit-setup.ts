import type { ObservableName } from '../../../generator/observables.ts'
import type { RatioPresetName } from '../../../ml/ratio/ratio-presets.ts'
import type { TopPairOperatorName } from '../../../physics/top-pair/operators.ts'
import type { BinnedKind } from '../../../statistics/likelihood/binned.ts'
import type { PolynomialMode } from '../../../statistics/likelihood/terms.ts'

/** Everything that decides a fit of top pairs, small and plain: a worker makes events and networks again from it. */
export interface FitSetup {
  operators: TopPairOperatorName[] // 1 to 8
  mode: PolynomialMode
  sqrtSGeV: number
  mttMinGeV: number
  /** 'dilepton' are the cuts of CMS-TOP-17-014, 'ml4eft' its m_ll cut alone. */
  selection: 'none' | 'dilepton' | 'ml4eft'
  smearing: boolean
  /** Features, networks and losses of the learned ratios. */
  preset: RatioPresetName
  /** Phase-space points per network; null takes the preset's number. */
  trainingPoints: number | null
  /** Epochs at most; null takes the preset's number. */
  epochs: number | null
  /** Networks per term, each with events, start and batches of its own. */
  replicas: number
  /** Whether classifiers are recalibrated on events that training did not see; absent: yes. Other presets need none. */
  recalibrate?: boolean
  /**
   * Learned ratios only divide events into cells, whose ratios are summed from simulation (statistics/ratio-cells.ts): sets then
   * cover at their rate however good the networks are. Absent: yes.
   */
  calibratedRatios?: boolean
  /** Wilson coefficients C/Lambda^2 [TeV^-2] of the simulated data; absent means 0. */
  truth: Partial<Record<TopPairOperatorName, number>>
  /** Observed events after cuts. */
  observedEvents: number
  /** A Poisson number of events about observedEvents instead of exactly that many. */
  poisson?: boolean
  /** Of dropped data [pb^-1]; absent or null: that at which the truth predicts their number. */
  luminosityInvPb?: number | null
  /**
   * Histogram of the binned fit: bins with equal shares of a mixture, half SM, half the squares of the operators, so that
   * the tail where they show is resolved; or of the SM alone.
   */
  binning: { observable: ObservableName; bins: number; quantilesOf?: 'mixture' | 'sm' }
  binned: BinnedKind
  /** Relative error of the luminosity, 0 for none, and what is done about it. */
  luminosity: { relativeError: number; treatment: 'profiled' | 'sampled' }
  /** Flat prior from -halfWidth to +halfWidth [TeV^-2], per coefficient. */
  priorHalfWidth: number
  livePoints: number
  seed: number
}

/** What one network is asked for: one term ("td8", "td8^2", "td8*tq8"), or all in one for joint-ratio presets. */
export interface NetworkTask {
  terms: string[]
  replica: number
}

/** What the learned likelihood replaces: counts in bins, learned ratios, or exact ratios of the full final state. */
export const fitKinds = ['binned', 'unbinned', 'exact'] as const
export type FitKind = (typeof fitKinds)[number]
