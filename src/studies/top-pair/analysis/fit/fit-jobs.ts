import type { ChainFile } from '../../../../dataset/chains/posterior-chain.ts'
import type { DescribedTable } from '../../../../dataset/describe-tables.ts'
import type { ColumnPick } from '../../../../dataset/picked-columns.ts'
import type { RatioCard } from '../../../../ml/ratio/ratio-card.ts'
import type { RatioNetwork } from '../../../../ml/ratio/ratio-network.ts'
import type { RatioRecord } from '../../../../ml/ratio/ratio-checkpoint.ts'
import type { BackendChoice } from '../../../../ml/training-config.ts'
import type { Coverage } from '../../../../statistics/calibration/coverage.ts'
import type { RatioCells } from '../../../../statistics/ratio-cells.ts'
import type { SimulationBasedCalibration } from '../../../../statistics/calibration/simulation-based.ts'
import type { NestedReport } from '../../../../statistics/nested-sampling/report.ts'
import type { PosteriorMode } from '../../../../statistics/modes/find-modes.ts'
import type { DeltaChi2 } from '../../../../statistics/posterior/delta-chi2.ts'
import type { Density2d } from '../../../../statistics/posterior/density-2d.ts'
import type { ParameterSummary } from '../../../../statistics/posterior/summary.ts'
import type { FitIntent } from '../../intent.ts'
import type { FitKind, FitSetup, NetworkTask } from './fit-setup.ts'
import type { PlannedFiles } from '../plan/plan.ts'
import type { NetworkFiles } from '../ratios/network-files.ts'
import type { TrainRatioEvent } from '../ratios/ratio-job.ts'
import type { EventComparison, PartonComparison, PartonRatios } from '../ratios/ratio-report.ts'

/** Events of a user's own, as dropped: CSV, Parquet, ROOT, npy or LHE. */
export interface DroppedEvents {
  name: string
  bytes: Uint8Array
  /** Which of its columns are which, where they have names of their own. */
  pick?: ColumnPick
}

/** The data of a fit: observed events, and the prediction they are compared with. */
export interface FitData {
  /** Digest of the set-up and the dropped file: what was computed from other data is stale. */
  key: string
  source: 'simulated' | 'dropped'
  events: number
  /** Columns that the networks take, row by row, and the one that is binned. */
  features: { names: string[]; values: Float32Array } // [events, names]
  binned: { observable: string; unit: string; values: Float32Array; edges: number[] } // [events]
  counts: Float64Array // [bins]
  /** Expected events per bin and polynomial term, SM first. */
  templates: Float64Array // [bins, terms]
  /** Sum over simulated events of w_k w_l per bin. */
  templateCovariances: Float64Array // [bins, terms, terms]
  /** Expected events per term after cuts. */
  expected: Float64Array // [terms]
  /** Exact ratios of the full final state of each observed event; null for dropped events without truth. */
  exactRatios: Float64Array | null // [events, terms], first column 1
  terms: string[]
  luminosityInvPb: number
  /** Cross-section to e and mu after cuts by term [pb] with its Monte Carlo error, and the pool the data were drawn from. */
  fiducialPb: { term: string; value: number; error: number }[]
  pool: { points: number; events: number }
  notes: string[]
}

export type TrainNetworkEvent = { kind: 'sample'; fraction: number } | TrainRatioEvent

/** Where a network that was trained elsewhere comes from. */
export interface NetworkOrigin {
  /** The folder, or what else it was read from. */
  name: string
  id: string
  cardVersion: RatioCard['schemaVersion'] | 1
  /** How it was made; null where its card does not know. */
  made: RatioCard['made'] | null
  epochs: number
  /** What its card does not say, so that it was believed: nothing where all was compared. */
  takenOnTrust: string[]
}

