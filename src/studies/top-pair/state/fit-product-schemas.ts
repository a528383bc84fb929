import * as z from 'zod'
import { madeSchema } from '../../../ml/ratio/ratio-card.ts'
import { ratioDecoderSchema } from '../../../ml/ratio/ratio-network.ts'
import { scalerSchema } from '../../../ml/ratio/scaler.ts'
import type { FitData, FitOutcome, TrainedNetwork } from '../analysis/fit/fit-jobs.ts'
import { fitKinds } from '../analysis/fit/fit-setup.ts'
import { calibrationTests, fitSchema, toyHypotheses } from '../intent.ts'
import type { FitProductTypes } from './products.ts'

z.config({ jitless: true })

/** Any number: what could not be computed is NaN. */
const real = z.custom<number>((value) => typeof value === 'number', 'is no number')
const count = z.number().int().nonnegative()
const text = z.string().max(20_000)
const floats = z.instanceof(Float64Array)
const singles = z.instanceof(Float32Array)
const whole = z.instanceof(Int32Array)
const kind = z.enum(fitKinds)
const test = z.enum(calibrationTests)

/** A value with the key and the set-up that it was made from. */
const keyed = <S extends z.ZodType>(value: S) => z.object({ key: text, setup: fitSchema, value })

const termValue = z.object({ term: text, value: real, error: real })

const data: z.ZodType<FitData> = z
  .object({
    key: text,
    source: z.enum(['simulated', 'dropped']),
    events: count,
    features: z.object({ names: z.array(text), values: singles }),
    binned: z.object({ observable: text, unit: text, values: singles, edges: z.array(real) }),
    ...{ counts: floats, templates: floats, templateCovariances: floats, expected: floats },
    exactRatios: floats.nullable(),
    terms: z.array(text).min(1),
    luminosityInvPb: real,
    fiducialPb: z.array(termValue),
    pool: z.object({ points: count, events: count }),
    notes: z.array(text),
  })
  .refine(({ events, features, binned, counts, templates, templateCovariances, exactRatios, terms }) => {
    const bins = counts.length
    return (
      features.values.length === events * features.names.length &&
      binned.values.length === events &&
      binned.edges.length === bins + 1 &&
      templates.length === bins * terms.length &&
      templateCovariances.length === bins * terms.length ** 2 &&
      (exactRatios === null || exactRatios.length === events * terms.length)
    )
  }, 'arrays of other lengths than its events, bins and terms')

const segment = z.object({ low: real, high: real, mass: real })
const density1d = z.object({ x: floats, density: floats, bandwidth: real })
const summary = z.object({
  ...{ name: text, mean: real, standardDeviation: real, median: real, density: density1d },
  highestDensity: z.array(z.object({ probability: real, segments: z.array(segment), level: real })),
  equalTailed: z.array(segment),
  modes: z.array(z.object({ at: real, mass: real, mean: real, standardDeviation: real })),
  warning: text.nullable(),
})
const density2d = z
  .object({
    ...{ xMin: real, xMax: real, yMin: real, yMax: real },
    ...{
      columns: count,
      rows: count,
      values: floats,
      levels: z.array(real),
      bandwidth: z.tuple([real, real]),
    },
  })
  .refine(({ columns, rows, values }) => values.length === columns * rows, 'a grid of another size')
const deltaChi2 = z.object({ value: real, degreesOfFreedom: real, pValue: real, sigma: real, spread: real })

const outcome: z.ZodType<FitOutcome> = z
  .object({
    ...{ kind, dataKey: text, names: z.array(text).min(1), theta: floats, weights: floats, logL: floats },
    ...{ logZ: real, logZError: real, ess: real, insertionPull: real, information: real },
    ...{ calls: real, iterations: real, converged: z.boolean(), seconds: real },
    best: z.object({ theta: floats, logL: real }),
    summaries: z.array(summary),
    modes: z.array(z.object({ mass: real, at: floats, mean: floats, standardDeviation: floats })),
    pairs: z.array(z.object({ x: count, y: count, density: density2d })),
    deltaChi2: z.array(z.object({ hypothesis: z.enum(toyHypotheses), result: deltaChi2 })),
    gridLogZ: real.nullable(),
    flooredEvents: real,
    flat: z.array(count),
    notes: z.array(text),
  })
  .refine(
    ({ names, theta, weights, logL, summaries, pairs }) =>
      theta.length === weights.length * names.length &&
      logL.length === weights.length &&
      summaries.length === names.length &&
      pairs.every(({ x, y }) => x < names.length && y < names.length),
    'samples of other lengths than its coefficients and weights',
  )

