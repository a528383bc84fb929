import { createCalibrationStore, predictRatiosOf } from './calibrated-ratios.ts'
import { calibrateFit, toysOfSm, type ToyKeeper } from './fit-calibration.ts'
import { prepareFit } from './fit-data.ts'
import { describeEventTables } from '../event-file.ts'
import type { DroppedEvents, FitJobs } from './fit-jobs.ts'
import { createPoolStore } from './fit-pool.ts'
import { fitPosterior, type FitPace } from './fit-posterior.ts'
import { toyRegion } from './toy-region.ts'

/** Data, posteriors and their checks in a worker, which keeps the simulated events it made last. */
export function createInferenceHandlers(toyKeeper: ToyKeeper = {}, pace?: FitPace) {
  const poolOf = createPoolStore()
  const calibrationOf = createCalibrationStore()
  return {
    'find-columns': ({ name, bytes }: DroppedEvents) => describeEventTables(name, bytes),
    async *'read-chain'({
      files,
      setup,
    }: FitJobs['read-chain']['request']): AsyncGenerator<
      FitJobs['read-chain']['progress'],
      FitJobs['read-chain']['result']
    > {
      const { foreignPosterior } = await import('./foreign-posterior.ts')
      return yield* foreignPosterior(files, setup)
    },
    'prepare-fit': (request: FitJobs['prepare-fit']['request']) => prepareFit(request, poolOf),
    'predict-ratios': (request: FitJobs['predict-ratios']['request']) =>
      predictRatiosOf(request, calibrationOf),
    fit: (request: FitJobs['fit']['request']) => fitPosterior(request, pace),
    'toy-delta-chi2': (request: FitJobs['toy-delta-chi2']['request']) =>
      toysOfSm(request, poolOf, calibrationOf),
    'toy-region': (request: FitJobs['toy-region']['request']) => toyRegion(request, poolOf, calibrationOf),
    'calibrate-fit': (request: FitJobs['calibrate-fit']['request']) =>
      calibrateFit(request, poolOf, calibrationOf, toyKeeper),
  }
}
