import * as z from 'zod'
import { AppError, checkedBy } from '../../errors.ts'
import { readNumber } from '../../numerics/read-number.ts'

z.config({ jitless: true })

const number = z.preprocess(
  (text) => (typeof text === 'string' ? (readNumber(text) ?? NaN) : text),
  z.number(),
)
const numbers = z.array(number)
const largestText = 1 << 20
const longestKey = 80

const infoSchema = z.object({
  SetDesc: z.string().optional(),
  SetIndex: number.pipe(z.int()).optional(),
  Reference: z.string().optional(),
  NumMembers: number.pipe(z.int().positive()).optional(),
  Particle: number.pipe(z.int()).optional(),
  Flavors: numbers.optional(),
  OrderQCD: number.pipe(z.int()).optional(),
  XMin: number.optional(),
  XMax: number.optional(),
  QMin: number.optional(),
  QMax: number.optional(),
  ErrorType: z.string().optional(),
  ErrorConfLevel: number.optional(),
  MZ: z.coerce.number().positive().optional(),
  MCharm: number.optional(),
  MBottom: number.optional(),
  ThresholdCharm: number.optional(),
  ThresholdBottom: number.optional(),
  AlphaS_MZ: z.coerce.number().positive().optional(),
  AlphaS_OrderQCD: z.coerce.number().int().nonnegative().optional(),
  AlphaS_Qs: numbers.optional(),
  AlphaS_Vals: numbers.optional(),
})

/** What the app uses of SET.info, under LHAPDF's own names. Q in GeV. */
export type LhaInfo = z.infer<typeof infoSchema>

/**
 * Reads the .info file of an LHAPDF6 set. It is YAML, of which sets use `Key: scalar`, `Key: [list]` over one or
 * more lines, quoted or folded text, and `- item` lists; that much is read, and keys the app has no use for are passed by.
 *
 * @param name  what the messages call the file
 * @throws      AppError 'data/corrupt' naming key, line and value
 */
export function parseLhaInfo(text: string, name: string): LhaInfo {
  if (text.length > largestText)
    throw new AppError(
      'data/unsupported',
      `${name} has ${text.length} characters, .info files of at most ${largestText} are read. Choose SET.info of the set.`,
    )
  const entries = splitEntries(text)
  if (entries.size === 0)
    throw new AppError(
      'data/corrupt',
      `${name}, line 1: no "Key: value" line found, so this is not an LHAPDF .info file (it begins "${text.trim().slice(0, 40)}"). Choose SET.info of the same set.`,
    )
  const raw: Record<string, string | string[]> = {}
  for (const key of Object.keys(infoSchema.shape)) {
    const entry = entries.get(key)
    if (entry && entry.text !== '') raw[key] = readValue(entry.text)
  }
  const parsed = checkedBy(infoSchema, raw)
  if (!parsed.success) {
    const key = String(parsed.error.issues[0].path[0])
    const entry = entries.get(key)
    throw new AppError(
      'data/corrupt',
      `${name}, line ${entry?.line}: ${key} cannot be "${entry?.text.slice(0, 60)}" (${parsed.error.issues[0].message}). Get an undamaged copy of the set.`,
    )
  }
  const { AlphaS_Qs: qs, AlphaS_Vals: vals } = parsed.data
  if ((qs?.length ?? 0) !== (vals?.length ?? 0))
    throw new AppError(
      'data/corrupt',
      `${name}, line ${entries.get('AlphaS_Vals')?.line ?? entries.get('AlphaS_Qs')?.line}: AlphaS_Qs has ${qs?.length ?? 0} entries and AlphaS_Vals ${vals?.length ?? 0}; they must pair up. Get an undamaged copy of the set.`,
    )
  return parsed.data
}

interface Entry {
  line: number
  text: string
}

/** A key begins in column one; everything up to the next key belongs to it. */
function splitEntries(text: string): Map<string, Entry> {
  let current: { line: number; parts: string[] } | undefined
  const open = new Map<string, { line: number; parts: string[] }>()
  text.split('\n').forEach((raw, index) => {
    const line = raw.replace(/^\uFEFF/, '').trimEnd()
    const said = line.trimStart()
    if (said === '' || said.startsWith('#') || line === '---') return
    const colon = line.indexOf(':')
    const key = line.slice(0, Math.max(0, colon)).trimEnd()
    const value = line.slice(colon + 1)
    if (key.length <= longestKey && /^[A-Za-z_][\w-]*$/.test(key) && (value === '' || /^\s/.test(value))) {
      current = { line: index + 1, parts: [value.trimStart()] }
      open.set(key, current)
    } else current?.parts.push(said)
  })
  return new Map([...open].map(([key, { line, parts }]) => [key, { line, text: parts.join(' ').trim() }]))
}

function readValue(text: string): string | string[] {
  if (text.startsWith('[')) {
    const end = closingAt(text, ']')
    return text
      .slice(1, end < 0 ? undefined : end)
      .split(',')
      .map((item) => unquote(item.trim()))
      .filter((item) => item !== '')
  }
  if (text.startsWith('- '))
    return text
      .slice(2)
      .split(/\s-\s/)
      .map((item) => unquote(item.trim()))
  return unquote(text.replace(/^[|>][+-]?\s+/, ''))
}

function unquote(text: string): string {
  if (text[0] === '"' || text[0] === "'") {
    const end = closingAt(text, text[0])
    if (end > 0) return text.slice(1, end)
  }
  // A # after white space begins a comment.
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1))
    if (at > 0 && /\s/.test(text[at - 1])) return text.slice(0, at).trimEnd()
  return text
}

/** Place of the first mark behind the first character that nothing but blanks and a comment follow; -1 for none. */
function closingAt(text: string, mark: string): number {
  for (let at = text.indexOf(mark, 1); at >= 0; at = text.indexOf(mark, at + 1)) {
    let next = at + 1
    while (next < text.length && /\s/.test(text[next])) next++
    if (next === text.length || text[next] === '#') return at
  }
  return -1
}