const report = z.object({
  ...{ iteration: real, calls: real, logZ: real, logZError: real, remainder: real, logX: real },
  ...{ logLMin: real, logLMax: real, insertionPull: real, clusters: real, sliceSteps: real },
})

const layer = z
  .object({
    inputs: count,
    outputs: count,
    kernel: singles,
    bias: singles,
    activation: z.enum(['relu', 'linear']),
  })
  .refine(
    ({ inputs, outputs, kernel, bias }) => kernel.length === inputs * outputs && bias.length === outputs,
    'a layer of other sizes than its weights',
  )

const network: z.ZodType<TrainedNetwork> = z.object({
  task: z.object({ terms: z.array(text).min(1), replica: count }),
  network: z.object({
    ...{ features: z.array(text).min(1), terms: z.array(text).min(1), scaler: scalerSchema },
    mlp: z.object({
      layers: z
        .array(layer)
        .min(1)
        .max(20)
        .refine(
          (layers) => layers.every(({ inputs }, i) => i === 0 || inputs === layers[i - 1].outputs),
          'layers that do not fit onto each other',
        ),
    }),
    decoder: ratioDecoderSchema,
  }),
  parameters: singles,
  ...{ bestEpoch: real, validationLoss: real, stoppedEarly: z.boolean() },
  history: z
    .array(z.object({ epoch: real, loss: real, validationLoss: real, learningRate: real }))
    .max(100_000),
  ...{ backend: text, seconds: real },
  card: z.string().max(1_000_000).optional(),
  origin: z
    .object({
      ...{ name: text, id: text, cardVersion: z.union([z.literal(1), z.literal(2)]) },
      ...{ made: madeSchema.nullable(), epochs: real, takenOnTrust: z.array(text) },
    })
    .optional(),
})

const distance = { rmsLogRatio: real, rmsLogRatioCentral: real, kl: real, notPositiveShare: real }
const events = z.object({
  ...{ events: real, loss: real.nullable() },
  sumRule: z.object({ learned: real, expected: real, error: real }),
  calibration: z.object({
    points: z.array(z.object({ predicted: real, observed: real, error: real })),
    chi2: real,
  }),
  closure: z.array(z.object({ feature: text, chi2: real, bins: real })),
})
const parton = z.object({
  ratios: z.object({ mtt: floats, y: floats, smWeight: floats, learned: floats, exact: floats }),
  comparison: z.object({ ...distance, loss: real.nullable(), bayesLoss: real, sumRule: real }),
})

const uniformity = z.object({ distance: real, pValue: real })
const rank = z.object({
  ...{ name: text, ranks: whole, histogram: whole },
  ...{ chi2: z.object({ chi2: real, pValue: real }), ks: uniformity },
})

/** Which columns of dropped events are which. */
export const columnPickSchema = z.object({
  columns: z.record(z.string().max(80), z.string().max(1000)),
  tree: z.string().max(1000).optional(),
  factors: z.record(z.string().max(80), z.number()).optional(),
})

/** Results of fits as they are read from a bundle, which anybody may have written. */
export const fitProductSchemas: {
  readonly [K in Exclude<keyof FitProductTypes, 'dropped'>]: z.ZodType<FitProductTypes[K]>
} = {
  data: keyed(data),
  network: z.object({
    network,
    limit: z
      .object({ loss: real, error: real, onValidation: real, of: z.enum(['features', 'final-state']) })
      .nullable(),
    epochs: real,
  }),
  ratios: keyed(
    z.object({
      ...{ ratios: floats, spread: floats },
      calibration: z
        .object({ cells: real, points: real, events: real, medianEffectiveEvents: real })
        .nullable(),
    }),
  ),
  fit: z.object({ outcome: keyed(outcome), reports: z.array(report).max(2000) }),
  diagnostics: keyed(
    z.object({
      ...{ term: text, replicas: count, parton: parton.nullable(), events },
      scatter: z.object({ learned: floats, spread: floats, exact: floats }),
    }),
  ),
  toys: z.object({ values: floats, key: text }),
  region: keyed(
    z.object({
      ...{ names: z.array(text), axes: z.array(floats), probabilities: z.array(real) },
      ...{ observed: floats, thresholds: floats, pValues: floats, toys: real, seconds: real },
    }),
  ),
  calibration: keyed(
    z.object({
      ...{ kind, test, toys: real },
      coverage: z
        .object({
          probabilities: z.array(real),
          points: z.array(z.object({ truth: floats, credibilities: floats, covered: z.array(real) })),
          tolerance: z.array(real),
        })
        .nullable(),
      sbc: z
        .object({
          ...{ simulations: real, draws: real, ranks: z.array(rank) },
          tarp: z.object({ level: floats, coverage: floats, ks: uniformity }),
        })
        .nullable(),
      seconds: real,
    }),
  ),
}
