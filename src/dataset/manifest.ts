import * as z from 'zod'
import { bytesPerRow } from './preview-codes.ts'

// No code generation from strings: the app runs under a Content-Security-Policy without unsafe-eval.
z.config({ jitless: true })

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const fileName = z.string().regex(/^[\w.-]+\.npy$/, 'a plain .npy file name beside the manifest')

const chunksSchema = z.object({ rows: z.number().int().positive(), sha256: z.array(sha256) })

/** One `.npy` file (C order, little-endian) beside the manifest. */
export const arrayEntrySchema = z.object({
  file: fileName,
  dtype: z.enum(['<f4', '<f8', '|u1', '<i4']),
  shape: z.array(z.number().int().nonnegative()).min(1).max(3),
  unit: z.string(),
  description: z.string(),
  bytes: z.number().int().positive(),
  sha256,
  /** Large arrays are streamed: rows per chunk and the hash of each chunk's bytes (header excluded). */
  chunks: chunksSchema.optional(),
})

/**
 * Rows in few bits, which are here long before the exact ones: value = offset + step * code, by column; codes are packed as
 * preview-codes.ts says. What the columns are is in the array's description. No part of the dataset's digest, which names
 * the exact values.
 */
export const previewEntrySchema = z
  .object({
    array: arrayEntrySchema.extend({ dtype: z.literal('|u1'), chunks: chunksSchema }),
    bits: z.number().int().min(1).max(16),
    offset: z.array(z.number()),
    step: z.array(z.number().nonnegative()),
  })
  .refine(
    ({ array: { shape }, bits, offset, step }) =>
      shape.length === 2 && step.length === offset.length && shape[1] === bytesPerRow(offset.length, bits),
    'a preview has one offset and one step for each code of its rows, and its rows have the bytes that these fill',
  )

/** Version 1 of `manifest.json`: what a corpus of Drell-Yan universes is and how it was made. */
export const datasetManifestSchema = z.object({
  schemaVersion: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  title: z.string(),
  description: z.string(),
  process: z.string(),
  sqrtSGeV: z.number().positive(),
  lambdaTeV: z.literal(1),
  scheme: z.enum(['MW', 'alpha']),
  pdf: z.object({ id: z.string(), description: z.string() }),
  factorisationScale: z.string(),
  widthShift: z.boolean(),
  /** Next-to-leading order of QCD in all templates; absent: leading order. */
  qcd: z
    .object({
      order: z.literal('nlo'),
      /** Over leading order with the same densities and scales, of each bin. */
      kFactor: z.array(z.number()),
      /** The densities were fitted at leading order. */
      formal: z.boolean(),
    })
    .optional(),
  cuts: z.object({ ptMinGeV: z.number(), absEtaMax: z.number() }).nullable(),
  observables: z
    .array(
      z.object({
        name: z.enum(['mll', 'ptl', 'forward', 'backward']),
        label: z.string(),
        unit: z.literal('GeV'),
        edges: z.array(z.number()).min(2),
        /** |y| of the pair, low and high; absent: any */
        absY: z.tuple([z.number(), z.number()]).optional(),
      }),
    )
    .min(1),
  operators: z.array(z.string()),
  /** Order of the EFT expansion in the rows. */
  order: z.enum(['linear', 'quadratic']),
  prior: z.object({
    name: z.string(),
    description: z.string(),
    halfWidth: z.array(z.number().nonnegative()),
  }),
  noise: z.object({
    /** Of a measurement whose file does not state it there is none. */
    luminosityInvFb: z.number().positive().optional(),
    description: z.string(),
    sources: z.array(z.object({ name: z.string(), description: z.string() })),
  }),
  universes: z.number().int().positive(),
  replicasPerUniverse: z.number().int().positive(),
  seed: z.number().int(),
  generator: z.string(),
  arrays: z.record(z.string(), arrayEntrySchema),
  preview: previewEntrySchema.optional(),
  measurement: z
    .object({
      title: z.string(),
      citation: z.string(),
      url: z.string(),
      note: z.string(),
      /** Parameters of theory that the covariance leaves free; absent: the three terms of K */
      freeTerms: z.number().int().nonnegative().optional(),
    })
    .optional(),
})

export type DatasetManifest = z.infer<typeof datasetManifestSchema>
export type ArrayEntry = z.infer<typeof arrayEntrySchema>
export type PreviewEntry = z.infer<typeof previewEntrySchema>
