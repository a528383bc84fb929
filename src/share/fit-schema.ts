import * as z from 'zod'
import { topPairOperatorNames } from '../physics/top-pair/operators.ts'

z.config({ jitless: true })

const operator = z.enum(topPairOperatorNames)

/** Presets of ratio networks; the names are those of ml/ratio/ratio-presets.ts. */
export const fitPresetNames = [
  'parton',
  'joint',
  'joint-parton',
  'positive',
  'positive-parton',
  'thesis',
  'thesis-parton',
  'ml4eft',
  'ml4eft-parton',
] as const

/** What a histogram of observed events can be of: everything that a detector sees, and the true pair. */
export const fitObservables = [
  'pt_l1',
  'pt_l2',
  'pt_l_leading',
  'pt_l_trailing',
  'eta_l1',
  'eta_l2',
  'eta_l_leading',
  'eta_l_trailing',
  'pt_ll',
  'm_ll',
  'DeltaPhi_ll',
  'DeltaEta_ll',
  'abs_deta_ll',
  'pt_b_leading',
  'pt_b_trailing',
  'eta_b_leading',
  'eta_b_trailing',
  'pt_bb',
  'm_bb',
  'met',
  'm_tt',
  'y_tt',
  'pt_t',
] as const

/** Ways to fit: counts in bins, learned ratios event by event, exact ratios of the full final state. */
export const fitKindNames = ['binned', 'unbinned', 'exact'] as const

/**
 * Set-up of a fit of top pairs, as a link keeps it; the defaults are the thesis-inspired demonstration. Coefficients
 * are C/Lambda^2 [TeV^-2], absent ones 0.
 */
export const fitSchema = z.object({
  operators: z
    .array(operator)
    .min(1)
    .max(8)
    .refine((names) => new Set(names).size === names.length, 'each operator once')
    .default(['td8', 'tq8']),
  mode: z.enum(['linear', 'quadratic']).default('quadratic'),
  sqrtSGeV: z.number().min(2000).max(100_000).default(13_000),
  /** 0 is the threshold. */
  mttMinGeV: z.number().min(0).max(5000).default(700),
  selection: z.enum(['none', 'dilepton', 'ml4eft']).default('dilepton'),
  smearing: z.boolean().default(false),
  preset: z.enum(fitPresetNames).default('joint'),
  /** null: the preset's. */
  trainingPoints: z.number().int().min(1000).max(2_000_000).nullable().default(null),
  epochs: z.number().int().min(1).max(5000).nullable().default(null),
  replicas: z.number().int().min(1).max(20).default(1),
  /** Classifiers once more on events that training did not see. */
  recalibrate: z.boolean().default(true),
  /** Learned ratios divide events into cells, whose ratios come from simulation; false: ratios as learned. */
  calibratedRatios: z.boolean().default(true),
  truth: z.partialRecord(operator, z.number().min(-100).max(100)).default({ td8: 0.45, tq8: -0.65 }),
  observedEvents: z.number().int().min(10).max(1_000_000).default(10_560),
  /** A Poisson number of events about observedEvents instead of exactly that many. */
  poisson: z.boolean().default(false),
  /** Of dropped events [pb^-1]; null: that at which the truth predicts their number. */
  luminosityInvPb: z.number().min(0.001).max(1e9).nullable().default(null),
  binning: z
    .object({
      observable: z.enum(fitObservables).default('pt_l2'),
      bins: z.number().int().min(1).max(100).default(10),
    })
    .prefault({}),
  binned: z.enum(['poisson', 'gauss-expected', 'gauss-observed', 'barlow-beeston']).default('poisson'),
  luminosity: z
    .object({
      relativeError: z.number().min(0).max(0.5).default(0),
      treatment: z.enum(['profiled', 'sampled']).default('profiled'),
    })
    .prefault({}),
  priorHalfWidth: z.number().min(0.001).max(100).default(2),
  /** Engine of the networks: our kernels run well in many workers at once, a GPU is shared by all of them. */
  backend: z.enum(['auto', 'kernels', 'webgpu', 'webgl', 'wasm', 'cpu']).default('kernels'),
  livePoints: z.number().int().min(50).max(5000).default(1000),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
})

export type FitIntent = z.infer<typeof fitSchema>
export type FitKindName = (typeof fitKindNames)[number]
