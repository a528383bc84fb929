import * as z from 'zod'
import { mostVertices } from './map-limits.ts'

z.config({ jitless: true })

/** A coordinate of a map, in units of its axes. */
export const mapNumber = z.number().min(-1e6).max(1e6)

/** A lasso, in coordinates of the map. */
export const polygonSchema = z.object({
  kind: z.literal('polygon'),
  points: z
    .array(z.tuple([mapNumber, mapNumber]))
    .min(3)
    .max(mostVertices),
})

/** A rectangle, by two opposite corners in any order. */
export const boxSchema = z.object({
  kind: z.literal('box'),
  x0: mapNumber,
  y0: mapNumber,
  x1: mapNumber,
  y1: mapNumber,
})

const framedSchema = z.object({ x: mapNumber, y: mapNumber, halfSpan: z.number().min(1e-6).max(1e6) })

/** Centre of the map and distance from it to the nearer edge; null frames all points. */
export const cameraSchema = framedSchema.nullable()

/** A lasso or a rectangle. */
export const regionSchema = z.discriminatedUnion('kind', [polygonSchema, boxSchema])

/** A region of a map as an intent keeps it: the rule travels in links, not the points that it holds. */
export type MapRegion = z.infer<typeof regionSchema>

/** Points of a map by their numbers, where no region says which. */
const pointsSchema = z.object({
  kind: z.literal('points'),
  ids: z.array(z.int().min(0).max(1e6)).min(1).max(500),
})

/** What a study of maps keeps of one, to be spread into its schema. */
export const mapShape = {
  camera: cameraSchema.default(null),
  selection: z.discriminatedUnion('kind', [polygonSchema, boxSchema, pointsSchema]).nullable().default(null),
  /** Point whose neighbours are listed. */
  focus: z.int().min(0).max(1e6).nullable().default(null),
  neighbours: z.int().min(1).max(100).default(10),
}

export type MapIntent = z.infer<z.ZodObject<typeof mapShape>>

/** @param id, maps  names of maps, and those that stand beside one another by default; the first is the reference */
export const compareSchemaOf = (id: z.ZodType<string>, maps: readonly string[]) =>
  z.object({
    maps: z
      .array(id)
      .min(2)
      .max(4)
      .default([...maps]),
    /** Turned, mirrored and scaled onto the first. */
    align: z.boolean().default(true),
    trails: z.boolean().default(false),
    colour: z.enum(['as-explore', 'kept']).default('as-explore'),
    /** By map where each has its own, and `aligned-` before the first one's name for all that are laid onto it; absent: all of a map. */
    cameras: z
      .record(z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/), framedSchema)
      .refine((cameras) => Object.keys(cameras).length <= 16, 'at most 16 cameras')
      .default({}),
  })
