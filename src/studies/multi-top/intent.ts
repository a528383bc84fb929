import * as z from 'zod'
import { mapShape } from '../../share/map-schema.ts'
import { plainTokens } from './analysis/tokens/token-layout.ts'
import { perClassLimits, perplexityLimits } from './limits.ts'

z.config({ jitless: true })

/** How events are laid on the plane. */
export const layouts = ['pca', 'tsne'] as const
/** How far two events are apart. */
export const metrics = ['euclidean', 'cosine', 'manhattan'] as const

const seed = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)

const token = z
  .int()
  .min(0)
  .max(plainTokens - 1)

/** What of a map of events a person or a link can set. */
export const multiTopSchema = z.object({
  /** Events of each class. */
  perClass: z.int().min(perClassLimits.least).max(perClassLimits.most).default(200),
  /** Of the split and of the events on the map. */
  seed: seed.default(1),
  layout: z.enum(layouts).default('pca'),
  /** Of t-SNE. */
  metric: z.enum(metrics).default('euclidean'),
  perplexity: z.number().min(perplexityLimits.least).max(perplexityLimits.most).default(30),
  /** Tokens of the event in focus that a transformer is not shown. */
  hidden: z.array(token).max(plainTokens).default([]),
  /** Attention that is drawn: block by block, head by head. */
  head: z.int().min(0).max(63).default(0),
  ...mapShape,
})

export type MultiTopIntent = z.infer<typeof multiTopSchema>
