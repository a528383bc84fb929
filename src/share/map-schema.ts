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

/** Dots for which a sentence holds: "clq3 > 0.01 and not D < 2". */
export const ruleSchema = z.object({ kind: z.literal('rule'), text: z.string().min(1).max(400) })

/** What a selection is called; rules may name it. */
const selectionName = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,31}$/)

/** @param selection  of the study's own kinds */
export const namedSchemaOf = <T extends z.ZodType>(selection: T) =>
  z.array(z.object({ name: selectionName, selection })).max(12)

/** Names of classes of dots that are not on the map. */
export const hiddenClassesSchema = z.array(z.string().regex(/^[a-z0-9-]{1,40}$/)).max(16)

/** A plane through a space of more dimensions: two axes, one after the other; null: the first two of the space. */
export const tourSchema = z.object({ plane: z.array(z.number().min(-1).max(1)).min(6).max(64).nullable() })

const pointSelection = z.discriminatedUnion('kind', [polygonSchema, boxSchema, pointsSchema, ruleSchema])

/** What a study of maps keeps of one, to be spread into its schema. */
export const mapShape = {
  camera: cameraSchema.default(null),
  selection: pointSelection.nullable().default(null),
  /** Selections that have a name. */
  named: namedSchemaOf(pointSelection).default([]),
  /** Point whose neighbours are listed. */
  focus: z.int().min(0).max(1e6).nullable().default(null),
  neighbours: z.int().min(1).max(100).default(10),
  /** By class, or by how many true neighbours of a dot are near it. */
  colourBy: z.enum(['class', 'kept']).default('class'),
  /** Contours of each class by itself. */
  classContours: z.boolean().default(false),
  /** A space of more than two dimensions that is turned in place of the map. */
  tour: tourSchema.nullable().default(null),
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
