import type {
  CalibrationOutcome,
  DroppedEvents,
  FitData,
  ForeignPosterior,
  FitOutcome,
  FitProgress,
  RatioDiagnostics,
  ToyRegion,
  TrainedNetwork,
  PredictedRatios,
} from '../analysis/fit/fit-jobs.ts'
import { fitKinds, type FitKind, type NetworkTask } from '../analysis/fit/fit-setup.ts'
import type { ChainFile } from '../../../dataset/chains/posterior-chain.ts'
import type { DescribedTable } from '../../../dataset/describe-tables.ts'
import type { WantedColumn } from '../analysis/fit/fit-columns.ts'
import type { LossLimit } from '../analysis/ratios/loss-limit.ts'
import type { PlainError } from '../../../errors.ts'
import type { RatioRecord } from '../../../ml/ratio/ratio-checkpoint.ts'
import type { FitIntent } from '../intent.ts'
import type { RefusedNetworks } from './refused-networks.ts'
import type { NetworkSource, OwnNetworks } from './network-plan.ts'
import { idle, type Loadable } from '../../../core/loadable.ts'

/** One ratio network of a set-up. */
export interface NetworkTile {
  task: NetworkTask
  /** All that decides its numbers; also names its checkpoint. */
  key: string
  from: NetworkSource
  status: 'waiting' | 'sampling' | 'training' | 'done' | 'failed'
  /** Of the sample or of the planned steps, 0 to 1. */
  fraction: number
  epoch: number
  epochs: number
  history: RatioRecord[]
  /** What the loss falls towards, where it is known. */
  limit: LossLimit | null
  backend: string
  network: TrainedNetwork | null
  error: PlainError | null
  /** Epoch of a checkpoint from which the next run goes on. */
  resumable: number | null
}

/** A value with what it was computed from: another key on the page makes it stale. */
export interface Keyed<T> {
  key: string
  setup: FitIntent
  value: T
}

export type LiveReport = Omit<FitProgress, 'checkpoint'>

/** One of the three fits: the run under way, and the outcome of the last one that ended well. */
export interface FitTrack {
  status: 'idle' | 'waiting' | 'running' | 'done' | 'failed'
  live: LiveReport | null
  /** Reports of the newest run, thinned to what a plot can show. */
  reports: FitProgress['report'][]
  outcome: Keyed<FitOutcome> | null
  error: PlainError | null
  /** A checkpoint of an earlier run is there to go on from. */
  resumable: boolean
}

export type DroppedFit = Keyed<DroppedEvents>['value'] & { hash: string }

/** What toys are thrown at: what Delta chi2 is of. */
export type ToyHypothesis = FitOutcome['deltaChi2'][number]['hypothesis']

export interface ToyResult {
  values: Float64Array
  /** Of the outcome that the toys are compared with. */
  key: string
}

/** A dropped file whose columns have names of their own: which of them are those that a fit looks at? */
export interface ColumnQuestion {
  name: string
  bytes: Uint8Array
  wanted: WantedColumn[]
  tables: DescribedTable[]
}

/** A chain of someone else, drawn beside the fits. */
export interface DroppedChain {
  files: ChainFile[]
  /** Coefficients of the set-up that it was read for. */
  operators: readonly string[]
  posterior: ForeignPosterior
}

/** Everything of the Fit view that is no setting. */
export interface FitState {
  status: 'idle' | 'running' | 'paused'
  dropped: DroppedFit | null
  /** For this visit. */
  chain: DroppedChain | null
  /** Ratio networks of a user's own, for this visit. */
  own: OwnNetworks | null
  /** Of the last plan that was dropped: why its networks were not taken. */
  refused: RefusedNetworks | null
  columnQuestion: ColumnQuestion | null
  /** Where data and fits were made before and shipped with the page. */
  recorded: { date: string; made: string } | null
  data: Loadable<Keyed<FitData>>
  networks: NetworkTile[]
  ratios: Loadable<Keyed<PredictedRatios>>
  fits: Record<FitKind, FitTrack>
  /** By term. */
  diagnostics: Record<string, Loadable<Keyed<RatioDiagnostics>>>
  /** By kind and hypothesis, as toyName says. */
  toys: Record<string, Loadable<ToyResult>>
  /** Neyman's construction, by kind. */
  regions: Partial<Record<FitKind, Loadable<Keyed<ToyRegion>>>>
  /** By kind and test, as "exact/coverage". */
  calibration: Record<string, Loadable<Keyed<CalibrationOutcome>>>
}

export function toyName(kind: FitKind, hypothesis: ToyHypothesis): string {
  return `${kind}/${hypothesis}`
}

export const emptyTrack: FitTrack = {
  status: 'idle',
  live: null,
  reports: [],
  outcome: null,
  error: null,
  resumable: false,
}

function perKind<T>(value: T): Record<FitKind, T> {
  return Object.fromEntries(fitKinds.map((kind) => [kind, value])) as Record<FitKind, T>
}

export const emptyFit: FitState = {
  status: 'idle',
  dropped: null,
  chain: null,
  own: null,
  refused: null,
  columnQuestion: null,
  recorded: null,
  data: idle,
  networks: [],
  ratios: idle,
  fits: perKind(emptyTrack),
  diagnostics: {},
  toys: {},
  regions: {},
  calibration: {},
}
