import * as z from 'zod'
import { compareSchemaOf, mapNumber, mapShape } from '../../share/map-schema.ts'
import { channels } from './own-dataset.ts'
import { mostOwnFiles, mostPerSet, mostRepresentatives, mostSets } from './limits.ts'

z.config({ jitless: true })

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)

/** Where neighbours of a set are looked for: on the map, among the features of its events, among models. */
export const neighbourSpaces = ['latent', 'features', 'models'] as const

/** What is told of a dot, and of those selected. */
export const setTabs = ['events', 'neighbours', 'selection'] as const

export const interpretTabs = [
  'distances',
  'benchmarks',
  'set-size',
  'features',
  'place',
  'event-ratio',
] as const

/** What Train says of encoders beside the map. */
export const trainTabs = ['limits', 'backends', 'card'] as const

/** What can be told of a pair of models. */
export const measures = [
  'centroid',
  'pooled',
  'energy',
  'sliced',
  'aucLatent',
  'aucSupervised',
  'aucExact',
] as const

export const mediators = ['vector', 'axial', 'scalar'] as const

/** A model whose events are generated in the page; masses in GeV. */
const liveSchema = z.object({
  on: z.boolean().default(false),
  mGluino: z.number().min(600).max(3000).default(1250),
  /** m_gluino − m_neutralino */
  deltaM: z.number().min(20).max(2900).default(600),
  mediator: z.enum(mediators).default('vector'),
  mMediator: z.number().min(100).max(3000).default(800),
  mChi: z.number().min(1).max(1000).default(50),
})

/** An encoder that is trained in the page. */
const eventsTrainingSchema = z.object({
  encoder: z.enum(['mlp', 'deep-set']).default('mlp'),
  loss: z.enum(['pair', 'supcon-euclidean']).default('pair'),
  latentDim: z.int().min(1).max(16).default(2),
  epochs: z.int().min(1).max(200).default(12),
  learningRate: z.number().min(1e-6).max(0.1).default(1e-3),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
  backend: z.enum(['auto', 'kernels', 'webgpu', 'webgl', 'wasm', 'cpu']).default('auto'),
})

/** What of a map of models a person or a link can set. */
export const eventsSchema = z.object({
  dataset: id.default('gluinos'),
  /** Of one's own files those that are models of the dataset of files; none: all that this browser keeps. */
  files: z.array(id).max(mostOwnFiles).default([]),
  /** Selection of the Dark Machines challenge that their events pass; null: none. */
  channel: z.enum(channels).nullable().default(null),
  /** Encoder; null: that of the dataset. */
  model: id.nullable().default(null),
  /** Events of one dot. */
  perSet: z.int().min(1).max(mostPerSet).default(10),
  /** Dots of one model. */
  sets: z.int().min(20).max(mostSets).default(400),
  /** Of the draw of sets. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
  /** Models that are not on the map. */
  hidden: z.array(id).max(64).default([]),
  /** Model whose features are drawn; null: that of the set in focus, or the first. */
  focused: id.nullable().default(null),
  /** What it is compared with; null: that of the dataset. */
  reference: id.nullable().default(null),
  /** Feature that is drawn (analysis/features/event-features.ts). */
  feature: z
    .string()
    .regex(/^[a-z0-9-]{1,24}$/)
    .default('met'),
  contours: z.boolean().default(true),
  ...mapShape,
  neighbourSpace: z.enum(neighbourSpaces).default('latent'),
  setTab: z.enum(setTabs).default('events'),
  /** Place on the map whose surroundings are told; null: that of the set in focus. */
  cursor: z.object({ x: mapNumber, y: mapNumber }).nullable().default(null),
  tab: z.enum(interpretTabs).default('distances'),
  measure: z.enum(measures).default('energy'),
  /** Models that are to represent all of a dataset. */
  representatives: z.int().min(1).max(mostRepresentatives).default(3),
  /** Two models that are told apart; null: the most alike. */
  pair: z.tuple([id, id]).nullable().default(null),
  live: liveSchema.prefault({}),
  training: eventsTrainingSchema.prefault({}),
  trainTab: z.enum(trainTabs).default('limits'),
  compare: compareSchemaOf(id, ['shown', 'pca-2']).prefault({}),
})

export type EventsIntent = z.infer<typeof eventsSchema>
