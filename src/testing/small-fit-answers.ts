import type {
  CalibrationOutcome,
  FitData,
  FitJobs,
  FitProgress,
  PredictedRatios,
  RatioDiagnostics,
  ToyRegion,
  TrainedNetwork,
} from '../studies/top-pair/analysis/fit/fit-jobs.ts'
import { namedSetups } from '../studies/top-pair/named-setups.ts'
import { smallFitData, smallOutcome } from './small-fit.ts'

type Request<K extends keyof FitJobs> = FitJobs[K]['request']

const record = (epoch: number, validationLoss: number) => ({
  ...{ epoch, loss: validationLoss + 0.01, validationLoss, learningRate: 1e-3 },
})

/** What jobs of a fit answer, with the smallest numbers that mean something. */
export const smallAnswers = {
  'prepare-fit': (): FitData => ({
    ...smallFitData,
    exactRatios: Float64Array.of(1, 1, 1, 1, 1, 1),
    fiducialPb: [
      { term: '1', value: 4.25, error: 0.02 },
      { term: 'td8', value: 0.5, error: 0.01 },
    ],
    notes: ['Drawn without replacement.'],
  }),
  'find-columns': () => [{ path: null, rows: 2, columns: [{ name: 'M', type: 'number', first: [1, 2] }] }],
  'read-chain': ({ files, setup }: Request<'read-chain'>) => {
    const { names, summaries, pairs, best } = smallOutcome(
      'exact',
      [0.2, 0.1].slice(0, setup.operators.length),
      0.2,
    )
    const told = ['GetDist, 400 draws.']
    return {
      label: files[0].name,
      names,
      summaries,
      pairs,
      best: { ...best, is: 'best draw' as const },
      told,
    }
  },
  'load-networks': ({ setup, files }: Request<'load-networks'>): TrainedNetwork[] =>
    files.map(({ name }, replica) => ({
      ...smallAnswers['train-ratio']({ task: { terms: [...setup.operators], replica } }),
      ...{ history: [], seconds: NaN, parameters: new Float32Array(0) },
      origin: { name, id: name, cardVersion: 2 as const, made: null, epochs: 30, takenOnTrust: [] },
    })),
  'load-planned': ({ files }: Request<'load-planned'>): FitJobs['load-planned']['result'] => {
    const { setup } = namedSetups.energetic
    return { setup, files, networks: smallAnswers['load-networks']({ setup, files }) }
  },
  'plan-networks': () => Uint8Array.of(80, 75),
  'train-ratio': ({ task }: Pick<Request<'train-ratio'>, 'task'>): TrainedNetwork =>
    ({
      ...{ task, bestEpoch: 3, validationLoss: 0.6, stoppedEarly: false, backend: 'kernels', seconds: 2.5 },
      history: [record(1, 0.69), record(2, 0.65), record(3, 0.6)],
      ...{ network: { features: ['pt_l2'], terms: task.terms }, parameters: new Float32Array(1) },
    }) as unknown as TrainedNetwork,
  'predict-ratios': (): PredictedRatios => ({
    ...{ ratios: new Float64Array(6).fill(1), spread: new Float64Array(6) },
    calibration: { cells: 640, events: 320_000, medianEffectiveEvents: 410, points: 100_000 },
  }),
  fit: ({ kind, setup }: Request<'fit'>) =>
    smallOutcome(kind, [0.45, -0.65].slice(0, setup.operators.length), kind === 'binned' ? 0.4 : 0.1),
  'ratio-diagnostics': ({ term, networks }: Request<'ratio-diagnostics'>): RatioDiagnostics => ({
    ...{ term, replicas: networks.length, parton: null },
    events: {
      ...{ events: 5000, loss: 0.61 },
      sumRule: { learned: 1.02, expected: 1, error: 0.01 } as RatioDiagnostics['events']['sumRule'],
      calibration: {
        points: [
          { predicted: 0.5, observed: 0.55, error: 0.05 },
          { predicted: 2, observed: 1.9, error: 0.2 },
        ] as RatioDiagnostics['events']['calibration']['points'],
        chi2: 1.25,
      },
      closure: [{ feature: 'pt_l2', chi2: 9.5, bins: 10 }],
    },
    scatter: {
      learned: Float64Array.of(0.5, 1, 2),
      spread: Float64Array.of(0.1, 0.1, 0.2),
      exact: Float64Array.of(0.6, 1, 1.9),
    },
  }),
  'toy-delta-chi2': ({ toys }: Request<'toy-delta-chi2'>) => ({
    values: Float64Array.from({ length: toys }, (_, i) => (8 * i) / toys),
  }),
  'toy-region': ({ setup, toys, pointsPerAxis }: Request<'toy-region'>): ToyRegion => {
    const axis = Float64Array.from({ length: pointsPerAxis }, (_, i) => (2 * i) / (pointsPerAxis - 1) - 1)
    const points = pointsPerAxis ** setup.operators.length
    return {
      ...{ names: setup.operators, axes: setup.operators.map(() => axis), probabilities: [0.68, 0.95], toys },
      ...{ observed: new Float64Array(points), thresholds: new Float64Array(2 * points), seconds: 1.5 },
      // Not excluded where both coordinates are small.
      pValues: Float64Array.from({ length: points }, (_, i) => {
        const [x, y] = [axis[Math.floor(i / pointsPerAxis)], axis[i % pointsPerAxis]]
        return Math.max(Math.abs(x), Math.abs(y)) < 0.5 ? 1 : 0
      }),
    }
  },
  'calibrate-fit': ({ kind, test, toys }: Request<'calibrate-fit'>): CalibrationOutcome => {
    const ks = { distance: 0.05, pValue: 0.8 }
    const rank = (name: string, pValue: number) => ({
      ...{ name, ks, chi2: { chi2: 4, pValue }, ranks: new Int32Array(toys) },
      histogram: new Int32Array(4).fill(toys / 4),
    })
    return {
      ...{ kind, test, toys, seconds: 3.5 },
      coverage:
        test === 'coverage'
          ? {
              ...{ probabilities: [0.68, 0.95], tolerance: [0.066, 0.03] },
              points: [
                [0.7, 0.94],
                [0.5, 0.9],
              ].map((covered, k) => ({
                ...{ truth: Float64Array.of(0.5 * k, 0), credibilities: new Float64Array(toys), covered },
              })),
            }
          : null,
      sbc:
        test === 'sbc'
          ? {
              ...{ simulations: toys, draws: 19, ranks: [rank('td8', 0.4), rank('tq8', 0.03)] },
              tarp: { level: Float64Array.of(0, 0.5, 1), coverage: Float64Array.of(0, 0.52, 1), ks },
            }
          : null,
    }
  },
} satisfies { [K in keyof FitJobs]: (request: Request<K>) => FitJobs[K]['result'] }

/** A nested run after so many replacements. */
export const smallProgress = (iteration: number, checkpoint: Uint8Array | null = null): FitProgress => ({
  report: {
    ...{ iteration, calls: 10 * iteration, logZ: -8 + iteration / 100, logZError: 0.2 },
    ...{ remainder: Math.max(0.001, 1 - iteration / 400), logX: -iteration / 100, insertionPull: 0.1 },
    ...{ logLMin: -20 + iteration / 100, logLMax: -2, clusters: 1, sliceSteps: 3 },
  },
  live: { theta: Float64Array.of(0.4, -0.6, 0.5, -0.7), logL: Float64Array.of(-3, -2) },
  checkpoint,
})
