import * as z from 'zod'
import { operatorNames } from '../physics/smeft/operators.ts'
import { fitKindNames, fitSchema } from './fit-schema.ts'

z.config({ jitless: true })

/** Version of the link format; every change of meaning gets a migration and a frozen fixture. */
export const linkVersion = 1

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
const seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1)
const latentNumber = z.number().min(-1e6).max(1e6)

export const viewNames = ['explore', 'compare', 'interpret', 'train', 'fit', 'data'] as const

/** What can be asked of one spectrum. */
export const interpretTabs = ['classify', 'anomaly', 'retrieval', 'directions'] as const

/** Universes that a selection by number may hold: a link carries them all. */
export const mostSelectedUniverses = 500

export const selectionSchema = z.discriminatedUnion('kind', [
  /** Points in latent coordinates of the first two axes. */
  z.object({
    kind: z.literal('polygon'),
    points: z
      .array(z.tuple([latentNumber, latentNumber]))
      .min(3)
      .max(200),
  }),
  z.object({
    kind: z.literal('box'),
    x0: latentNumber,
    y0: latentNumber,
    x1: latentNumber,
    y1: latentNumber,
  }),
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

/** Physics set-up of templates built in the page. */
export const setupSchema = z.object({
  sqrtSGeV: z.number().min(1000).max(200_000).default(13_000),
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
export const compareSchema = z.object({
  maps: z.array(id).min(2).max(4).default(['dy-supcon-2d', 'pca-2']),
  /** Turned, mirrored and scaled onto the first. */
  align: z.boolean().default(true),
  trails: z.boolean().default(false),
  colour: z.enum(['as-explore', 'kept']).default('as-explore'),
})

/** The only thing a person or a link can set. Equal intent, data and model give equal pixels. */
export const intentSchema = z.object({
  view: z.enum(viewNames).default('explore'),
  dataset: id.default('dy-nc-13tev'),
  model: id.default('dy-supcon-2d'),
  order: z.enum(['linear', 'quadratic']).default('linear'),
  /** Wilson coefficients C / Lambda^2 [TeV^-2] of the live universe; absent means zero. */
  coefficients: z.partialRecord(z.enum(operatorNames), z.number().min(-100).max(100)).default({}),
  colourBy: z.union([z.enum(['family', 'distance', 'universe']), z.enum(operatorNames)]).default('family'),
  showReplicas: z.boolean().default(true),
  showContours: z.boolean().default(true),
  showFlagged: z.boolean().default(true),
  showMeasurement: z.boolean().default(true),
  /** Centre of the map and distance from it to the nearer edge, in latent units; null frames all points. */
  camera: z
    .object({ x: latentNumber, y: latentNumber, halfSpan: z.number().min(1e-6).max(1e6) })
    .nullable()
    .default(null),
  selection: selectionSchema.nullable().default(null),
  focus: focusSchema.default({ kind: 'live' }),
  neighbourSpace: z.enum(['latent', 'spectrum', 'wilson']).default('latent'),
  neighbourCount: z.number().int().min(1).max(100).default(15),
  observable: z.enum(['mll', 'ptl']).default('mll'),
  ratioTo: z.enum(['sm', 'nearest']).default('sm'),
  /** Replicas per universe drawn in the page beyond the shipped ones; 0 shows the shipped rows. */
  extraReplicas: z.number().int().min(0).max(500).default(0),
  replicaSeed: seed.default(1),
  interpretTab: z.enum(interpretTabs).default('classify'),
  /** A deformation that no universe has, drawn on the spectrum that is interpreted. */
  shape: shapeSchema.nullable().default(null),
  classifier: classifierSchema.prefault({}),
  training: trainingSchema.prefault({}),
  fit: fitSchema.prefault({}),
  /** Posteriors that are drawn over each other. */
  fitKinds: z
    .array(z.enum(fitKindNames))
    .min(1)
    .max(3)
    .default([...fitKindNames]),
  /** The one of them that is filled; the others are outlines over it. */
  fitFront: z.enum(fitKindNames).default('unbinned'),
  uv: uvSchema.nullable().default(null),
  compare: compareSchema.prefault({}),
  /** Set only when the page shows templates built from this set-up rather than shipped ones. */
  setup: setupSchema.nullable().default(null),
})

export type Intent = z.infer<typeof intentSchema>
export type Selection = z.infer<typeof selectionSchema>
export type Focus = z.infer<typeof focusSchema>
export type ShapeIntent = z.infer<typeof shapeSchema>
export type ClassifierIntent = z.infer<typeof classifierSchema>
export type TrainingIntent = z.infer<typeof trainingSchema>
export type SetupIntent = z.infer<typeof setupSchema>
export type UvIntent = z.infer<typeof uvSchema>
export type CompareIntent = z.infer<typeof compareSchema>
export type ViewName = (typeof viewNames)[number]
export type InterpretTab = (typeof interpretTabs)[number]
