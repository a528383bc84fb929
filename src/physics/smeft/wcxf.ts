import * as z from 'zod'
import { AppError } from '../../errors.ts'
import type { OperatorName } from './operators.ts'
import { parseWcxfName, universalRules, wcxfName } from './wcxf-names.ts'
import { readYaml } from './wcxf-yaml.ts'

z.config({ jitless: true })

/** 1 GeV⁻² in TeV⁻². */
export const perGeV2 = 1e6

const numeral = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i
const isNoNumber = ({ input }: { input?: unknown }): string =>
  `${(JSON.stringify(input) ?? 'nothing').slice(0, 40)} is no number`
const number = z
  .union([z.number(), z.string().regex(numeral, { error: isNoNumber })], { error: isNoNumber })
  .transform(Number)
  .pipe(z.number())
const largestText = 1 << 20
const mostValues = 3000

/** WCxf file, arXiv:1712.05298 section 3; values in GeV⁻². */
const wcxfSchema = z.object({
  eft: z.literal('SMEFT'),
  basis: z.enum(['Warsaw', 'Warsaw up']),
  scale: number.pipe(z.number().positive()),
  values: z.record(
    z.string().max(40),
    z.union([number, z.object({ Re: number.optional(), Im: number.optional() })], { error: isNoNumber }),
  ),
})

export interface WcxfFile {
  basis: 'Warsaw' | 'Warsaw up'
  scaleGeV: number
  /** Real and imaginary part [GeV⁻²] of every entry, in the order of the file. */
  values: { name: string; re: number; im: number }[]
}

/**
 * Reads JSON or YAML, as wcxf.WC.load of the Python package wilson does.
 * @throws AppError 'data/corrupt' where the text is neither, 'data/unsupported' for another EFT or basis
 */
export function readWcxf(text: string, where: string): WcxfFile {
  if (text.length > largestText)
    throw new AppError(
      'data/corrupt',
      `${where} has ${text.length} characters, WCxf files of at most ${largestText} are read.`,
    )
  const parsed = wcxfSchema.safeParse(parse(text, where))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const at = issue.path.join('.') || 'the file'
    const basis = issue.path[0] === 'basis' || issue.path[0] === 'eft'
    throw new AppError(
      basis ? 'data/unsupported' : 'data/corrupt',
      `${where}: ${at}: ${issue.message}. A WCxf file has eft "SMEFT", basis "Warsaw" or "Warsaw up", a scale in GeV and values in GeV⁻².`,
      { path: at },
    )
  }
  const { basis, scale, values } = parsed.data
  const names = Object.entries(values)
  if (names.length > mostValues)
    throw new AppError(
      'data/corrupt',
      `${where} has ${names.length} values, at most ${mostValues} are read; the Warsaw basis has 2499.`,
    )
  return {
    basis,
    scaleGeV: scale,
    values: names.map(([name, value]) =>
      typeof value === 'number' ? { name, re: value, im: 0 } : { name, re: value.Re ?? 0, im: value.Im ?? 0 },
    ),
  }
}

/** YAML in flow style begins with a brace as well, but hardly with a quotation mark behind it. */
const looksLikeJson = /^\s*\{\s*("|$)/

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (!looksLikeJson.test(text)) return readYaml(text, where)
    throw new AppError('data/corrupt', `${where} is no JSON: ${String(cause)}.`)
  }
}

/** 'real part': a diagonal entry is real, since its operator is its own conjugate; an imaginary part is a slip. */
export type WcxfUse = 'used' | 'real part' | 'not seen' | 'not universal' | 'unknown'

export interface WcxfRow {
  name: string
  gev: number // C [GeV⁻²], real part
  tev: number // C [TeV⁻²]
  use: WcxfUse
  operator?: OperatorName
}

export interface UniversalImport {
  /** C/Λ² [TeV⁻²] for the sliders; absent means zero. */
  coefficients: Partial<Record<OperatorName, number>>
  rows: WcxfRow[]
  /** What was not taken as it stands, a sentence each. */
  messages: string[]
}

/** How far entries of one operator may differ and still count as equal, relative to the largest. */
const equalWithin = 1e-6

/**
 * The U(3)⁵ coefficients that pp → ℓℓ sees, out of a file with family indices. Where families differ, the entry of
 * the first family stands for all, and a message says so; nothing is dropped silently.
 */
