import type { RatioTrainingConfig } from './ratio-config.ts'
import type { ScalerSpec } from './scaler.ts'

export type RatioMethod =
  /**
   * SM events against events of one term, or of SM + c × term where a training point c is given (c² for squares). With
   * 'cross-section' weights the best classifier gives the ratio of unnormalised densities, with 'normalised' ones
   * that of normalised densities; the decoder knows which.
   */
  | { kind: 'classifier'; classWeights: 'normalised' | 'cross-section'; trainingPoint: number | null }
  /** Regression of bounded joint ratios, any sign, any number of terms in one network; `share` of each square in the reference. */
  | { kind: 'joint-ratio'; share: number }
  /**
   * The whole polynomial in one network, positive for all c by construction (positive-head.ts), compared with the SM at points c
   * of these sizes, in units in which each square has the rate of the SM.
   */
  | { kind: 'positive'; share: number; sizes: readonly number[] }

export interface RatioPreset {
  title: string
  /** Name of a set of observables. */
  features: 'parton' | '11' | '14' | 'ml4eft-18'
  method: RatioMethod
  scaler: ScalerSpec
  /** Events that the scaler is fitted to. */
  scalerFrom: 'sm' | 'all'
  events: number
  training: Omit<RatioTrainingConfig, 'seed'>
  /** Where terms have learning rates of their own. */
  learningRates: Readonly<Record<string, number>>
}

const robust = (low: number, high: number): ScalerSpec => ({ kind: 'robust', low, high })
const logRobust: ScalerSpec = { kind: 'log-robust', low: 0.25, high: 0.75 }
const thesisWidths = [50, 70, 150, 100, 50]
const never = 1_000_000

/** PyTorch's AdamW has weight decay 0.01. */
const common = {
  loss: 'cross-entropy',
  optimiser: 'adamw',
  weightDecay: 0.01,
  schedule: 'constant',
  validationShare: 0.2,
} as const

const ours = {
  ...common,
  learningRate: 3e-3,
  schedule: 'cosine',
  batches: { rows: 1000 },
  patience: 30,
  patienceFrom: 0,
} as const

/** Of networks that learn all terms together, whatever they see of an event. */
const joint = {
  method: { kind: 'joint-ratio', share: 1 },
  scaler: { kind: 'log-standard' },
  scalerFrom: 'all',
  events: 500_000,
  training: { ...ours, widths: [100, 100, 100], epochs: 30 },
  learningRates: {},
} satisfies Omit<RatioPreset, 'title' | 'features'>

/**
 * Hyper-parameters as data. "thesis": a thesis on this analysis (200,000 events per class, batches of 150,000 to
 * 200,000 rows, so two or three steps per epoch; the four learning rates it quotes are for td8, tq8 and their squares, by
 * term). "ml4eft": arXiv:2211.02058 and its run cards (AdamW, early stopping after epoch 20, SM + c × EFT at c = 10). Ours
 * differs from ML4EFT's output layer relu(z) - 1/c + 1e-6, whose density is ρ = c relu(z) + 1e-6 c; here ρ = exp(-z), also
 * positive at the training point but without a dead zone. "parton" and "joint": the app's own, quick ones, on logarithms of
 * energies: with them the tail of m_tt, where the squares have their rate, comes out to 1 % instead of 5 %.
 */
