import { z } from 'zod'
import { AppError } from '../../errors.ts'
import type { NestedState } from './state.ts'

const magic = 'theoryscape-nested-1'

const floats = z.instanceof(Float64Array)
const integers = z.instanceof(Int32Array)
const tallySchema = z.object({ sum: z.number(), count: z.number() })
const minusInfinity = z.literal(Number.NEGATIVE_INFINITY)
const logSchema = z.union([z.number(), minusInfinity])
const metricSchema = z.object({ centre: floats, factor: floats, inverse: floats, logVolume: z.number() })
const count = z.number().int().nonnegative()

const storedSchema = z.object({
  magic: z.literal(magic),
  state: z.object({
    settings: z.object({
      livePoints: count,
      remainder: z.number(),
      maxCalls: z.number(),
      sampler: z.enum(['region', 'slice']),
      sliceSteps: z.number(),
      reportEvery: z.number(),
    }),
    dimensions: count,
    block: count,
    calls: count,
    finished: z.boolean(),
    live: z.object({ u: floats, theta: floats, logL: floats, order: integers, alive: count }),
    threshold: logSchema,
    dead: z.object({ count, theta: floats, logL: floats, slot: integers, liveCount: integers }),
    logX: z.number(),
    logZ: logSchema,
    information: z.number(),
    insertion: tallySchema,
    recent: tallySchema,
    sinceRebuild: count,
    region: z
      .object({
        dimensions: count,
        ellipsoid: metricSchema,
        ellipsoidRadius2: z.number(),
        metric: metricSchema,
        friends: floats,
        count,
        friendRadius2: z.number(),
        clusters: count,
        logVolume: z.object({ ellipsoid: z.number(), friends: z.number() }),
      })
      .nullable(),
    metric: metricSchema.nullable(),
    queue: z.object({ u: floats, theta: floats, logL: floats, next: count, count }).nullable(),
    slice: z.object({ width: z.number(), steps: z.number() }),
    sampling: z.enum(['region', 'slice']),
    tried: count,
    accepted: count,
  }),
})

/**
 * A run as bytes for a checkpoint store: the length of a JSON header, the header, then the arrays it refers to.
 * Minus infinity, which JSON lacks, is written as text.
 */
export function stateToBytes(state: NestedState): Uint8Array<ArrayBuffer> {
  const arrays: (Float64Array | Int32Array)[] = []
  let offset = 0
  const json = JSON.stringify({ magic, state }, (_, value: unknown) => {
    if (value === Number.NEGATIVE_INFINITY) return { $number: '-Infinity' }
    if (!(value instanceof Float64Array || value instanceof Int32Array)) return value
    arrays.push(value)
    const reference = { $array: value instanceof Float64Array ? 'f64' : 'i32', offset, length: value.length }
    offset += 8 * Math.ceil(value.byteLength / 8)
    return reference
  })
  const header = new TextEncoder().encode(json)
  const start = 8 * Math.ceil((4 + header.length) / 8)
  const bytes = new Uint8Array(start + offset)
  new DataView(bytes.buffer).setUint32(0, header.length, true)
  bytes.set(header, 4)
  let at = start
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
    at += 8 * Math.ceil(array.byteLength / 8)
  }
  return bytes
}

/** @throws AppError 'data/corrupt' if the bytes are not a stored run of this version */
export function stateFromBytes(bytes: Uint8Array): NestedState {
  try {
    const copy = bytes.slice() // aligned at zero
    const headerLength = new DataView(copy.buffer).getUint32(0, true)
    const header = new TextDecoder().decode(copy.subarray(4, 4 + headerLength))
    const start = 8 * Math.ceil((4 + headerLength) / 8)
    const parsed: unknown = JSON.parse(header, (_, value: unknown) => revive(value, copy, start))
    const { state } = storedSchema.parse(parsed)
    return state
  } catch (error) {
    throw new AppError(
      'data/corrupt',
      `The stored run cannot be read (${error instanceof Error ? error.message : String(error)}; ${bytes.length} bytes). Start the run again.`,
    )
  }
}

function revive(value: unknown, bytes: Uint8Array<ArrayBuffer>, start: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('$number' in value) return Number.NEGATIVE_INFINITY
  if (!('$array' in value && 'offset' in value && 'length' in value)) return value
  const [offset, length] = [Number(value.offset), Number(value.length)]
  const array = value.$array === 'f64' ? Float64Array : Int32Array
  return new array(bytes.buffer, start + offset, length).slice()
}