export function universalCoefficients(file: WcxfFile): UniversalImport {
  const given = new Map(file.values.map((entry) => [entry.name, entry]))
  const rows: WcxfRow[] = []
  const coefficients: UniversalImport['coefficients'] = {}
  const messages: string[] = []
  for (const { name, re, im } of file.values) {
    const parsed = parseWcxfName(name)
    const rule = parsed && universalRules.find(({ family }) => family === parsed.family)
    const use: WcxfUse = !parsed
      ? 'unknown'
      : !rule
        ? 'not seen'
        : rule.entries.includes(parsed.indices)
          ? im === 0
            ? 'used'
            : 'real part'
          : (re === 0 && im === 0) || rule.family === 'll'
            ? 'not seen'
            : 'not universal'
    rows.push({
      name,
      gev: re,
      tev: tidy(re * perGeV2),
      use,
      ...(rule && (use === 'used' || use === 'real part') && { operator: rule.operator }),
    })
  }
  for (const { operator, family, entries, factor } of universalRules) {
    const values = entries.map((indices) => given.get(wcxfName(family, indices))?.re ?? 0)
    const largest = Math.max(...values.map(Math.abs))
    if (largest === 0) continue
    if (values[0] !== 0) coefficients[operator] = tidy((values[0] * perGeV2) / factor)
    if (values.some((value) => Math.abs(value - values[0]) > equalWithin * largest)) {
      const listed = entries
        .map((indices, i) => `${wcxfName(family, indices)} = ${values[i]}`)
        .filter((_, i) => values[i] !== values[0] || i === 0)
      messages.push(
        `${family} is not the same for all families (${short(listed)} GeV⁻²): ${wcxfName(family, entries[0])} stands for all of them in ${operator}.`,
      )
    }
  }
  const list = (use: WcxfUse) => rows.filter((row) => row.use === use).map(({ name }) => name)
  const told: [WcxfUse, string][] = [
    ['not universal', 'have no place in a U(3)⁵-symmetric theory and are left out'],
    ['real part', 'have an imaginary part though their operators are Hermitian: the real part is used'],
    ['not seen', 'do not enter pp → ℓℓ at this order'],
    ['unknown', 'are not names of the Warsaw basis and are left out'],
  ]
  for (const [use, what] of told) {
    const found = list(use)
    if (found.length > 0) messages.push(`${found.length} of ${rows.length} entries ${what}: ${short(found)}.`)
  }
  return { coefficients, rows, messages }
}

/** The sliders as a WCxf file: every entry that U(3)⁵ symmetry asks for, in GeV⁻². */
export function writeWcxf(
  coefficients: Readonly<Partial<Record<OperatorName, number>>>,
  format: 'json' | 'yaml',
  about: { scaleGeV: number; generator: string; description: string },
): string {
  const values: Record<string, number> = {}
  for (const { operator, family, entries, factor } of universalRules) {
    const value = coefficients[operator]
    if (!value) continue
    for (const indices of entries) values[wcxfName(family, indices)] = tidy((factor * value) / perGeV2)
    // The exchange contraction alone: O_ll,pppp appears once in it.
    if (operator === 'cll1')
      for (const p of ['1111', '2222', '3333']) values[`ll_${p}`] = tidy(value / perGeV2)
  }
  const metadata = { generator: about.generator, description: about.description }
  const file = { eft: 'SMEFT', basis: 'Warsaw', metadata, scale: about.scaleGeV, values }
  if (format === 'json') return `${JSON.stringify(file, null, 2)}\n`
  const lines = [
    'eft: SMEFT',
    'basis: Warsaw',
    'metadata:',
    ...Object.entries(metadata).map(([key, text]) => `  ${key}: ${JSON.stringify(text)}`),
    `scale: ${yamlNumber(about.scaleGeV)}`,
    Object.keys(values).length === 0 ? 'values: {}' : 'values:',
    ...Object.entries(values).map(([name, value]) => `  ${name}: ${yamlNumber(value)}`),
  ]
  return `${lines.join('\n')}\n`
}

/** A decimal point and a signed exponent: YAML 1.1 readers take "1e-8" for text. */
function yamlNumber(value: number): string {
  const [mantissa, exponent] = value.toExponential().split('e')
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}e${exponent}`
}

/** Rounds away what the change of unit adds in the last digit. */
function tidy(value: number): number {
  return Number(value.toPrecision(15))
}

function short(entries: readonly string[]): string {
  const shown = entries.slice(0, 6).join(', ')
  return entries.length > 6 ? `${shown} and ${entries.length - 6} more` : shown
}
