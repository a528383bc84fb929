import * as z from 'zod'
import { compareSchemaOf, hiddenClassesSchema, mapShape } from '../../share/map-schema.ts'
import { searchScores } from './analysis/search/anomaly-scores.ts'
import { objectSlots, plainTokens } from './analysis/tokens/token-layout.ts'
import { trainedClasses } from './analysis/training/training-settings.ts'
import { transformerTasks } from '../../ml/transformer/transformer-loss.ts'
import { movedLimits, perClassLimits, perplexityLimits, trainingLimits } from './limits.ts'

z.config({ jitless: true })

/** How events are laid on the plane. */
export const layouts = ['pca', 'tsne'] as const
/** How far two events are apart. */
export const metrics = ['euclidean', 'cosine', 'manhattan'] as const

/** What events are laid out by, and have neighbours in: their own numbers, or what a transformer makes of them. */
export const spaces = ['input', 'learned'] as const
export const interpretTabs = ['event', 'search'] as const

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)

const seed = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)

const token = z
  .int()
  .min(0)
  .max(plainTokens - 1)

/** An object of an event that was dragged elsewhere. */
const movedSchema = z.object({
  slot: z
    .int()
    .min(0)
    .max(objectSlots - 1),
  pt: z.number().min(movedLimits.pt[0]).max(movedLimits.pt[1]),
  eta: z.number().min(movedLimits.eta[0]).max(movedLimits.eta[1]),
  phi: z.number().min(-Math.PI).max(Math.PI),
})

/** A transformer that is trained in the page. */
const trainingSchema = z.object({
  from: z.enum(['scratch', 'model']).default('scratch'),
  classes: z.enum(trainedClasses).default('tops'),
  /** Training events in all. */
  labels: z.int().min(trainingLimits.labels.least).max(trainingLimits.labels.most).default(5000),
  task: z.enum(transformerTasks).default('multi-task'),
  size: z.enum(['small-1h', 'small-5h', 'large']).default('small-5h'),
  epochs: z.int().min(1).max(trainingLimits.epochs).default(10),
  learningRate: z.number().min(1e-6).max(0.1).default(3e-3),
  batch: z.int().min(8).max(1024).default(128),
  seed: seed.default(1),
  workers: z.int().min(1).max(4).default(1),
  backend: z.enum(['kernels', 'webgpu', 'webgl', 'wasm', 'cpu']).default('kernels'),
})

/** What of a map of events a person or a link can set. */
export const multiTopSchema = z.object({
  /** Events of each class. */
  perClass: z.int().min(perClassLimits.least).max(perClassLimits.most).default(200),
  /** Of the split and of the events on the map. */
  seed: seed.default(1),
  /** Transformer; null: the one that is shipped. */
  model: id.nullable().default(null),
  space: z.enum(spaces).default('input'),
  neighbourSpace: z.enum(spaces).default('input'),
  layout: z.enum(layouts).default('pca'),
  /** Of t-SNE. */
  metric: z.enum(metrics).default('euclidean'),
  perplexity: z.number().min(perplexityLimits.least).max(perplexityLimits.most).default(30),
  /** Tokens of the event in focus that a transformer is not shown. */
  hidden: z.array(token).max(plainTokens).default([]),
  /** Attention that is drawn: block by block, head by head. */
  head: z.int().min(0).max(63).default(0),
  /** Objects of the event in focus that are elsewhere. */
  moved: z.array(movedSchema).max(objectSlots).default([]),
  tab: z.enum(interpretTabs).default('event'),
  score: z.enum(searchScores).default('entropy'),
  /** Sample that is searched for. */
  signal: id.default('ttphi-m300-chi1'),
  /** Classes whose events are not on the map. */
  hiddenClasses: hiddenClassesSchema.default([]),
  training: trainingSchema.prefault({}),
  compare: compareSchemaOf(id, ['input', 'learned']).prefault({}),
  ...mapShape,
})

export type MultiTopIntent = z.infer<typeof multiTopSchema>
