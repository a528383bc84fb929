import * as z from 'zod'
import type { PackedFile } from '../archive/unpack-archive.ts'

z.config({ jitless: true })

/** Version of the layout of bundles. */
export const bundleVersion = 1
/** The first entry of a bundle, by which it is known. */
export const manifestName = 'theoryscape.json'
export const largestManifestBytes = 2 ** 23

/** A file as it was dropped, or a text of it. */
export interface BundledFile {
  name: string
  content: Blob | string | Uint8Array<ArrayBuffer>
}

/** One thing of a study that its link cannot hold: files of one's own, a model, or a result. */
export interface BundleItem {
  study: string
  /** What it is to its study, which gives and takes it. */
  kind: string
  /** Of results: all that decides them. */
  key?: string
  /** Of results: that of the code that made them, which is taken by no other. */
  version?: string
  /** Files as they are, or a result as plain data. */
  holds: { files: BundledFile[] } | { value: object }
}

/** The same as it was read: values are still to be checked by the study. */
export interface ReadBundleItem extends Omit<BundleItem, 'holds'> {
  files: { name: string; bytes: Uint8Array<ArrayBuffer> }[]
  value?: unknown
}

export interface ReadBundle {
  /** From "#" on. */
  link: string
  /** Name and version of the product that made it. */
  made: string
  items: ReadBundleItem[]
  /** Names of what else lies in the archive, which was not read. */
  strangers: string[]
}

const word = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
/** Nothing that could lead out of a folder. */
const path = z.string().regex(/^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}\/[A-Za-z0-9_+-][A-Za-z0-9._+-]{0,79}$/)

export const manifestSchema = z.object({
  format: z.literal('theoryscape-bundle'),
  version: z.literal(bundleVersion),
  made: z.string().max(80),
  link: z.string().regex(/^#[A-Za-z0-9._=&-]{1,32000}$/),
  items: z
    .array(
      z.object({
        study: word,
        kind: word,
        key: z.string().max(20_000).optional(),
        version: z.string().max(80).optional(),
        holds: z.enum(['files', 'value']),
        files: z
          .array(
            z.object({
              path,
              name: z.string().min(1).max(120),
              sha256: z.string().regex(/^[0-9a-f]{64}$/),
            }),
          )
          .min(1)
          .max(400),
      }),
    )
    .max(6000),
})

export type BundleManifest = z.infer<typeof manifestSchema>

/** Jobs of bundles, in any worker: "bundle/pack". */
export type BundleJobs = {
  pack: {
    request: { link: string; made: string; items: BundleItem[] }
    progress: number
    result: Uint8Array<ArrayBuffer>
  }
  unpack: { request: { file: Blob }; progress: number; result: ReadBundle }
  /** The files of a packed folder, where one of its paths is wanted. */
  unfold: {
    request: { file: Blob; wanted: readonly RegExp[] }
    progress: number
    result: PackedFile[] | null
  }
}
