import * as z from 'zod'
import { AppError } from '../../errors.ts'

const numbers = z.array(z.coerce.number())

const infoSchema = z.object({
  SetDesc: z.string().optional(),
  SetIndex: z.coerce.number().int().optional(),
  Reference: z.string().optional(),
  NumMembers: z.coerce.number().int().positive().optional(),
  Flavors: numbers.optional(),
  OrderQCD: z.coerce.number().int().optional(),
  XMin: z.coerce.number().optional(),
  XMax: z.coerce.number().optional(),
  QMin: z.coerce.number().optional(),
  QMax: z.coerce.number().optional(),
  ErrorType: z.string().optional(),
  ErrorConfLevel: z.coerce.number().optional(),
  AlphaS_MZ: z.coerce.number().optional(),
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
  const parsed = infoSchema.safeParse(raw)
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
  const entries = new Map<string, Entry>()
  let current: Entry | undefined
  text.split('\n').forEach((raw, index) => {
    const line = raw.replace(/^\uFEFF/, '').replace(/\s+$/, '')
    if (/^\s*(#|$)/.test(line) || line === '---') return
    const pair = /^([A-Za-z_][\w-]*)\s*:(?:\s+(.*))?$/.exec(line)
    if (pair) {
      current = { line: index + 1, text: pair[2] ?? '' }
      entries.set(pair[1], current)
    } else if (current) {
      current.text = `${current.text} ${line.trim()}`.trim()
    }
  })
  return entries
}

function readValue(text: string): string | string[] {
  if (text.startsWith('['))
    return text
      .replace(/^\[|\]\s*(#.*)?$/g, '')
      .split(',')
      .map((item) => unquote(item.trim()))
      .filter((item) => item !== '')
  if (text.startsWith('- '))
    return text
      .slice(2)
      .split(/\s-\s/)
      .map((item) => unquote(item.trim()))
  return unquote(text.replace(/^[|>][+-]?\s+/, ''))
}

function unquote(text: string): string {
  const quoted = /^(["'])(.*?)\1\s*(#.*)?$/.exec(text)
  return quoted ? quoted[2] : text.replace(/\s+#.*$/, '')
}
