import { AppError } from '../errors.ts'
import { readNumber } from '../numerics/read-number.ts'
import { readWeights, type Corrupt } from './lhe-weights.ts'

/** One event of a Les Houches file (hep-ph/0609017), particles as structure of arrays. */
export interface LheEvent {
  ids: Int32Array // [particles] PDG
  status: Int32Array // [particles] 1 = final
  momenta: Float64Array // [particles, 4] (E, px, py, pz) in GeV
  /** [particles, 2] places of the mothers, from 1; 0 for none */
  mothers: Int32Array
  /** [particles, 2] tags of colour and anticolour; 0 for none */
  colours: Int32Array
  /** SCALUP [GeV] and AQCDUP; below 0 where the program says nothing */
  scale: number
  alphaS: number
  /** XWGTUP */
  weight: number
  /** Values of the weights that the file names, in the order of `LheReader.weightNames`; NaN where the event has none. */
  weights: Float64Array
  /** Names that the first event has and this one has not. */
  lacking: readonly string[]
  /** Line of its tag in the file, from 1. */
  line: number
}

/** What the <init> block says of the weights. */
export interface LheInit {
  /** IDWTUP: +-3 promises unit weights of a known total, the others weights whose mean is the cross-section. */
  weightStrategy: number
  /** Sum of XSECUP over the processes [pb]. */
  crossSectionPb: number
  /** EBMUP of both beams [GeV]. */
  beamEnergies: readonly [number, number]
}

export interface LheReader {
  /** Names of the weights beside XWGTUP that the first event has. */
  readonly weightNames: readonly string[]
  /** Some of the names that later events have and the first has not: their values are passed over. */
  readonly laterNames: ReadonlySet<string>
  /** null where the file has no readable <init> block before its first event. */
  readonly init: LheInit | null
  /** The text of <header> and <init> before the first event, without comments and character data. */
  readonly header: string
  /** Takes the next piece of the file, cut anywhere, and returns the events completed by it. */
  push(text: string): LheEvent[]
  /**
   * @returns what is missing at the end of the file, in a sentence, or null
   * @throws AppError 'data/corrupt' if it is no file of events
   */
  finish(): string | null
}

const maxEventLength = 4 * 1024 * 1024
const maxHeaderLength = 64 * 1024 * 1024
/** Of the header that is kept: cards of reweighting are shorter. */
const keptHeader = 8 * 1024 * 1024
const maxParticles = 1000
const mostLaterNames = 100
const longestInit = 65_536
/** Longest beginning of a tag that may be cut by the end of a piece. */
const longestTag = 32
/** XSECUP of joined runs of one process agree within their Monte Carlo errors. */
const sameCrossSection = 0.1

