import { AppError } from '../../errors.ts'
import { azimuthCode, etaCode, momentumCode } from './event-codes.ts'
import { emptySampleEvents, sampleObjects, type SampleEvents } from './sample-events.ts'

const headBytes = 8
const mostObjects = 255

/**
 * Events as bytes: numbers of events and objects (4 bytes each, little-endian); of each event its number of objects, its
 * part, weight (float32), MET and its azimuth; of each object its type (4 bits), pT, η, φ (16 bits). What belongs together
 * lies together, high bytes before low ones, as that shrinks best.
 */
export function packEvents(events: SampleEvents): Uint8Array<ArrayBuffer> {
  const { events: n, first, weight, part, met, metPhi, types, pt, eta, phi } = events
  const m = first[n]
  const out = new Uint8Array(packedBytes(n, m))
  const view = new DataView(out.buffer)
  view.setUint32(0, n, true)
  view.setUint32(4, m, true)
  let at = headBytes
  for (let i = 0; i < n; i++) out[at++] = Math.min(mostObjects, first[i + 1] - first[i])
  out.set(part, at)
  at += n
  const weights = new DataView(new ArrayBuffer(4 * n))
  weight.forEach((value, i) => weights.setFloat32(4 * i, value))
  at = putPlanes(out, at, new Uint8Array(weights.buffer), 4)
  at = putCodes(out, at, met, momentumCode.of)
  at = putCodes(out, at, metPhi, azimuthCode.of)
  for (let k = 0; k < m; k++) out[at + (k >> 1)] |= types[k] << (4 * (k & 1))
  at += (m + 1) >> 1
  at = putCodes(out, at, pt, momentumCode.of)
  at = putCodes(out, at, eta, etaCode.of)
  putCodes(out, at, phi, azimuthCode.of)
  return out
}

/**
 * The events that packEvents has packed.
 *
 * @throws AppError 'data/corrupt' for anything else
 */
export function unpackEvents(bytes: Uint8Array): SampleEvents {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < headBytes) throw corrupt(`${bytes.length} bytes, its head alone has ${headBytes}`)
  const n = view.getUint32(0, true)
  const m = view.getUint32(4, true)
  if (bytes.length !== packedBytes(n, m))
    throw corrupt(`${bytes.length} bytes, ${n} events with ${m} objects have ${packedBytes(n, m)}`)
  const events = emptySampleEvents(n, m)
  let at = headBytes
  for (let i = 0; i < n; i++) events.first[i + 1] = events.first[i] + bytes[at++]
  if (events.first[n] !== m) throw corrupt(`${m} objects, its events have ${events.first[n]}`)
  events.part.set(bytes.subarray(at, at + n))
  at += n
  const weights = new DataView(new ArrayBuffer(4 * n))
  at = takePlanes(bytes, at, new Uint8Array(weights.buffer), 4)
  for (let i = 0; i < n; i++) events.weight[i] = weights.getFloat32(4 * i)
  at = takeCodes(bytes, at, events.met, momentumCode.value)
  at = takeCodes(bytes, at, events.metPhi, azimuthCode.value)
  for (let k = 0; k < m; k++) events.types[k] = (bytes[at + (k >> 1)] >> (4 * (k & 1))) & 15
  const unknown = events.types.find((type) => type >= sampleObjects.length)
  if (unknown !== undefined) throw corrupt(`an object of type ${unknown}, there are ${sampleObjects.length}`)
  at += (m + 1) >> 1
  at = takeCodes(bytes, at, events.pt, momentumCode.value)
  at = takeCodes(bytes, at, events.eta, etaCode.value)
  takeCodes(bytes, at, events.phi, azimuthCode.value)
  return events
}

const packedBytes = (n: number, m: number): number => headBytes + 10 * n + ((m + 1) >> 1) + 6 * m

const corrupt = (what: string): AppError =>
  new AppError('data/corrupt', `A block of events has ${what}. Fetch the file again.`)

function putCodes(
  out: Uint8Array,
  at: number,
  values: Float32Array,
  code: (value: number) => number,
): number {
  values.forEach((value, i) => {
    const own = code(value)
    out[at + i] = own >> 8
    out[at + values.length + i] = own & 255
  })
  return at + 2 * values.length
}

function takeCodes(
  bytes: Uint8Array,
  at: number,
  out: Float32Array,
  value: (code: number) => number,
): number {
  for (let i = 0; i < out.length; i++) out[i] = value((bytes[at + i] << 8) | bytes[at + out.length + i])
  return at + 2 * out.length
}

/** Byte k of all words, then byte k + 1. */
function putPlanes(out: Uint8Array, at: number, words: Uint8Array, width: number): number {
  const count = words.length / width
  for (let i = 0; i < count; i++)
    for (let k = 0; k < width; k++) out[at + k * count + i] = words[width * i + k]
  return at + words.length
}

function takePlanes(bytes: Uint8Array, at: number, words: Uint8Array, width: number): number {
  const count = words.length / width
  for (let i = 0; i < count; i++)
    for (let k = 0; k < width; k++) words[width * i + k] = bytes[at + k * count + i]
  return at + words.length
}
