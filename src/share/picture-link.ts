import { AppError } from '../errors.ts'
import { crc32OfBytes } from '../numerics/crc32.ts'

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const keyword = 'Comment'
/** What is read of a picture: a link is at most 32,000 characters, its neighbours are short. */
const largestTextBytes = 64 * 1024

/**
 * Puts text into a PNG, as a tEXt chunk before its end: viewers show it as the picture's comment.
 * Source: PNG specification (W3C, third edition), sections 5.3 and 11.3.3.2.
 *
 * @param text  Latin-1; other characters become "?"
 * @throws AppError 'data/corrupt' for bytes that are no PNG
 */
export function withPngComment(png: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  const end = [...chunksOf(png)].find(({ type }) => type === 'IEND')
  if (!end) throw notPng(png.length)
  const payload = latin1(`tEXt${keyword}\0${text}`)
  const chunk = new Uint8Array(payload.length + 8)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, payload.length - 4)
  chunk.set(payload, 4)
  view.setUint32(payload.length + 4, crc32OfBytes(payload))
  const out = new Uint8Array(png.length + chunk.length)
  out.set(png.subarray(0, end.at))
  out.set(chunk, end.at)
  out.set(png.subarray(end.at), end.at + chunk.length)
  return out
}

/** What may stand before the first tag of an SVG: declarations and comments, of which one holds the link. */
const beforeSvg = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<!DOCTYPE', '>'],
] as const

/** Whether a file, judged by its content, is a PNG or an SVG. */
export function isPicture(bytes: Uint8Array): boolean {
  return isPng(bytes) || isSvg(new TextDecoder().decode(bytes.subarray(0, largestTextBytes)))
}

function isSvg(text: string): boolean {
  for (let at = 0; ;) {
    while (at < text.length && /\s/.test(text[at])) at++
    const part = beforeSvg.find(([begin]) => text.startsWith(begin, at))
    if (!part) return text.startsWith('<svg', at)
    const end = text.indexOf(part[1], at)
    if (end < 0) return false
    at = end + part[1].length
  }
}

function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, i) => bytes[i] === byte)
}

/**
 * The analysis that an exported figure or table was made from: the part of its link from "#" on, or null where it
 * carries none. What it says is checked as any link is.
 *
 * @throws AppError 'data/corrupt' for a PNG that is not complete
 */
export function linkInPicture(bytes: Uint8Array): string | null {
  const text = isPng(bytes)
    ? pngComment(bytes)
    : new TextDecoder().decode(bytes.subarray(0, largestTextBytes))
  const line = /^(?:# )?link: (.*)$/m.exec(text)?.[1] ?? ''
  // An SVG comment has its double dashes parted (partedDashes).
  const address =
    line
      .replaceAll(/- (?=-)/g, '-')
      .split(/\s/)
      .at(-1) ?? ''
  const hash = address.indexOf('#')
  return hash >= 0 && hash < address.length - 1 ? address.slice(hash) : null
}

/** Two dashes may not stand together inside an XML comment. */
export function partedDashes(text: string): string {
  return text.replaceAll(/-(?=-)/g, '- ')
}

function pngComment(png: Uint8Array): string {
  for (const { type, data } of chunksOf(png)) {
    if (type !== 'tEXt' || data.length > largestTextBytes) continue
    const text = Array.from(data, (byte) => String.fromCharCode(byte)).join('')
    if (text.startsWith(`${keyword}\0`)) return text.slice(keyword.length + 1)
  }
  return ''
}

function* chunksOf(png: Uint8Array): Generator<{ type: string; data: Uint8Array; at: number }> {
  if (!isPng(png)) throw notPng(png.length)
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  for (let at = signature.length; at + 12 <= png.length;) {
    const length = view.getUint32(at)
    if (at + 12 + length > png.length) throw notPng(png.length)
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8))
    yield { type, data: png.subarray(at + 8, at + 8 + length), at }
    at += 12 + length
  }
}

function notPng(bytes: number): AppError {
  return new AppError(
    'data/corrupt',
    `A picture of ${bytes} bytes is no complete PNG. Export it again, or drop the original file.`,
  )
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0)
    return code < 256 ? code : 0x3f
  })
}
