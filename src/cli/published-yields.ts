import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { AppError } from '../errors.ts'

const countSchema = z.tuple([z.int().min(0), z.int().min(1)])
const fileSchema = z.object({ yields: z.record(z.string(), z.record(z.string(), countSchema)) })

/** Events of a sample with so many objects, such as 6j0b0e0m0g, and all events of the sample. */
export type PublishedYields = Record<string, readonly [events: number, all: number]>

/** @throws AppError 'data/corrupt' for another file, 'data/not-found' where the sample is not in it */
export function readPublishedYields(path: string, sample: string): PublishedYields {
  let file: z.infer<typeof fileSchema>
  try {
    file = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    throw new AppError(
      'data/corrupt',
      `${path} is no file of published yields. Write {"yields": {NAME: {"6j0b0e0m0g": [events, all events], ...}}}.`,
    )
  }
  if (Object.hasOwn(file.yields, sample)) return file.yields[sample]
  throw new AppError(
    'data/not-found',
    `${path} has no sample ${sample}. Choose of ${Object.keys(file.yields).join(', ')}.`,
  )
}

/** Shares of a channel with so many objects. */
export interface YieldBeside {
  objects: string
  ours: number
  theirs: number
  /** Ours over theirs, with the binomial errors of both; null where they have none. */
  ratio: number | null
  ratioError: number | null
}

/** @param counts  events by their objects, of so many that pass */
export function besidePublished(
  counts: ReadonlyMap<string, number>,
  passed: number,
  published: PublishedYields,
): YieldBeside[] {
  return Object.entries(published).map(([objects, [events, all]]) => {
    const own = counts.get(objects) ?? 0
    const [ours, theirs] = [passed > 0 ? own / passed : 0, events / all]
    if (events === 0) return { objects, ours, theirs, ratio: null, ratioError: null }
    const ratio = ours / theirs
    // An event more or less is what is not known of none.
    const relative = Math.hypot(spread(Math.max(1, own), passed), spread(events, all))
    return { objects, ours, theirs, ratio, ratioError: Math.max(ratio, 1 / (passed * theirs)) * relative }
  })
}

/** Binomial error of a share over the share. */
const spread = (events: number, all: number): number => Math.sqrt((1 - events / all) / events)
