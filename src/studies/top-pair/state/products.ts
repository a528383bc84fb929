import type {
  CalibrationOutcome,
  FitData,
  FitOutcome,
  PredictedRatios,
  RatioDiagnostics,
  ToyRegion,
  TrainedNetwork,
} from '../analysis/fit/fit-jobs.ts'
import { fitVersion } from '../analysis/fit/fit-version.ts'
import type { DroppedFit, FitTrack, Keyed, NetworkTile, ToyResult } from './fit-state.ts'

/** What is kept across visits, by kind. A type and no interface: its names are those of the store. */
export type FitProductTypes = {
  /** Events of a user's own, by hash. */
  dropped: DroppedFit
  data: Keyed<FitData>
  network: { network: TrainedNetwork } & Pick<NetworkTile, 'limit' | 'epochs'>
  ratios: Keyed<PredictedRatios>
  fit: { outcome: Keyed<FitOutcome> } & Pick<FitTrack, 'reports'>
  diagnostics: Keyed<RatioDiagnostics>
  toys: ToyResult
  region: Keyed<ToyRegion>
  calibration: Keyed<CalibrationOutcome>
}

/** Of the code that makes them: raised with the numbers (fitVersion), or with what is kept of a product. */
export const fitProductVersion = `${fitVersion}/2`
