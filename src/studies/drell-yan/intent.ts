import * as z from 'zod'
import { largestCoefficient, operatorNames } from '../../physics/smeft/operators.ts'
import { qcdOrders } from '../../physics/drell-yan/qcd-order.ts'
import { binnings } from './analysis/setup.ts'
import { shownNames } from './analysis/shown-names.ts'
import {
  boxSchema,
  cameraSchema,
  compareSchemaOf,
  hiddenClassesSchema,
  namedSchemaOf,
  polygonSchema,
  ruleSchema,
  tourSchema,
} from '../../share/map-schema.ts'

z.config({ jitless: true })

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
const seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1)

/** What can be asked of one spectrum. */
export const interpretTabs = ['classify', 'anomaly', 'retrieval', 'directions'] as const

/** Universes that a selection by number may hold: a link carries them all. */
export const mostSelectedUniverses = 500

export const selectionSchema = z.discriminatedUnion('kind', [
  // In latent coordinates of the first two axes.
  polygonSchema,
  boxSchema,
  ruleSchema,
  z.object({
    kind: z.literal('universes'),
    ids: z.array(z.number().int().min(0).max(1e6)).min(1).max(mostSelectedUniverses),
  }),
])

/** What the spectrum panel and the neighbour list are about. */
export const focusSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('live') }),
  z.object({ kind: z.literal('universe'), id: z.number().int().min(0).max(1e6) }),
  z.object({ kind: z.literal('row'), row: z.number().int().min(0).max(1e7) }),
  z.object({ kind: z.literal('measurement') }),
])

export const shapeKinds = ['resonance', 'kink', 'slope'] as const

export const shapeSchema = z.object({
  kind: z.enum(shapeKinds),
  massGeV: z.number().min(1).max(100_000),
  widthGeV: z.number().min(0.1).max(100_000),
  /** Height of a resonance relative to the SM, change of the logarithmic slope otherwise. */
  strength: z.number().min(-100).max(100),
})

export const trainingSchema = z.object({
  seed: seed.default(1),
  loss: z.enum(['supcon-euclidean', 'supcon-cosine', 'pair']).default('supcon-euclidean'),
  temperature: z.number().min(0.01).max(10).default(0.5),
  margin: z.number().min(0.1).max(100).default(4),
  latentDim: z.number().int().min(2).max(16).default(2),
  widths: z.array(z.number().int().min(4).max(512)).min(1).max(5).default([128, 64, 32]),
  dropout: z.number().min(0).max(0.8).default(0),
  learningRate: z.number().min(1e-7).max(0.1).default(5e-3),
  optimiser: z.enum(['adam', 'adamw']).default('adam'),
  weightDecay: z.number().min(0).max(1).default(0.01),
  universesPerBatch: z.number().int().min(2).max(256).default(50),
  replicasPerUniverse: z.number().int().min(2).max(64).default(8),
  steps: z.number().int().min(1).max(50_000).default(1000),
  /** 'fresh' draws new universes from the prior every batch; 'fixed' is the paper's fixed set. */
  universes: z.enum(['fresh', 'fixed']).default('fresh'),
  fixedUniverses: z.number().int().min(2).max(2000).default(100),
  /** Evaluations without improvement before stopping. */
  patience: z.number().int().min(1).max(1000).default(10),
  backend: z.enum(['auto', 'kernels', 'webgpu', 'webgl', 'wasm', 'cpu']).default('auto'),
})

/** Which classifier answers in Interpret: its shipped or trained networks are looked up by exactly this. */
export const classifierSchema = z.object({
  method: z.enum(['dpn', 'evidential', 'ensemble', 'softmax']).default('dpn'),
  /** Classes: the first so many physical universes, the SM among them. */
  classes: z.number().int().min(2).max(500).default(100),
  input: z.enum(['spectrum', 'latent']).default('spectrum'),
  steps: z.number().int().min(10).max(20_000).default(2000),
  seed: seed.default(1),
})