export const ratioPresets = {
  parton: {
    title: 'Parton level, small network',
    features: 'parton',
    method: { kind: 'classifier', classWeights: 'normalised', trainingPoint: null },
    scaler: logRobust,
    scalerFrom: 'all',
    events: 300_000,
    training: { ...ours, widths: [25, 25, 25], epochs: 60 },
    learningRates: {},
  },
  joint: { ...joint, title: 'Joint-ratio regression, 14 features', features: '14' },
  'joint-11': { ...joint, title: 'Joint-ratio regression, 11 features', features: '11' },
  'joint-18': { ...joint, title: 'Joint-ratio regression, 18 features', features: 'ml4eft-18' },
  'joint-parton': {
    title: 'Joint-ratio regression, parton level',
    features: 'parton',
    method: { kind: 'joint-ratio', share: 1 },
    scaler: logRobust,
    scalerFrom: 'all',
    events: 500_000,
    training: { ...ours, widths: [25, 25, 25], epochs: 20 },
    learningRates: {},
  },
  positive: {
    title: 'Positive quadratic ratio, 14 features',
    features: '14',
    method: { kind: 'positive', share: 1, sizes: [0.3, 3] },
    scaler: { kind: 'log-standard' },
    scalerFrom: 'all',
    events: 500_000,
    training: { ...ours, widths: [100, 100, 100], epochs: 30 },
    learningRates: {},
  },
  'positive-parton': {
    title: 'Positive quadratic ratio, parton level',
    features: 'parton',
    method: { kind: 'positive', share: 1, sizes: [0.3, 3] },
    scaler: logRobust,
    scalerFrom: 'all',
    events: 500_000,
    training: { ...ours, widths: [25, 25, 25], epochs: 20 },
    learningRates: {},
  },
  thesis: {
    title: 'Thesis, 14 features',
    features: '14',
    method: { kind: 'classifier', classWeights: 'normalised', trainingPoint: null },
    scaler: { kind: 'standard' },
    scalerFrom: 'sm',
    events: 200_000,
    training: {
      ...common,
      widths: thesisWidths,
      learningRate: 3e-4,
      batches: { rows: 200_000 },
      epochs: 400,
      patience: never,
      patienceFrom: 0,
    },
    learningRates: { td8: 3e-4, tq8: 1e-4, 'td8^2': 1e-4, 'tq8^2': 5e-4 },
  },
  'thesis-parton': {
    title: 'Thesis, parton level',
    features: 'parton',
    method: { kind: 'classifier', classWeights: 'normalised', trainingPoint: null },
    scaler: robust(0.25, 0.75),
    scalerFrom: 'all',
    events: 200_000,
    training: {
      ...common,
      widths: thesisWidths,
      learningRate: 3e-4,
      batches: { rows: 150_000 },
      epochs: 200,
      patience: never,
      patienceFrom: 0,
    },
    learningRates: { td8: 3e-4, tq8: 1e-3, 'td8^2': 1e-4, 'tq8^2': 5e-4 },
  },
  ml4eft: {
    title: 'ML4EFT, 18 features',
    features: 'ml4eft-18',
    method: { kind: 'classifier', classWeights: 'cross-section', trainingPoint: 10 },
    scaler: robust(0.05, 0.95),
    scalerFrom: 'all',
    events: 100_000,
    training: {
      ...common,
      widths: [100, 100, 100],
      learningRate: 1e-4,
      batches: { perEpoch: 50 },
      epochs: 2000,
      patience: 200,
      patienceFrom: 20,
    },
    learningRates: {},
  },
  'ml4eft-parton': {
    title: 'ML4EFT, parton level',
    features: 'parton',
    method: { kind: 'classifier', classWeights: 'cross-section', trainingPoint: 10 },
    scaler: robust(0.05, 0.95),
    scalerFrom: 'all',
    events: 100_000,
    training: {
      ...common,
      widths: [25, 25, 25],
      learningRate: 1e-3,
      batches: { perEpoch: 5 },
      epochs: 1000,
      patience: 100,
      patienceFrom: 20,
    },
    learningRates: {},
  },
} as const satisfies Record<string, RatioPreset>

export type RatioPresetName = keyof typeof ratioPresets
export const ratioPresetNames = Object.keys(ratioPresets) as RatioPresetName[]

/** The settings of one network: preset, learning rate of its term, seed. */
export function presetTraining(preset: RatioPreset, term: string, seed: number): RatioTrainingConfig {
  const learningRate = preset.learningRates[term] ?? preset.training.learningRate
  return { ...preset.training, widths: [...preset.training.widths], learningRate, seed }
}
