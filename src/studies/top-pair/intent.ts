import * as z from 'zod'
import { ratioPresetNames } from '../../ml/ratio/ratio-presets.ts'
import { topPairOperatorNames } from '../../physics/top-pair/operators.ts'

z.config({ jitless: true })

const operator = z.enum(topPairOperatorNames)

/**
 * How a command names a field and says what it is; ranges, choices and defaults are the schema's own. A flag sets what the
 * default is not.
 */
const asked = (option: string, help: string, unit?: string) => ({ option, help, unit })

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
 * Set-up of a fit of top pairs, as a link keeps it; the defaults are the set-up "signal" (named-setups.ts).
 * Coefficients are C/Lambda^2 [TeV^-2], absent ones 0.
 */
export const fitSchema = z.object({
  operators: z
    .array(operator)
    .min(1)
    .max(8)
    .refine((names) => new Set(names).size === names.length, 'each operator once')
    .default(['td8', 'tq8']),
  /** EFT order: a link's and a key's old name for what is called order elsewhere. */
  mode: z.enum(['linear', 'quadratic']).default('quadratic'),
  sqrtSGeV: z
    .number()
    .min(2000)
    .max(100_000)
    .default(13_000)
    .meta(asked('sqrts', 'collision energy', 'GeV')),
  /** 0 is the threshold. */
  mttMinGeV: z
    .number()
    .min(0)
    .max(5000)
    .default(1450)
    .meta(asked('mtt-min', 'lowest m_tt', 'GeV')),
  selection: z
    .enum(['none', 'dilepton', 'ml4eft'])
    .default('dilepton')
    .meta(asked('selection', 'cuts on what is reconstructed')),
  smearing: z
    .boolean()
    .default(false)
    .meta(asked('smearing', 'detector resolution on leptons, b jets and missing momentum')),
  /** Of the ratio networks (ml/ratio/ratio-presets.ts); whole set-ups by name are in named-setups.ts. */
  preset: z.enum(ratioPresetNames).default('joint'),
  /** null: the preset's. */
  trainingPoints: z
    .number()
    .int()
    .min(1000)
    .max(2_000_000)
    .nullable()
    .default(null)
    .meta(asked('training-points', "phase-space points per network; default: the networks' preset")),
  epochs: z
    .number()
    .int()
    .min(1)
    .max(5000)
    .nullable()
    .default(null)
    .meta(asked('epochs', "at most; default: the networks' preset")),
  replicas: z.number().int().min(1).max(100).default(2).meta(asked('replicas', 'networks per term')),
  /** In the page: those that it ships, where they are of such events and no fewer than `replicas`; or trained there, always. */
  networks: z.enum(['shipped', 'trained']).default('shipped'),
  /** Classifiers once more on events that training did not see. */
  recalibrate: z.boolean().default(true),
  /** Learned ratios divide events into cells, whose ratios come from simulation; false: ratios as learned. */
  calibratedRatios: z
    .boolean()
    .default(true)
    .meta(asked('raw-ratios', 'learned ratios as they are, not those of the cells they divide events into')),
  truth: z.partialRecord(operator, z.number().min(-100).max(100)).default({ td8: 0.3, tq8: 0.2 }),
  observedEvents: z
    .number()
    .int()
    .min(10)
    .max(1_000_000)
    .default(10_560)
    .meta(asked('events', 'observed events after cuts')),
  /** A Poisson number of events about observedEvents instead of exactly that many. */
  poisson: z.boolean().default(false).meta(asked('poisson', 'a Poisson number of events about --events')),
  /** Of dropped events [pb^-1]; null: that at which the truth predicts their number. */
  luminosityInvPb: z.number().min(0.001).max(1e9).nullable().default(null),
  binning: z
    .object({
      observable: z.enum(fitObservables).default('pt_l2'),
      bins: z
        .number()
        .int()
        .min(1)
        .max(100)
        .default(10)
        .meta(asked('bins', 'bins of equal shares of half SM, half squares of the operators')),
    })
    .prefault({}),
  binned: z
    .enum(['poisson', 'gauss-expected', 'gauss-observed', 'barlow-beeston'])
    .default('poisson')
    .meta(asked('binned', 'likelihood of the counts')),
  luminosity: z
    .object({
      relativeError: z
        .number()
        .min(0)
        .max(0.5)
        .default(0)
        .meta(asked('luminosity-error', 'relative, e.g. 0.025')),
      treatment: z
        .enum(['profiled', 'sampled'])
        .default('profiled')
        .meta(asked('luminosity-treatment', 'of that error')),
    })
    .prefault({}),
  priorHalfWidth: z
    .number()
    .min(0.001)
    .max(100)
    .default(2)
    .meta(asked('prior', 'half width of the flat prior', 'TeV^-2')),
  /** Engine of the networks: our kernels run well in many workers at once, a GPU is shared by all of them. */
  backend: z.enum(['auto', 'kernels', 'webgpu', 'webgl', 'wasm', 'cpu']).default('kernels'),
  livePoints: z.number().int().min(50).max(5000).default(1000).meta(asked('live', 'live points')),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1)
    .meta(asked('seed', 'equal seeds and options give equal answers')),
})

/** What is told of a fit. */
export const fitTabs = ['intervals', 'ratios', 'sampler', 'calibration', 'features'] as const
export const calibrationTests = ['coverage', 'sbc'] as const
/** Points whose likelihood is put against that of the best fit. */
export const toyHypotheses = ['SM', 'truth'] as const

/** What panels show of what they hold. */
export const fitPanelsSchema = z.object({
  tab: z.enum(fitTabs).default('intervals'),
  /** Term whose networks are shown; null: the first that has some. */
  term: z
    .string()
    .regex(/^[A-Za-z0-9.*^_+-]{1,40}$/)
    .nullable()
    .default(null),
  sampler: z.enum(fitKindNames).default('binned'),
  calibration: z
    .object({
      kind: z.enum(fitKindNames).default('exact'),
      test: z.enum(calibrationTests).default('coverage'),
      toys: z.number().int().min(10).max(10_000).default(200),
    })
    .prefault({}),
  toys: z
    .object({
      /** null: the first fit that is finished. */
      kind: z.enum(fitKindNames).nullable().default(null),
      hypothesis: z.enum(toyHypotheses).default('SM'),
      count: z.number().int().min(10).max(100_000).default(500),
      /** At each point of a region. */
      perPoint: z.number().int().min(20).max(10_000).default(100),
    })
    .prefault({}),
})

/** What of a study of top pairs a person or a link can set. */
export const topPairSchema = z.object({
  fit: fitSchema.prefault({}),
  /** Posteriors that are drawn over each other. */
  fitKinds: z
    .array(z.enum(fitKindNames))
    .min(1)
    .max(3)
    .default([...fitKindNames]),
  /** The one of them that is filled; the others are outlines over it. */
  fitFront: z.enum(fitKindNames).default('unbinned'),
  fitPanels: fitPanelsSchema.prefault({}),
})

export type TopPairIntent = z.infer<typeof topPairSchema>
export type FitPanels = z.infer<typeof fitPanelsSchema>
export type FitIntent = z.infer<typeof fitSchema>
export type FitKindName = (typeof fitKindNames)[number]
