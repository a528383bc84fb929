import { AppError } from '../errors.ts'

/** One event of a Les Houches file (hep-ph/0609017), particles as structure of arrays. */
export interface LheEvent {
  ids: Int32Array // [particles] PDG
  status: Int32Array // [particles] 1 = final
  momenta: Float64Array // [particles, 4] (E, px, py, pz) in GeV
  /** XWGTUP */
  weight: number
  /** Values of the weights that the file names, in the order of `LheReader.weightNames`. */
  weights: Float64Array
}

/** What the <init> block says of the weights. */
export interface LheInit {
  /** IDWTUP: +-3 promises unit weights of a known total, the others weights whose mean is the cross-section. */
  weightStrategy: number
  /** Sum of XSECUP over the processes [pb]. */
  crossSectionPb: number
}

export interface LheReader {
  /** Names of the weights beside XWGTUP; known after the first event. */
  readonly weightNames: readonly string[]
  /** null where the file has no readable <init> block before its first event. */
  readonly init: LheInit | null
  /** Takes the next piece of the file, cut anywhere, and returns the events completed by it. */
  push(text: string): LheEvent[]
  /** @throws AppError 'data/corrupt' if the file is not complete */
  finish(): void
}

const maxEventLength = 4 * 1024 * 1024
const maxHeaderLength = 64 * 1024 * 1024
const maxParticles = 1000

/**
 * Reads a Les Houches event file piece by piece, so that files larger than memory can be streamed. Weights in <rwgt>
 * (named <wgt id=...>) and in <weights> (a row of numbers) are kept.
 *
 * @param name  of the file, for messages
 */
export function createLheReader(name: string): LheReader {
  let buffer = ''
  let started = false
  let ended = false
  let count = 0
  let weightNames: string[] | undefined
  let init: LheInit | null = null

  function corrupt(what: string, cure = 'Save or download the file again.'): AppError {
    return new AppError('data/corrupt', `${name}: ${what}. ${cure}`, { file: name, event: count + 1 })
  }

  function start(): boolean {
    const open = buffer.indexOf('<LesHouchesEvents')
    if (open < 0) {
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
    started = true
    buffer = buffer.slice(open)
    return true
  }

  return {
    get weightNames() {
      return weightNames ?? []
    },
    get init() {
      return init
    },
    push(text) {
      buffer += text
      const events: LheEvent[] = []
      if (!started && !start()) return events
      if (count === 0) init ??= parseInit(buffer)
      let from = 0
      while (!ended) {
        const open = findTag(buffer, '<event', from)
        const close = buffer.indexOf('</LesHouchesEvents>', from)
        if (close >= 0 && (open < 0 || close < open)) {
          ended = true
          break
        }
        if (open < 0) {
          if (buffer.length - from > maxHeaderLength)
            throw corrupt(`${maxHeaderLength} characters without an <event>`)
          break
        }
        const end = buffer.indexOf('</event>', open)
        const next = findTag(buffer, '<event', open + 6)
        if (next >= 0 && (end < 0 || next < end))
          throw corrupt(`event ${count + 1} has no closing </event> before the next one begins`)
        const last = buffer.indexOf('</LesHouchesEvents>', open)
        if (last >= 0 && (end < 0 || last < end)) throw corrupt(`event ${count + 1} has no closing </event>`)
        if (end < 0) {
          if (buffer.length - open > maxEventLength)
            throw corrupt(`event ${count + 1} is longer than ${maxEventLength} characters without </event>`)
          from = open
          break
        }
        const body = buffer.slice(buffer.indexOf('>', open) + 1, end)
        const { event, names } = parseEvent(body, count + 1, corrupt)
        if (!weightNames) weightNames = names
        event.weights = alignWeights(event.weights, names, weightNames, count + 1, corrupt)
        events.push(event)
        count += 1
        from = end + 8
      }
      buffer = ended ? '' : keepTail(buffer, from)
      return events
    },
    finish() {
      if (!started)
        throw corrupt('there is no <LesHouchesEvents> tag', 'Choose a Les Houches event file (.lhe).')
      if (ended) return
      if (findTag(buffer, '<event', 0) >= 0)
        throw corrupt(`the file ends inside event ${count + 1}, ${count} events are complete`)
      throw corrupt(`the closing </LesHouchesEvents> is missing after event ${count}, so events may be lost`)
    },
  }
}

/** Position of `<event` that is a whole tag name, not `<eventgroup`. */
function findTag(text: string, tag: string, from: number): number {
  for (let at = text.indexOf(tag, from); at >= 0; at = text.indexOf(tag, at + 1))
    if (at + tag.length >= text.length || /[\s>]/.test(text[at + tag.length])) return at
  return -1
}

/** Text that may hold the start of the next tag. */
function keepTail(text: string, from: number): string {
  const open = findTag(text, '<event', from)
  if (open >= 0) return text.slice(open)
  // Before the first event the header may be long; only an open <init> block or a tag that was cut matters.
  const init = findTag(text, '<init', from)
  if (init >= 0 && !text.includes('</init>', init)) return text.slice(init)
  return text.slice(Math.max(from, text.length - 32))
}

/** The block of hep-ph/0109068: a line of ten numbers that ends in IDWTUP and NPRUP, then one line per process. */
function parseInit(text: string): LheInit | null {
  const open = findTag(text, '<init', 0)
  const close = open < 0 ? -1 : text.indexOf('</init>', open)
  if (close < 0) return null
  const lines = text
    .slice(text.indexOf('>', open) + 1, close)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('<'))
    .map((line) => line.split(/\s+/).map((token) => Number(token.replace(/[dD]/, 'e'))))
  const [beams, ...processes] = lines
  if (beams?.length !== 10 || !beams.every(Number.isFinite)) return null
  const listed = processes.slice(0, beams[9])
  if (listed.length !== beams[9] || listed.some(([sigma]) => !Number.isFinite(sigma))) return null
  return { weightStrategy: beams[8], crossSectionPb: listed.reduce((sum, [sigma]) => sum + sigma, 0) }
}

