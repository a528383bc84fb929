import type { FitSetup } from './fit-setup.ts'

export interface FitPreset {
  title: string
  note: string
  setup: FitSetup
}

const common: FitSetup = {
  operators: ['td8', 'tq8'],
  mode: 'quadratic',
  sqrtSGeV: 13_000,
  mttMinGeV: 0,
  selection: 'dilepton',
  smearing: false,
  preset: 'joint',
  trainingPoints: null,
  epochs: null,
  replicas: 1,
  truth: {},
  observedEvents: 10_560,
  binning: { observable: 'pt_l2', bins: 10 },
  binned: 'poisson',
  luminosity: { relativeError: 0, treatment: 'profiled' },
  priorHalfWidth: 2,
  livePoints: 1000,
  seed: 1,
}

/** Set-ups to begin with. All simulate 10,560 events after cuts at 13 TeV, the number of a thesis on this analysis. */
export const fitPresets = {
  'thesis-inspired': {
    title: 'Thesis-inspired demonstration',
    note: 'Number of events, coefficients, bins and prior follow a thesis on this analysis; its selection is not stated, and the cut m_tt > 700 GeV was chosen because the binned numbers then come out alike. A demonstration tuned to the answer, not a check of that thesis.',
    setup: { ...common, mttMinGeV: 700, truth: { td8: 0.45, tq8: -0.65 } },
  },
  'sm-inclusive': {
    title: 'Standard Model, all m_tt',
    note: 'Data of the Standard Model without a cut on the mass of the top pair: most events know little of four-quark operators.',
    setup: common,
  },
  energetic: {
    title: 'Standard Model, m_tt > 1.45 TeV',
    note: 'Data of the Standard Model where amplitudes with four-quark operators have grown: as many events tell far more.',
    setup: { ...common, mttMinGeV: 1450 },
  },
} as const satisfies Record<string, FitPreset>

export type FitPresetName = keyof typeof fitPresets
export const fitPresetNames = Object.keys(fitPresets) as FitPresetName[]
