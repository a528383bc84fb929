import * as z from 'zod'
import { sampleObjects } from './sample-events.ts'

// No code generation from strings: the app runs under a Content-Security-Policy without unsafe-eval.
z.config({ jitless: true })

const count = z.number().int().nonnegative()

/** Least numbers of jets with their pT [GeV] and |η|, least MET [GeV]. */
export const selectionSchema = z.object({
  met: z.number().nonnegative(),
  jets: z.object({ count, pt: z.number(), absEta: z.number() }),
})

/** One hard process of a sample. */
const partSchema = z.object({
  /** As `generate` takes them. */
  options: z.string(),
  /** At leading order, branching stated in the process included, with its Monte Carlo error [pb]. */
  sigmaPb: z.number().positive(),
  sigmaErrorPb: z.number().nonnegative(),
  generated: count,
  selected: count,
})

/** Version 1 of a sample's manifest: what its events are, and where they lie in the file beside it. */
export const sampleManifestSchema = z.object({
  schemaVersion: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  title: z.string(),
  sqrtSGeV: z.number().positive(),
  pdf: z.string(),
  seed: z.number().int(),
  selection: selectionSchema,
  parts: z.array(partSchema).min(1).max(256),
  /** What is approximate about them, by name. */
  approximations: z.array(z.string()),
  objects: z.array(z.enum(sampleObjects)).length(sampleObjects.length),
  generator: z.string(),
  events: count,
  file: z.string().regex(/^[\w.-]+\.events$/, 'a plain .events file name beside the manifest'),
  bytes: z.number().int().positive(),
  /** Gzip members one after the other, each with some consecutive events; hashes of the packed bytes. */
  blocks: z.array(
    z.object({
      events: count,
      bytes: z.number().int().positive(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
})

export type SampleManifest = z.infer<typeof sampleManifestSchema>
export type SampleSelection = z.infer<typeof selectionSchema>