/** What a reader of events acts on; the rest of the XML is passed over. */
const tags =
  /<(?:!--|!\[CDATA\[|(?:event|init|LesHouchesEvents)(?=[\s>])|\/(?:event|init|LesHouchesEvents)>)/g

/**
 * Reads a Les Houches event file piece by piece, so that files larger than memory can be streamed; several that were joined to
 * one, too. Weights in <rwgt> (named <wgt id=...>) and in <weights> (a row of numbers) are kept; an event may lack them. What
 * stands in comments and in character data is no tag. Momenta and weights may be NaN or infinite: what uses them judges. Linear in
 * the file.
 *
 * @param name  of the file, for messages
 */
export function createLheReader(name: string): LheReader {
  let buffer = ''
  /** Line of the file that the buffer begins on. */
  let bufferLine = 1
  let documents = 0
  let open = false
  /** What ends the comment or character data that the buffer begins in. */
  let until: string | null = null
  let sinceEvent = 0
  let count = 0
  let weightNames: readonly string[] | undefined
  const laterNames = new Set<string>()
  let init: LheInit | null = null
  let header = ''

  function corrupt(what: string, cure = 'Save or download the file again.'): AppError {
    return new AppError('data/corrupt', `${name}: ${what}. ${cure}`, { file: name, event: count + 1 })
  }

  /** Forgets the first characters of the buffer. */
  function drop(characters: number): void {
    bufferLine += lineEnds(buffer, 0, characters)
    buffer = buffer.slice(characters)
  }

  function begin(): boolean {
    const at = buffer.indexOf('<LesHouchesEvents')
    if (at < 0) {
      if (buffer.startsWith('\u001f'))
        throw new AppError(
          'data/unsupported',
          `${name} is compressed inside. Unpack it first, for example with gunzip.`,
        )
      if (buffer.length > 65_536)
        throw corrupt(
          'the first 64 kB hold no <LesHouchesEvents> tag',
          'Choose a Les Houches event file (.lhe).',
        )
      return false
    }
    drop(at)
    return true
  }

  /** The block of another document must mean the same events. */
  function takeInit(found: LheInit | null): void {
    if (documents < 2 || count === 0) init ??= found
    else if (
      found?.weightStrategy !== init?.weightStrategy ||
      (found && init && !(Math.abs(found.crossSectionPb / init.crossSectionPb - 1) <= sameCrossSection))
    )
      throw corrupt(
        `document ${documents} has IDWTUP ${found?.weightStrategy} and ${found?.crossSectionPb} pb, the first ${init?.weightStrategy} and ${init?.crossSectionPb} pb`,
        'Only runs of the same process can be joined: import them one by one.',
      )
  }

  function takeEvent(body: string, line: number): LheEvent {
    const { event, names } = parseEvent(body, count + 1, line, corrupt)
    weightNames ??= names
    align(event, names, weightNames, laterNames)
    count += 1
    return event
  }

  /** Reads tags from the beginning of the buffer; what is cut stays in it. */
  function read(events: LheEvent[]): void {
    let at = 0
    let [line, lineAt] = [bufferLine, 0]
    const keep = (to: number) => {
      if (count === 0 && header.length < keptHeader) header += buffer.slice(at, to)
      sinceEvent += to - at
      at = to
    }
    for (;;) {
      if (until !== null) {
        const end = buffer.indexOf(until, at)
        sinceEvent += (end < 0 ? buffer.length : end) - at
        at = end < 0 ? Math.max(at, buffer.length - until.length + 1) : end + until.length
        if (end < 0) break
        until = null
      }
      tags.lastIndex = at
      const tag = tags.exec(buffer)
      if (!tag) {
        keep(Math.max(at, buffer.length - longestTag))
        break
      }
      const [said] = tag
      keep(tag.index)
      if (said === '<!--') until = '-->'
      else if (said === '<![CDATA[') until = ']]>'
      else if (said === '<LesHouchesEvents') {
        documents += 1
        open = true
      } else if (said === '</LesHouchesEvents>') open = false
      else if (said === '<init') {
        const end = buffer.indexOf('</init>', at)
        if (end < 0 && buffer.length - at < longestInit) break
        if (end >= 0) takeInit(parseInit(buffer.slice(at, end)))
      } else if (said === '</event>')
        throw corrupt(`a closing </event> stands without its <event> after event ${count}`)
      else if (said === '<event') {
        const end = endOfEvent(at + said.length)
        if (end < 0) break
        line += lineEnds(buffer, lineAt, at)
        lineAt = at
        events.push(takeEvent(buffer.slice(buffer.indexOf('>', at) + 1, end), line))
        sinceEvent = 0
        at = end + '</event>'.length
        continue
      }
      keep(at + said.length)
    }
    if (sinceEvent > maxHeaderLength) throw corrupt(`${maxHeaderLength} characters without an <event>`)
    drop(at)
  }

  /** Place of the closing tag of the event whose body begins there; -1 where it is still to come. */
  function endOfEvent(from: number): number {
    tags.lastIndex = from
    const next = tags.exec(buffer)
    if (next?.[0] === '</event>') return next.index
    if (next?.[0] === '<event')
      throw corrupt(`event ${count + 1} has no closing </event> before the next one begins`)
    if (next) throw corrupt(`event ${count + 1} has no closing </event> before ${next[0]}`)
    if (buffer.length - from > maxEventLength)
      throw corrupt(`event ${count + 1} is longer than ${maxEventLength} characters without </event>`)
    return -1
  }

  return {
    get weightNames() {
      return weightNames ?? []
    },
    laterNames,
    get init() {
      return init
    },
    get header() {
      return header
    },
    push(text) {
      buffer += text
      const events: LheEvent[] = []
      if (documents > 0 || begin()) read(events)
      return events
    },
    finish() {
      if (documents === 0)
        throw corrupt('there is no <LesHouchesEvents> tag', 'Choose a Les Houches event file (.lhe).')
      if (until !== null) throw corrupt(`what opens a comment or character data has no ${until}`)
      if (!open) return null
      return /<event[\s>]/.test(buffer)
        ? `The file ends inside event ${count + 1}: the ${count} whole events before it are read.`
        : `The closing </LesHouchesEvents> is missing after event ${count}: events may be lost.`
    },
  }
}

/** Number of line ends between two positions. */
function lineEnds(text: string, from: number, to: number): number {
  let found = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) found++
  return found
}

/** The block of hep-ph/0109068: a line of ten numbers that ends in IDWTUP and NPRUP, then one line per process. */
function parseInit(block: string): LheInit | null {
  const lines = block
    .slice(block.indexOf('>') + 1)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('<'))
    .map((line) => line.split(/\s+/).map((token) => readNumber(token) ?? NaN))
  const [beams, ...processes] = lines
  if (beams?.length !== 10 || !beams.every(Number.isFinite)) return null
  const listed = processes.slice(0, beams[9])
  if (listed.length !== beams[9] || listed.some(([sigma]) => !Number.isFinite(sigma))) return null
  return {
    weightStrategy: beams[8],
    crossSectionPb: listed.reduce((sum, [sigma]) => sum + sigma, 0),
    beamEnergies: [beams[2], beams[3]],
  }
}

