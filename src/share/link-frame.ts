import { crc32 } from '../numerics/crc32.ts'

/**
 * The frame of a link is the same in every version, so that a newer link is still recognised:
 * `v=<version>&k=<CRC-32>.<length>&<content>`, where checksum and length are those of `v=<version>&<content>`.
 * The checksum stands in front so that a link cut off at its end can still say how much is missing.
 */
export function writeFrame(version: number, content: string): string {
  const checked = `v=${version}&${content}`
  return `v=${version}&k=${crc32(checked)}.${checked.length}&${content}`
}

export interface Frame {
  /** The checksum agrees. */
  intact: boolean
  /** Agrees only after undoing what a mail or chat client did. */
  repaired: boolean
  /** Undefined where no version can be read. */
  version: number | undefined
  /** All pairs but `v` and `k`, as found. */
  pairs: [key: string, value: string][]
  /** Characters found and characters the link says it had; undefined where its `k` cannot be read. */
  found: number
  expected: number | undefined
}

/**
 * Written by hand: nothing in it needs a checksum, because nothing is packed and no character is one that a link cannot
 * hold. A wrong or cut checksum is none of this.
 */
export function isHandWritten(text: string): boolean {
  return /^[A-Za-z0-9._=&-]+$/.test(text) && !/(?:^|&)[ks](?:=|&|$)/.test(text)
}

const checksumPattern = /&k=([0-9a-f]{8})\.(\d{1,5})(?=&|[^0-9]|$)/

function splitPairs(text: string): [string, string][] {
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=')
      return equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)]
    })
}

function readOnce(text: string): Frame {
  const match = checksumPattern.exec(text)
  const without = match ? text.slice(0, match.index) + text.slice(match.index + match[0].length) : text
  const expected = match ? Number(match[2]) : undefined
  // Whatever a client put behind the link (a full stop, a bracket, a tracking tag) is beyond its length.
  const checked = without.slice(0, expected)
  const version = /^v=(\d{1,6})(?=&|$)/.exec(checked)
  return {
    intact: match !== null && version !== null && checked.length === expected && crc32(checked) === match[1],
    repaired: checked !== without,
    version: version ? Number(version[1]) : undefined,
    pairs: splitPairs(checked).filter(([key]) => key !== 'v' && key !== 'k'),
    found: without.length,
    expected,
  }
}

function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes)
    } catch {
      return escapes // half a character of a cut link; the checksum will judge
    }
  })
}

/** What editors make of two hyphens, or of one. */
const longDash = /[\u2013\u2014\u2015]/g
const hyphens = /[\u2010-\u2012\u2212]/g
/** A link has no other characters. */
const foreign = /[^A-Za-z0-9._=&-]+/g

/** The text without what a link cannot hold: marks of quoted mail, invisible characters, backslashes, a router's slash. */
function* purged(text: string): Generator<string> {
  const plain = text.replace(hyphens, '-')
  // Quoted-printable: an equals sign is written =3D, a line is broken by one at its end.
  for (const reading of [plain, plain.replace(/=[ \t]*\r?\n/g, '').replaceAll('=3D', '=')]) {
    yield reading.replace(longDash, '--').replace(foreign, '')
    yield reading.replace(longDash, '-').replace(foreign, '')
  }
}

/** Where the `#` itself was escaped, the caller could not see it. */
function afterHash(text: string): string {
  return text.startsWith('v=') ? text : text.slice(text.indexOf('#') + 1)
}

/** The text as it may have been before it travelled, likelier ones first; a link itself has no %, +, blank or `&amp;`. */
function* readings(text: string): Generator<string> {
  let decoded = text
  for (let pass = 0; pass < 4; pass++) {
    const ampersands = afterHash(decoded).replace(/&(?:amp;)+/g, '&')
    yield ampersands
    if (/\s/.test(ampersands)) {
      yield ampersands.replace(/\s+/g, '')
      // replaceAll takes a quadratic way where there are hundreds of thousands.
      yield ampersands.split(' ').join('+')
    }
    yield* purged(ampersands)
    const next = percentDecoded(decoded)
    if (next === decoded) return
    decoded = next
  }
}

/** @param text  what stands after the `#` */
export function readFrame(text: string): Frame {
  let best: Frame | undefined
  for (const reading of readings(text)) {
    const frame = readOnce(reading)
    if (frame.intact) return { ...frame, repaired: frame.repaired || reading !== text }
    // Of damaged readings the first with a legible version serves for what can still be shown.
    if (!best || (best.version === undefined && frame.version !== undefined)) best = frame
  }
  return best ?? readOnce(text)
}