/** A PDF that was dropped on the page: a link names it, and does not carry it. */
export const pdfNameSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9._+-]{1,80}$/),
  /** Of the SHA-256 of its files. */
  hash: z.string().regex(/^[0-9a-f]{12}$/),
})

/** Physics set-up of templates built in the page. */
export const setupSchema = z.object({
  sqrtSGeV: z.number().min(1000).max(200_000).default(13_000),
  bins: z.enum(binnings).default('mll-ptl'),
  /** Of |y|, for bins in it; whether they part any pairs is told beside the form. */
  yEdges: z.array(z.number().min(0).max(20)).min(1).max(13).default([0, 0.4, 0.8, 1.2, 1.6, 2.4]),
  /** Next-to-leading for 'mll' and a dropped PDF with its alpha_s; what lacks is told beside the form. */
  qcdOrder: z.enum(qcdOrders).default('lo'),
  scheme: z.enum(['MW', 'alpha']).default('MW'),
  muF: z.union([z.literal('mll'), z.number().min(5).max(10_000)]).default('mll'),
  ptMinGeV: z.number().min(0).max(500).default(25),
  absEtaMax: z.number().min(0.1).max(10).default(2.4),
  widthShift: z.boolean().default(false),
  luminosityInvFb: z.number().min(0.001).max(100_000).default(300),
  scale: z.enum(['lo', 'nnlo-like', 'none']).default('lo'),
  universes: z.number().int().min(10).max(20_000).default(2000),
  replicasPerUniverse: z.number().int().min(1).max(500).default(10),
  priorSigmas: z.number().min(0.1).max(100).default(5),
  seed: seed.default(1),
})

/** A heavy field whose tree-level coefficients moved the sliders; its line is drawn on the map. */
export const uvSchema = z.object({
  model: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,15}$/),
  /** By name of src/physics/uv; in TeV for a trilinear scalar coupling, else without unit. */
  couplings: z
    .record(z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,15}$/), z.number().min(-4).max(4))
    .refine((couplings) => Object.keys(couplings).length <= 12)
    .default({}),
  massTeV: z.number().min(0.5).max(100).default(5),
})

/** Maps beside one another; the first is what the others are compared with. */
export const compareSchema = compareSchemaOf(id, ['dy-supcon-2d', 'pca-2'])

/** Parts of the panel beside the map. */
export const inspectorTabs = ['coefficients', 'point', 'neighbours', 'table', 'uv', 'measurement'] as const
/** What is told of an encoder beside its training. */
export const encoderTabs = ['limits', 'backends', 'card'] as const
export const matrixKinds = ['correlation', 'covariance'] as const
export const retrievalQueries = ['mean', 'replica'] as const
export const sigmaConventions = ['probability', 'ellipse'] as const
/** Area under the curve, or what is found at 1 and at 0.1 % of false alarms. */
export const anomalyMetrics = ['auroc', '0', '1'] as const
/** Bins freed of their correlations, or as they are. */
export const shareKinds = ['perWhitened', 'perBin'] as const
/** Fewest and most groups that operators are put into by what they do to a spectrum. */
export const familyRange = { min: 2, max: 6 } as const

/** What panels show of what they hold. */
export const panelsSchema = z.object({
  /** Bin of |y| that spectra are drawn in, from 0, where there are some; null: all added up. */
  rapidity: z.number().int().min(0).max(11).nullable().default(null),
  /** Directions of operators on the map. */
  arrows: z.boolean().default(false),
  /** null: what the focus or a heavy field asks for. */
  inspector: z.enum(inspectorTabs).nullable().default(null),
  encoder: z.enum(encoderTabs).default('limits'),
  matrix: z.enum(matrixKinds).default('correlation'),
  families: z.number().int().min(familyRange.min).max(familyRange.max).default(4),
  /** Latent axis whose displacement is shared out among bins, from 0. */
  shareAxis: z.number().int().min(0).max(15).default(0),
  shares: z.enum(shareKinds).default('perWhitened'),
  directionsCamera: cameraSchema.default(null),
  anomalyMetric: z.enum(anomalyMetrics).default('auroc'),
  /** Class whose curve is drawn, from 0. */
  anomalyClass: z.number().int().min(0).max(1000).default(0),
  anomalyCamera: cameraSchema.default(null),
  retrievalQuery: z.enum(retrievalQueries).default('replica'),
  sigmas: z.enum(sigmaConventions).default('probability'),
  /** Row of a dropped file that is interpreted; null: what is in focus. */
  droppedRow: z.number().int().min(0).max(1e7).nullable().default(null),
})

