import * as z from 'zod'
import { AppError, checkedBy, describeIssues } from '../errors.ts'
import { fromBase64Url, toBase64Url } from '../share/base64url.ts'
import { unpackAscending } from './ascending-numbers.ts'

z.config({ jitless: true })

/** What every recorded result begins with. */
export const recordedHead = {
  schemaVersion: z.literal(1),
  date: z.iso.date(),
  made: z.string().max(80),
}

/** Numbers in 16 bits, the largest of which is 32,767 steps. */
interface Quantised {
  q16: string
  step: number
}

const mostSteps = 32_767

/** Numbers that are there to be drawn, in 2.7 characters each. */
export function quantised(values: Float32Array): Quantised {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const step = largest / mostSteps
  const view = new DataView(new ArrayBuffer(2 * values.length))
  values.forEach((value, i) => view.setInt16(2 * i, step > 0 ? Math.round(value / step) : 0, true))
  return { q16: toBase64Url(new Uint8Array(view.buffer)), step }
}

function fromQuantised({ q16, step }: Quantised): Float32Array {
  const { buffer } = fromBase64Url(q16)
  const view = new DataView(buffer)
  return Float32Array.from({ length: buffer.byteLength >> 1 }, (_, i) => view.getInt16(2 * i, true) * step)
}

/** Text of an array below which its place among all would save nothing. */
const shortText = 24

/**
 * The text of a recorded result: numbers to six digits, typed arrays by the names of their types. One that came before, as axes
 * that curves share do, is named by its place among those that are written out.
 */
export function recordedText(result: object): string {
  const all = { schemaVersion: 1, ...result }
  const places = new Map<string, number>()
  let written = 0
  return `${JSON.stringify(all, (_, value: unknown) => {
    const plain = plainNumbers(value)
    if (!isTyped(value)) return plain
    const text = JSON.stringify(plain)
    const same = places.get(text)
    if (same !== undefined) return { same }
    if (text.length >= shortText) places.set(text, written)
    written++
    return plain
  })}\n`
}

const digits = 6
const rounded = (value: number): number =>
  Number.isFinite(value) ? Number(value.toPrecision(digits)) : value

const arrayTypes = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u8: Uint8Array,
}

const isTyped = (value: unknown): boolean => Object.values(arrayTypes).some((type) => value instanceof type)

function plainNumbers(value: unknown): unknown {
  for (const [name, type] of Object.entries(arrayTypes))
    if (value instanceof type) return { [name]: Array.from(value, rounded) }
  return typeof value === 'number' ? rounded(value) : value
}

const listOfNumbers = z.array(z.number().nullable())
const quantisedNumbers = z.strictObject({ q16: z.string(), step: z.number() })

const ascendingNumbers = z.strictObject({ up32: z.string(), length: z.int().min(0).max(1_000_000) })
const placeOfSame = z.strictObject({ same: z.int().min(0) })

/** @param before  arrays that were written out, in their order: grows */
function typedArrays(value: unknown, before: object[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  const packed = quantisedNumbers.safeParse(value)
  if (packed.success) return fromQuantised(packed.data)
  const sorted = ascendingNumbers.safeParse(value)
  if (sorted.success) return unpackAscending(sorted.data)
  const place = placeOfSame.safeParse(value)
  if (place.success) return before[place.data.same]
  const names = Object.keys(value)
  const type = names.length === 1 ? arrayTypes[names[0] as keyof typeof arrayTypes] : undefined
  const list = type && listOfNumbers.safeParse(Object.values(value)[0])
  if (!type || !list?.success) return value
  const array = type.from(list.data.map((entry) => entry ?? NaN))
  before.push(array)
  return array
}

/**
 * @param what  "fit"
 * @throws AppError 'data/corrupt'
 */
export function parseRecorded(text: string, what: string): unknown {
  try {
    const before: object[] = []
    return JSON.parse(text, (_, entry: unknown) => typedArrays(entry, before))
  } catch {
    throw new AppError('data/corrupt', `The recorded ${what} is not JSON. Reload the page.`)
  }
}

/** @throws AppError 'data/corrupt' naming what is wrong */
export function checkedRecord<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = checkedBy(schema, value)
  if (result.success) return result.data
  throw new AppError(
    'data/corrupt',
    `The recorded ${what} is not as expected: ${describeIssues(result.error.issues)}. Reload the page.`,
  )
}
