import { AppError } from '../errors.ts'
import { fromBase64Url } from './base64url.ts'
import { inflateText } from './deflate.ts'
import type { LinkHashes } from './encode-link.ts'
import { readFlat } from './flat-keys.ts'
import type { Frame } from './link-frame.ts'
import { readFrame } from './link-frame.ts'
import type { LinkNote } from './link-notes.ts'
import { cappedNotes, quoted } from './link-notes.ts'
import type { LinkDocument } from './migrations.ts'
import { migrate } from './migrations.ts'
import { repairIntent } from './repair-intent.ts'
import type { Intent } from './schema.ts'
import { linkVersion } from './schema.ts'
import { defaultIntent } from './default-intent.ts'
import { parseUntrustedObject } from './untrusted-json.ts'

/** Longer texts are refused unread; the largest selection makes links of about 5,000 characters. */
export const linkLengthCap = 32_000
/** The packed part may unpack to this many bytes. */
export const inflatedCap = 256 * 1024

export type DecodedLink =
  | { ok: true; intent: Intent; notes: LinkNote[]; hashes: LinkHashes }
  /** `partial` is what the readable keys alone say: to be offered, not applied. */
  | { ok: false; error: AppError; partial?: Intent }

function refuse(error: AppError, frame?: Frame): DecodedLink {
  if (!frame) return { ok: false, error }
  const { fields, known } = readFlat(frame.pairs)
  return known.length > 0 ? { ok: false, error, partial: repairIntent(fields).intent } : { ok: false, error }
}

function damaged(frame: Frame): DecodedLink {
  const { found, expected } = frame
  if (expected === undefined)
    return refuse(
      new AppError(
        'share/invalid',
        `The link is incomplete or damaged: its version or checksum cannot be read (${found} characters). Copy it again from its source.`,
        { found },
      ),
      frame,
    )
  const cut = found < expected
  const message = cut
    ? `The link is incomplete or damaged: ${found} of ${expected} characters arrived. Copy the whole link from its source.`
    : `The link is incomplete or damaged: its ${expected} characters do not match their checksum. Copy it again from its source.`
  // The last value of a cut link may itself be cut, and 0.0123 must not be read as 0.01.
  const pairs = cut ? frame.pairs.slice(0, -1) : frame.pairs
  return refuse(new AppError('share/invalid', message, { found, expected }), { ...frame, pairs })
}

function tooNew(frame: Frame, version: number): DecodedLink {
  const { known } = readFlat(frame.pairs)
  const kept = known.length > 0 ? `Readable here: ${known.join(', ')}.` : 'Nothing in it can be read here.'
  return refuse(
    new AppError(
      'share/too-new',
      `The link was made by a newer version of the app: it has format ${version}, this app reads up to ${linkVersion}. ${kept} Reload the page or open the link in the latest version.`,
      { version, linkVersion, kept: known },
    ),
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

async function decodeIntact(frame: Frame, version: number): Promise<DecodedLink> {
  const notes: LinkNote[] = []
  if (frame.repaired)
    notes.push({
      kind: 'repaired',
      path: '',
      message: 'The link was altered on its way; it could be restored.',
    })
  const { document: found, hashes } = await takeApart(frame, notes)
  const { document, applied } = migrate(found, version)
  for (const step of applied) notes.push({ kind: 'migrated', path: '', message: step.what })
  const { fields, unknown } = readFlat(document.pairs)
  for (const key of unknown) {
    const message = `${quoted(key)} is not a setting of this app; left out.`
    notes.push({ kind: 'unknown', path: key.slice(0, 80), message })
  }
  const repaired = repairIntent({ ...document.state, ...fields })
  return { ok: true, intent: repaired.intent, notes: cappedNotes([...notes, ...repaired.notes]), hashes }
}

async function decodeChecked(link: string): Promise<DecodedLink> {
  if (link.length > linkLengthCap)
    return refuse(
      new AppError(
        'share/invalid',
        `The link has ${link.length} characters; at most ${linkLengthCap} are read. Ask for the analysis as a file.`,
        { length: link.length, linkLengthCap },
      ),
    )
  const text = link.slice(link.indexOf('#') + 1).trim()
  if (text === '') return { ok: true, intent: defaultIntent, notes: [], hashes: {} }
  const frame = readFrame(text)
  const { version } = frame
  // Without a legible checksum a newer version may have changed the frame after all; with one, the sum decides.
  if (version !== undefined && version > linkVersion && (frame.intact || frame.expected === undefined))
    return tooNew(frame, version)
  if (!frame.intact || version === undefined || version < 1) return damaged(frame)
  try {
    return await decodeIntact(frame, version)
  } catch (cause) {
    if (cause instanceof AppError) return refuse(cause, frame)
    throw cause
  }
}

/**
 * Reads a link that anyone may have written. Never throws: what cannot be opened comes back as an AppError
 * 'share/invalid' or 'share/too-new'.
 * @param link  `location.hash`, or any URL containing it; an empty one is the default intent
 */
export async function decodeLink(link: string): Promise<DecodedLink> {
  try {
    return await decodeChecked(link)
  } catch (cause) {
    const message = `The link cannot be read: ${AppError.from(cause).message}`
    return { ok: false, error: new AppError('share/invalid', message) }
  }
}