export interface TrainedNetwork {
  task: NetworkTask
  network: RatioNetwork
  parameters: Float32Array
  bestEpoch: number
  validationLoss: number
  stoppedEarly: boolean
  history: RatioRecord[]
  backend: string
  /** NaN where nobody knows. */
  seconds: number
  /** card.json, of those that were trained here: with the parameters all of its files. */
  card?: string
  /** Only of those that were not trained here. */
  origin?: NetworkOrigin
}

/** Learned against exact, for one term; medians over replicas. */
export interface RatioDiagnostics {
  term: string
  replicas: number
  /** Only for networks of (m_tt, y_tt). */
  parton: { ratios: PartonRatios; comparison: PartonComparison } | null
  /** Against events never trained on. */
  events: EventComparison
  /** A sample of test events for a scatter plot: learned (median), its replica spread, and exact joint ratio. */
  scatter: { learned: Float64Array; spread: Float64Array; exact: Float64Array }
}

/** Cells of learned ratios, and the simulation that filled them. */
export interface RatioCalibration {
  cells: RatioCells
  /** Phase-space points, and events after cuts. */
  points: number
  events: number
}

export interface PredictedRatios {
  ratios: Float64Array // [events, terms], first column 1
  /** Of the networks over replicas, before any division into cells. */
  spread: Float64Array // [events, terms], first column 0
  /** What the cells rest on; null for ratios as the networks give them. */
  calibration: { cells: number; points: number; events: number; medianEffectiveEvents: number } | null
}

export interface FitRequest {
  setup: FitSetup
  data: FitData
  kind: FitKind
  /** Learned ratios of the observed events [events, terms], first column 1; only for 'unbinned'. */
  ratios: Float64Array | null
  /** From an earlier run of the same request, to go on from. */
  resumeFrom?: Uint8Array
}

export interface FitProgress {
  report: NestedReport
  /** The live points now, for the live plot. */
  live: { theta: Float64Array; logL: Float64Array } // [n, d]
  /** At some reports: bytes to go on from after a cancelled or killed run. */
  checkpoint: Uint8Array | null
}

export interface FitOutcome {
  kind: FitKind
  dataKey: string
  names: string[]
  theta: Float64Array // [samples, d]
  weights: Float64Array // [samples], sum 1
  logL: Float64Array
  logZ: number
  logZError: number
  ess: number
  insertionPull: number
  information: number
  calls: number
  iterations: number
  converged: boolean
  seconds: number
  best: { theta: Float64Array; logL: number }
  summaries: ParameterSummary[]
  /** In all parameters together, by falling mass */
  modes: PosteriorMode[]
  /** Pairs (row j, column i), i < j, row by row. */
  pairs: { x: number; y: number; density: Density2d }[]
  /** Of the SM, and of the truth where it is known, against the best fit. */
  deltaChi2: { hypothesis: 'SM' | 'truth'; result: DeltaChi2 }[]
  /** d = 2 only: evidence by quadrature on a grid, the cross-check of the run. */
  gridLogZ: number | null
  /** Events whose ratio was held at the floor at the best fit: learned or linear ratios below zero. */
  flooredEvents: number
  /** Places of the coefficients that nothing in the fit depends on: their posterior is the prior. */
  flat: number[]
  /** Where the prior decides, in sentences. */
  notes: string[]
}

/** A posterior of someone else, drawn beside the fits. */
export interface ForeignPosterior extends Pick<FitOutcome, 'names' | 'summaries' | 'pairs'> {
  /** Of the file. */
  label: string
  /** The draw of the highest likelihood; the mean where the file has no likelihoods. */
  best: { theta: Float64Array; is: 'best draw' | 'mean' }
  /** What was read, in sentences. */
  told: string[]
}

export interface CalibrationRequest {
  setup: FitSetup
  kind: FitKind
  /** Trained networks, for 'unbinned'. */
  networks: TrainedNetwork[]
  test: 'coverage' | 'sbc'
  toys: number
  /** Simulated points per observed event from which toys are drawn, where not the usual 50. */
  pointsPerEvent?: number
}

