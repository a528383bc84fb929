import { AppError } from '../errors.ts'
import { fromBase64Url } from './base64url.ts'
import { inflateText } from './deflate.ts'
import { placed, readFlat } from './flat-keys.ts'
import type { Frame } from './link-frame.ts'
import { isHandWritten, readFrame } from './link-frame.ts'
import type { LinkNote } from './link-notes.ts'
import { cappedNotes, quoted } from './link-notes.ts'
import type { LinkDocument } from './migrations.ts'
import { migrate } from './migrations.ts'
import { repairIntent } from './repair-intent.ts'
import {
  latestDefaults,
  type LinkDefaults,
  type LinkFields,
  type LinkFormat,
  type LinkHashes,
} from './link-format.ts'
import { linkVersion } from './link-version.ts'
import { parseUntrustedObject } from './untrusted-json.ts'

/** Longer texts are refused unread; the largest selection makes links of about 5,000 characters. */
export const linkLengthCap = 32_000
/** The packed part may unpack to this many bytes. */
export const inflatedCap = 256 * 1024

export type DecodedLink =
  | { ok: true; fields: LinkFields; notes: LinkNote[]; hashes: LinkHashes }
  /** `partial` is what the readable keys alone say: to be offered, not applied. */
  | { ok: false; error: AppError; partial?: LinkFields }

function refuse(error: AppError, format: LinkFormat, frame?: Frame): DecodedLink {
  if (!frame) return { ok: false, error }
  const { fields, known } = readFlat(frame.pairs, format)
  if (known.length === 0) return { ok: false, error }
  // Of what is only offered, the generation that cannot be read matters less than what can.
  const generation = frame.pairs.find(([key]) => key === 'g')?.[1]
  const defaults = format.generations[Number(generation ?? 1) - 1] ?? latestDefaults(format)
  return { ok: false, error, partial: repairIntent(placed(fields), format.schema, defaults).fields }
}

function damaged(frame: Frame, format: LinkFormat): DecodedLink {
  const { found, expected } = frame
  if (expected === undefined)
    return refuse(
      new AppError(
        'share/invalid',
        `The link is incomplete or damaged: its version or checksum cannot be read (${found} characters). Copy it again from its source.`,
        { found },
      ),
      format,
      frame,
    )
  const cut = found < expected
  const message = cut
    ? `The link is incomplete or damaged: ${found} of ${expected} characters arrived. Copy the whole link from its source.`
    : `The link is incomplete or damaged: its ${expected} characters do not match their checksum. Copy it again from its source.`
  // The last value of a cut link may itself be cut, and 0.0123 must not be read as 0.01.
  const pairs = cut ? frame.pairs.slice(0, -1) : frame.pairs
  return refuse(new AppError('share/invalid', message, { found, expected }), format, { ...frame, pairs })
}

function tooNew(frame: Frame, version: number, format: LinkFormat): DecodedLink {
  const { known } = readFlat(frame.pairs, format)
  const kept = known.length > 0 ? `Readable here: ${known.join(', ')}.` : 'Nothing in it can be read here.'
  return refuse(
    new AppError(
      'share/too-new',
      `The link was made by a newer version of the app: it has format ${version}, this app reads up to ${linkVersion}. ${kept} Reload the page or open the link in the latest version.`,
      { version, linkVersion, kept: known },
    ),
    format,
    frame,
  )
}

/** Takes `dh`, `mh` and `s` out of the pairs; a repeated key counts once. */
async function takeApart(
  frame: Frame,
  notes: LinkNote[],
): Promise<{ document: LinkDocument; hashes: LinkHashes }> {
  const hashes: LinkHashes = {}
  const document: LinkDocument = { pairs: [], state: {} }
  const seen = new Set<string>()
  for (const [key, value] of frame.pairs) {
    if (seen.has(key)) {
      const name = quoted(key)
      notes.push({
        kind: 'unknown',
        path: key.slice(0, 80),
        message: `${name} stands twice; the first counts.`,
      })
      continue
    }
    seen.add(key)
    if (key === 's')
      document.state = parseUntrustedObject(await inflateText(fromBase64Url(value), inflatedCap))
    else if ((key === 'dh' || key === 'mh') && /^[0-9a-f]{12,64}$/.test(value))
      hashes[key === 'dh' ? 'dataHash' : 'modelHash'] = value
    else document.pairs.push([key, value])
  }
  return { document, hashes }
}

/** Number of the defaults that a link was made with; what was written by hand without one means the first. */
function generationOf({ pairs }: LinkDocument): number {
  const text = pairs.find(([key]) => key === 'g')?.[1] ?? '1'
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new AppError(
    'share/invalid',
    `The link names the generation ${quoted(text)} of defaults; generations are counted from 1. Copy it again from its source.`,
  )
}