function parseEvent(
  body: string,
  number: number,
  line: number,
  corrupt: Corrupt,
): { event: LheEvent; names: string[] } {
  const tag = body.indexOf('<')
  const lines = (tag < 0 ? body : body.slice(0, tag))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  if (lines.length === 0) throw corrupt(`event ${number} is empty`)
  const head = numbers(lines[0], `event ${number}, first line`, 6, corrupt)
  const particles = head[0]
  if (!Number.isInteger(particles) || particles < 1 || particles > maxParticles)
    throw corrupt(`event ${number} announces ${particles} particles, must be 1 to ${maxParticles}`)
  if (lines.length - 1 !== particles)
    throw corrupt(`event ${number} announces ${particles} particles, ${lines.length - 1} lines follow`)
  const ids = new Int32Array(particles)
  const status = new Int32Array(particles)
  const momenta = new Float64Array(4 * particles)
  const mothers = new Int32Array(2 * particles)
  const colours = new Int32Array(2 * particles)
  for (let p = 0; p < particles; p++) {
    const fields = numbers(lines[p + 1], `event ${number}, particle ${p + 1}`, 13, corrupt)
    if (!Number.isInteger(fields[0]) || !Number.isInteger(fields[1]))
      throw corrupt(
        `event ${number}, particle ${p + 1}: id ${fields[0]} and status ${fields[1]} must be whole`,
      )
    ids[p] = fields[0]
    status[p] = fields[1]
    mothers.set([fields[2], fields[3]], 2 * p)
    colours.set([fields[4], fields[5]], 2 * p)
    momenta[4 * p] = fields[9]
    for (let k = 0; k < 3; k++) momenta[4 * p + 1 + k] = fields[6 + k]
  }
  const { names, weights } = readWeights(body, number, corrupt)
  const [, , weight, scale, , alphaS] = head
  return {
    event: { ids, status, momenta, mothers, colours, scale, alphaS, weight, weights, lacking: [], line },
    names,
  }
}

function numbers(line: string, where: string, count: number, corrupt: Corrupt): number[] {
  const tokens = line.split(/\s+/)
  if (tokens.length !== count) throw corrupt(`${where} has ${tokens.length} numbers, needs ${count}`)
  return tokens.map((token, k) => {
    const value = readNumber(token)
    if (value === undefined)
      throw corrupt(`${where}: "${token.slice(0, 40)}" in column ${k + 1} is no number`)
    return value
  })
}

/** Puts weights in the order of the first event. */
function align(
  event: LheEvent,
  names: readonly string[],
  expected: readonly string[],
  laterNames: Set<string>,
): void {
  if (names.length === expected.length && names.every((name, k) => name === expected[k])) return
  const { weights } = event
  const places = new Map(names.map((name, k) => [name, k]))
  const known = new Set(expected)
  for (const name of names) if (laterNames.size < mostLaterNames && !known.has(name)) laterNames.add(name)
  event.weights = Float64Array.from(expected, (name) => weights[places.get(name) ?? -1] ?? NaN)
  event.lacking = expected.filter((name) => !places.has(name))
}