/** What of a study of Drell-Yan a person or a link can set. */
export const drellYanSchema = z.object({
  dataset: id.default('dy-nc-13tev'),
  model: id.default('dy-supcon-2d'),
  order: z.enum(['linear', 'quadratic']).default('linear'),
  /** Wilson coefficients C / Lambda^2 [TeV^-2] of the live universe; absent means zero. */
  coefficients: z
    .partialRecord(z.enum(operatorNames), z.number().min(-largestCoefficient).max(largestCoefficient))
    .default({}),
  colourBy: z
    .union([z.enum(['family', 'distance', 'universe', 'kept']), z.enum(operatorNames)])
    .default('family'),
  showReplicas: z.boolean().default(true),
  showContours: z.boolean().default(true),
  showFlagged: z.boolean().default(true),
  showMeasurement: z.boolean().default(true),
  /** In latent units. */
  camera: cameraSchema.default(null),
  selection: selectionSchema.nullable().default(null),
  /** Selections that have a name. */
  named: namedSchemaOf(selectionSchema).default([]),
  /** Families whose universes are not on the map. */
  hiddenFamilies: hiddenClassesSchema.default([]),
  /** Contours of each family by itself. */
  familyContours: z.boolean().default(false),
  /** Lines to spectra most alike that are not near on the map. */
  showLost: z.boolean().default(false),
  /** The latent space turned through planes; null: the map. */
  tour: tourSchema.nullable().default(null),
  focus: focusSchema.default({ kind: 'live' }),
  neighbourSpace: z.enum(['latent', 'spectrum', 'wilson']).default('latent'),
  neighbourCount: z.number().int().min(1).max(100).default(15),
  observable: z.enum(shownNames).default('mll'),
  ratioTo: z.enum(['sm', 'nearest']).default('sm'),
  /** Replicas per universe drawn in the page beyond the shipped ones; 0 shows the shipped rows. */
  extraReplicas: z.number().int().min(0).max(500).default(0),
  replicaSeed: seed.default(1),
  interpretTab: z.enum(interpretTabs).default('classify'),
  /** A deformation that no universe has, drawn on the spectrum that is interpreted. */
  shape: shapeSchema.nullable().default(null),
  /** 'replica' adds noise of the replica seed to a spectrum without any that is interpreted. */
  noise: z.enum(['none', 'replica']).default('none'),
  classifier: classifierSchema.prefault({}),
  training: trainingSchema.prefault({}),
  uv: uvSchema.nullable().default(null),
  compare: compareSchema.prefault({}),
  panels: panelsSchema.prefault({}),
  /** Set only when the page shows templates built from this set-up rather than shipped ones. */
  setup: setupSchema.nullable().default(null),
  /** What that set-up is built with; null: the app's own. */
  pdf: pdfNameSchema.nullable().default(null),
})

export type DrellYanIntent = z.infer<typeof drellYanSchema>
export type Selection = z.infer<typeof selectionSchema>
export type Focus = z.infer<typeof focusSchema>
export type ShapeIntent = z.infer<typeof shapeSchema>
export type ClassifierIntent = z.infer<typeof classifierSchema>
export type TrainingIntent = z.infer<typeof trainingSchema>
export type SetupIntent = z.infer<typeof setupSchema>
export type UvIntent = z.infer<typeof uvSchema>
export type PanelsIntent = z.infer<typeof panelsSchema>
export type PdfName = z.infer<typeof pdfNameSchema>
export type CompareIntent = z.infer<typeof compareSchema>
export type InterpretTab = (typeof interpretTabs)[number]