/** @throws AppError 'share/too-new' for defaults that only a newer app knows */
function defaultsOf(generation: number, { generations }: LinkFormat, kept: readonly string[]): LinkDefaults {
  const defaults = generations[generation - 1]
  if (defaults) return defaults
  throw new AppError(
    'share/too-new',
    `The link was made by a newer version of the app: it leaves out defaults of generation ${generation}, this app knows ${generations.length}. Reload the page or open the link in the latest version.`,
    { generation, known: generations.length, kept: [...kept] },
  )
}

async function decodeIntact(frame: Frame, version: number, format: LinkFormat): Promise<DecodedLink> {
  const notes: LinkNote[] = []
  if (frame.repaired)
    notes.push({
      kind: 'repaired',
      path: '',
      message: 'The link was altered on its way; it could be restored.',
    })
  const { document: found, hashes } = await takeApart(frame, notes)
  const { document, applied } = migrate(found, version, format.migrations)
  for (const { what } of applied) if (what !== null) notes.push({ kind: 'migrated', path: '', message: what })
  const generation = generationOf(document)
  const { fields, known, unknown } = readFlat(
    document.pairs.filter(([key]) => key !== 'g'),
    format,
  )
  const defaults = defaultsOf(generation, format, known)
  for (const key of unknown) {
    const message = `${quoted(key)} is not a setting of this app; left out.`
    notes.push({ kind: 'unknown', path: key.slice(0, 80), message })
  }
  const repaired = repairIntent(placed(fields, document.state), format.schema, defaults)
  return { ok: true, fields: repaired.fields, notes: cappedNotes([...notes, ...repaired.notes]), hashes }
}

/**
 * A link that a person wrote: readable keys alone, of the current version unless it names one. Without a checksum, a key
 * that nobody knows is a slip of the pen or damage, and nothing is opened.
 */
async function decodeHandWritten(text: string, frame: Frame, format: LinkFormat): Promise<DecodedLink> {
  const pairs = frame.pairs.filter(([key]) => !['g', 'dh', 'mh'].includes(key))
  const { known, unknown } = readFlat(pairs, format)
  const version = /^v(?:=|&|$)/.test(text) ? frame.version : linkVersion
  if (known.length === 0 || version === undefined || version < 1) return damaged(frame, format)
  if (unknown.length > 0)
    throw new AppError(
      'share/invalid',
      `${quoted(unknown[0])} is not a setting of this app, and the link has no checksum that could tell what it was. Write it as in docs/links.md, or copy the link again from its source.`,
    )
  const decoded = await decodeIntact(frame, version, format)
  if (!decoded.ok) return decoded
  const message = 'The link has no checksum: it was written by hand, or lost a part of itself on its way.'
  return { ...decoded, notes: [{ kind: 'unchecked', path: '', message }, ...decoded.notes] }
}

async function decodeChecked(link: string, format: LinkFormat): Promise<DecodedLink> {
  if (link.length > linkLengthCap)
    return refuse(
      new AppError(
        'share/invalid',
        `The link has ${link.length} characters; at most ${linkLengthCap} are read. Ask for the analysis as a file.`,
        { length: link.length, linkLengthCap },
      ),
      format,
    )
  const text = link.slice(link.indexOf('#') + 1).trim()
  if (text === '') return { ok: true, fields: latestDefaults(format).fields, notes: [], hashes: {} }
  const frame = readFrame(text)
  const { version } = frame
  // Without a legible checksum a newer version may have changed the frame after all; with one, the sum decides.
  if (version !== undefined && version > linkVersion && (frame.intact || frame.expected === undefined))
    return tooNew(frame, version, format)
  try {
    if (!frame.intact && isHandWritten(text)) return await decodeHandWritten(text, frame, format)
    if (!frame.intact || version === undefined || version < 1) return damaged(frame, format)
    return await decodeIntact(frame, version, format)
  } catch (cause) {
    if (cause instanceof AppError) return refuse(cause, format, frame)
    throw cause
  }
}

/**
 * Reads a link that anyone may have written. Never throws: what cannot be opened comes back as an AppError
 * 'share/invalid' or 'share/too-new'.
 * @param link  `location.hash`, or any URL containing it; an empty one is the default intent
 */
export async function decodeLink(link: string, format: LinkFormat): Promise<DecodedLink> {
  try {
    return await decodeChecked(link, format)
  } catch (cause) {
    const message = `The link cannot be read: ${AppError.from(cause).message}`
    return { ok: false, error: new AppError('share/invalid', message) }
  }
}
