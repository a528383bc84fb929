import * as z from 'zod'
import type { LinkPart } from '../../../share/link-format.ts'
import { compareSchemaOf, mapShape } from '../../../share/map-schema.ts'

/** What of the blobs a person or a link can set. */
export const blobsSchema = z.object({
  /** Of the points and of the training. */
  seed: z.int().min(0).max(1e9).default(1),
  /** Points of each class. */
  perClass: z.int().min(10).max(5000).default(200),
  ...mapShape,
  compare: compareSchemaOf(z.enum(['pca', 'x1-x2', 'trained']), ['pca', 'x1-x2']).prefault({}),
})

export type BlobsIntent = z.infer<typeof blobsSchema>

/** Links keep all of it under the study's name. */
export const blobsLinkPart: LinkPart = { shape: blobsSchema.shape, keys: [], records: [], nested: {} }
