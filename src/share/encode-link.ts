import { AppError } from '../errors.ts'
import { toBase64Url } from './base64url.ts'
import { deflateText } from './deflate.ts'
import { flatPaths, writeFlat } from './flat-keys.ts'
import { withoutDefaults } from './link-defaults.ts'
import { writeFrame } from './link-frame.ts'
import { latestDefaults, type LinkFields, type LinkFormat, type LinkHashes } from './link-format.ts'
import { linkVersion } from './link-version.ts'

/** 48 bits tell versions of one dataset apart; they are no protection against a forger. */
const hashDigits = 12

function shortHash(hash: string): string {
  const short = hash.toLowerCase().slice(0, hashDigits)
  if (/^[0-9a-f]{12}$/.test(short)) return short
  throw new AppError('input/invalid', `A content hash in a link needs at least 12 hex digits, got "${hash}".`)
}

/**
 * The link of an intent: `#v=2&k=…&g=…&view=…&data=…&model=…`, see docs/links.md. Equal intents give equal links in
 * one browser; the packed bytes may differ between browsers, whose deflate need not agree.
 * All characters are from `A-Z a-z 0-9 . _ = & -`, so nothing on the way needs to escape any.
 * @throws AppError 'input/invalid' if a hash is not hex
 */
export async function encodeLink(
  fields: LinkFields,
  format: LinkFormat,
  hashes: LinkHashes = {},
): Promise<string> {
  const pairs = writeFlat(fields, format)
  pairs.unshift(['g', String(format.generations.length)])
  if (hashes.dataHash !== undefined) pairs.push(['dh', shortHash(hashes.dataHash)])
  if (hashes.modelHash !== undefined) pairs.push(['mh', shortHash(hashes.modelHash)])
  const state = withoutDefaults(fields, latestDefaults(format), flatPaths(format))
  if (Object.keys(state).length > 0) pairs.push(['s', toBase64Url(await deflateText(JSON.stringify(state)))])
  return `#${writeFrame(linkVersion, pairs.map((pair) => pair.join('=')).join('&'))}`
}