type Corrupt = (what: string, cure?: string) => AppError

function parseEvent(body: string, number: number, corrupt: Corrupt): { event: LheEvent; names: string[] } {
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
  for (let p = 0; p < particles; p++) {
    const fields = numbers(lines[p + 1], `event ${number}, particle ${p + 1}`, 13, corrupt)
    ids[p] = fields[0]
    status[p] = fields[1]
    momenta[4 * p] = fields[9]
    for (let k = 0; k < 3; k++) momenta[4 * p + 1 + k] = fields[6 + k]
  }
  const { names, weights } = parseWeights(body, number, corrupt)
  return { event: { ids, status, momenta, weight: head[2], weights }, names }
}

function numbers(line: string, where: string, count: number, corrupt: Corrupt): number[] {
  const tokens = line.split(/\s+/)
  if (tokens.length !== count) throw corrupt(`${where} has ${tokens.length} numbers, needs ${count}`)
  return tokens.map((token, k) => {
    // Fortran writes exponents with d.
    const value = Number(token.replace(/[dD]/, 'e'))
    if (!Number.isFinite(value)) throw corrupt(`${where}: "${token}" in column ${k + 1} is no finite number`)
    return value
  })
}

function parseWeights(
  body: string,
  number: number,
  corrupt: Corrupt,
): { names: string[]; weights: Float64Array } {
  const names: string[] = []
  const values: number[] = []
  const read = (text: string, label: string) => {
    const value = Number(text.trim().replace(/[dD]/, 'e'))
    if (text.trim() === '' || !Number.isFinite(value))
      throw corrupt(`event ${number}: the weight ${label} is "${text.trim()}", must be a finite number`)
    names.push(label)
    values.push(value)
  }
  for (const [, quoted, text] of body.matchAll(/<wgt\s+id\s*=\s*["']([^"']*)["'][^>]*>([^<]*)<\/wgt>/g))
    read(text, quoted.trim())
  const opened = body.match(/<wgt[\s>]/g)?.length ?? 0
  if (opened !== names.length)
    throw corrupt(`event ${number} opens ${opened} <wgt> tags, only ${names.length} are complete`)
  const row = /<weights>([^<]*)<\/weights>/.exec(body)
  if (row)
    row[1]
      .trim()
      .split(/\s+/)
      .forEach((text, k) => read(text, `weight ${k + 1}`))
  return { names, weights: Float64Array.from(values) }
}

/** Weights in the order of the first event. */
function alignWeights(
  weights: Float64Array,
  names: string[],
  expected: string[],
  number: number,
  corrupt: Corrupt,
): Float64Array {
  if (names.length === expected.length && names.every((name, k) => name === expected[k])) return weights
  const lacking = expected.filter((name) => !names.includes(name))
  if (lacking.length > 0 || names.length !== expected.length)
    throw corrupt(
      `event ${number} has ${names.length} named weights, the first event has ${expected.length}${lacking.length > 0 ? `; missing: ${lacking.slice(0, 5).join(', ')}` : ''}`,
      'Reweight all events of the file.',
    )
  return Float64Array.from(expected, (name) => weights[names.indexOf(name)])
}
