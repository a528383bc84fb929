import type { TopPairIntent } from './intent.ts'

/** The schema's defaults, written out so that the first paint does not wait for the schema. */
export const topPairDefaults: TopPairIntent = {
  fit: {
    operators: ['td8', 'tq8'],
    mode: 'quadratic',
    sqrtSGeV: 13_000,
    mttMinGeV: 700,
    selection: 'dilepton',
    smearing: false,
    preset: 'joint',
    trainingPoints: null,
    epochs: null,
    replicas: 1,
    recalibrate: true,
    calibratedRatios: true,
    truth: { td8: 0.45, tq8: -0.65 },
    observedEvents: 10_560,
    poisson: false,
    luminosityInvPb: null,
    binning: { observable: 'pt_l2', bins: 10 },
    binned: 'poisson',
    luminosity: { relativeError: 0, treatment: 'profiled' },
    priorHalfWidth: 2,
    backend: 'kernels',
    livePoints: 1000,
    seed: 1,
  },
  fitKinds: ['binned', 'unbinned', 'exact'],
  fitFront: 'unbinned',
  fitPanels: {
    tab: 'intervals',
    term: null,
    sampler: 'binned',
    calibration: { kind: 'exact', test: 'coverage', toys: 200 },
    toys: { kind: null, hypothesis: 'SM', count: 500, perPoint: 100 },
  },
}