export interface CalibrationOutcome {
  kind: FitKind
  test: 'coverage' | 'sbc'
  toys: number
  coverage: Coverage | null
  sbc: SimulationBasedCalibration | null
  seconds: number
}

export interface ToyRegionRequest {
  setup: FitSetup
  data: FitData
  kind: FitKind
  networks: TrainedNetwork[]
  /** Learned ratios of the observed events, as for the fit. */
  ratios: Float64Array | null
  /** Per coefficient; absent: the prior's box. */
  box?: { min: number[]; max: number[] }
  /** Grid points along each coefficient, the ends included. */
  pointsPerAxis: number
  /** Per grid point. */
  toys: number
}

/** Confidence by toys over a grid, the first coefficient slowest: contours of pValues at 0.32 and 0.05 bound the sets. */
export interface ToyRegion {
  names: string[]
  axes: Float64Array[] // [d][pointsPerAxis]
  probabilities: number[]
  /** Delta chi2 of the grid points in the observed data. */
  observed: Float64Array // [points]
  /** Delta chi2 below which the shares of toys lie; NaN at points so far out that none were thrown. */
  thresholds: Float64Array // [points, probabilities]
  pValues: Float64Array // [points]
  toys: number
  seconds: number
}

/** Jobs of the fit of top pairs; they run in a pool of workers. */
export type FitJobs = {
  'prepare-fit': {
    request: { setup: FitSetup; dropped: DroppedEvents | null }
    progress: number
    result: FitData
  }
  /** The tables of a file whose columns are not those that a fit looks at. */
  'find-columns': { request: DroppedEvents; progress: number; result: DescribedTable[] }
  /** A chain of someone else, for the corner plot. */
  'read-chain': {
    request: { files: ChainFile[]; setup: FitSetup }
    progress: Pick<ForeignPosterior, 'label' | 'told'>
    result: ForeignPosterior
  }
  /** Makes its own training events from the set-up; workers keep the last sample they made. */
  'train-ratio': {
    request: { setup: FitSetup; task: NetworkTask; backend: BackendChoice; resumeFrom?: Uint8Array }
    progress: TrainNetworkEvent
    result: TrainedNetwork
  }
  /** Networks of files, checked against the set-up that is to use them, in the order of the files. */
  'load-networks': {
    request: { setup: FitSetup; files: NetworkFiles[] }
    progress: number
    result: TrainedNetwork[]
  }
  /** The networks of a set-up as jobs for other machines: a zip with plan.json and files for their engines. */
  'plan-networks': { request: { setup: FitIntent }; progress: number; result: Uint8Array<ArrayBuffer> }
  /** The networks of a plan, each once, with its set-up; none where it came alone. */
  'load-planned': {
    request: PlannedFiles
    progress: number
    result: { setup: FitIntent; files: NetworkFiles[]; networks: TrainedNetwork[] }
  }
  /** Learned ratios of the observed events: of their cells where the set-up asks for that, else medians over replicas. */
  'predict-ratios': {
    request: { setup: FitSetup; networks: TrainedNetwork[]; features: FitData['features'] }
    progress: number
    result: PredictedRatios
  }
  'ratio-diagnostics': {
    request: { setup: FitSetup; networks: TrainedNetwork[]; term: string }
    progress: number
    result: RatioDiagnostics
  }
  fit: { request: FitRequest; progress: FitProgress; result: FitOutcome }
  /** Delta chi2 of the SM (or of the coefficients `at`) under toys of the same, best fits by maximisation. */
  'toy-delta-chi2': {
    request: {
      setup: FitSetup
      data: FitData
      kind: FitKind
      networks: TrainedNetwork[]
      toys: number
      at?: number[] // [operators]
    }
    progress: number
    result: { values: Float64Array }
  }
  /** Neyman's construction on a grid of one or two coefficients. */
  'toy-region': { request: ToyRegionRequest; progress: number; result: ToyRegion }
  'calibrate-fit': { request: CalibrationRequest; progress: number; result: CalibrationOutcome }
}
