import { AppError } from '../errors.ts'
import { toBase64Url } from './base64url.ts'
import { deflateText } from './deflate.ts'
import { flatFields, writeFlat } from './flat-keys.ts'
import { writeFrame } from './link-frame.ts'
import type { Intent } from './schema.ts'
import { linkVersion, setupSchema } from './schema.ts'
import { defaultIntent } from './default-intent.ts'

/** SHA-256 of the dataset's manifest and of the model's card, or the first digits of it, in hex. */
export interface LinkHashes {
  dataHash?: string
  modelHash?: string
}

/** 48 bits tell versions of one dataset apart; they are no protection against a forger. */
const hashDigits = 12

function shortHash(hash: string): string {
  const short = hash.toLowerCase().slice(0, hashDigits)
  if (/^[0-9a-f]{12}$/.test(short)) return short
  throw new AppError('input/invalid', `A content hash in a link needs at least 12 hex digits, got "${hash}".`)
}

function differences(value: object, defaults: object): Record<string, unknown> {
  const reference = new Map<string, unknown>(Object.entries(defaults))
  return Object.fromEntries(
    Object.entries(value).filter(
      ([key, item]) => JSON.stringify(item) !== JSON.stringify(reference.get(key)),
    ),
  )
}

/** What the packed part holds: fields without a readable key that differ from their defaults. */
function packedState(intent: Intent): Record<string, unknown> {
  const changed = differences(intent, defaultIntent)
  for (const field of flatFields) delete changed[field]
  if (changed.training) changed.training = differences(intent.training, defaultIntent.training)
  if (changed.fit) changed.fit = differences(intent.fit, defaultIntent.fit)
  if (intent.setup) changed.setup = differences(intent.setup, setupSchema.parse({}))
  return changed
}

/**
 * The link of an intent: `#v=1&k=…&view=…&data=…&model=…`, see docs/links.md. Equal intents give equal links in
 * one browser; the packed bytes may differ between browsers, whose deflate need not agree.
 * All characters are from `A-Z a-z 0-9 . _ = & -`, so nothing on the way needs to escape any.
 * @throws AppError 'input/invalid' if a hash is not hex
 */
export async function encodeLink(intent: Intent, hashes: LinkHashes = {}): Promise<string> {
  const pairs = writeFlat(intent)
  if (hashes.dataHash !== undefined) pairs.push(['dh', shortHash(hashes.dataHash)])
  if (hashes.modelHash !== undefined) pairs.push(['mh', shortHash(hashes.modelHash)])
  const state = packedState(intent)
  if (Object.keys(state).length > 0) pairs.push(['s', toBase64Url(await deflateText(JSON.stringify(state)))])
  return `#${writeFrame(linkVersion, pairs.map((pair) => pair.join('=')).join('&'))}`
}
