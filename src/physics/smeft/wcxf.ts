import * as z from 'zod'
import { AppError, checkedBy } from '../../errors.ts'
import { readNumber } from '../../numerics/read-number.ts'
import { largestCoefficient, type OperatorName } from './operators.ts'
import { independentIndices, parseWcxfName, universalRules, wcxfName } from './wcxf-names.ts'
import { readYaml, type YamlNode } from './wcxf-yaml.ts'

z.config({ jitless: true })

/** 1 GeV⁻² in TeV⁻². */
export const perGeV2 = 1e6

const isNoNumber = ({ input }: { input?: unknown }): string =>
  `${(JSON.stringify(input) ?? 'nothing').slice(0, 40)} is no number`
const number = z
  .string({ error: isNoNumber })
  .refine((text) => Number.isFinite(readNumber(text.trim())), { error: isNoNumber })
  .transform((text) => readNumber(text.trim()) ?? NaN)
  .pipe(z.number())
const largestText = 1 << 20
const mostValues = 3000
/** Renormalisation scales [GeV], up to beyond the Planck mass. */
const scaleRange = [1, 1e20] as const
/** Whatever a name stands for [GeV⁻²]. */
const largestUnknown = 1

const bases = ['Warsaw', 'Warsaw up', 'SMEFTsim_U35'] as const

/** WCxf file, arXiv:1712.05298 section 3. */
const wcxfSchema = z.object({
  eft: z.literal('SMEFT'),
  basis: z.enum(bases),
  scale: number.pipe(z.number().min(scaleRange[0]).max(scaleRange[1])),
  values: z.record(
    z.string().max(40),
    z.union([number, z.strictObject({ Re: number.optional(), Im: number.optional() })], {
      error: isNoNumber,
    }),
  ),
})

export interface WcxfFile {
  /** 'SMEFTsim_U35' has the names of SMEFTsim 3 (arXiv:2012.11343), U(3)⁵ symmetry and values in TeV⁻². */
  basis: (typeof bases)[number]
  scaleGeV: number
  /** Real and imaginary part [GeV⁻²] of every entry, in the order of the file. */
  values: { name: string; re: number; im: number }[]
}

/**
 * Reads JSON or YAML, as wcxf.WC.load of the Python package wilson does.
 * @throws AppError 'data/corrupt' where the text is neither or a value is no coefficient of GeV⁻², 'data/unsupported' for
 *         another EFT or basis
 */
export async function readWcxf(file: string, where: string): Promise<WcxfFile> {
  const text = file.replace(/^\uFEFF/, '')
  if (text.length > largestText)
    throw new AppError(
      'data/corrupt',
      `${where} has ${text.length} characters, WCxf files of at most ${largestText} are read.`,
    )
  const content = await parse(text, where)
  if (typeof content !== 'object' || Array.isArray(content)) throw noMapping(content, where)
  const parsed = checkedBy(wcxfSchema, content)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const at = issue.path.join('.') || 'the file'
    const basis = issue.path[0] === 'basis' || issue.path[0] === 'eft'
    throw new AppError(
      basis ? 'data/unsupported' : 'data/corrupt',
      `${where}: ${basis ? `it is of ${foundBasis(content)}` : `${at}: ${issue.message}`}. ${shape}`,
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
  const unit = basis === 'SMEFTsim_U35' ? 1 / perGeV2 : 1
  const entries = names.map(([name, value]) =>
    typeof value === 'number'
      ? { name, re: value * unit, im: 0 }
      : { name, re: (value.Re ?? 0) * unit, im: (value.Im ?? 0) * unit },
  )
  for (const entry of entries) checkSize(entry, basis, where)
  if (unit === 1) checkNames(entries, where)
  return { basis, scaleGeV: scale, values: entries }
}

const shape =
  'A WCxf file has eft "SMEFT", basis "Warsaw", "Warsaw up" (values in GeV⁻²) or "SMEFTsim_U35" (values in TeV⁻²), a scale in GeV and values.'

function noMapping(content: YamlNode, where: string): AppError {
  const found = Array.isArray(content)
    ? `a list of ${content.length} entries`
    : `the text "${String(content).slice(0, 40)}"`
  return new AppError('data/corrupt', `${where} holds ${found}, no "name: value". ${shape}`)
}

/** EFT and basis as a file names them. */
function foundBasis(content: unknown): string {
  const said = z.object({ eft: z.unknown(), basis: z.unknown() }).partial().safeParse(content)
  const word = (value: unknown) =>
    typeof value === 'string' ? `"${value.slice(0, 40)}"` : value === undefined ? 'nothing' : 'no text'
  return `eft ${word(said.data?.eft)}, basis ${word(said.data?.basis)}`
}

/** Values of the wrong unit or basis are found by their size: no expansion holds there, and nobody means them. */
function checkSize(
  { name, re, im }: WcxfFile['values'][number],
  basis: WcxfFile['basis'],
  where: string,
): void {
  const own = basis === 'SMEFTsim_U35'
  const parsed = own ? null : parseWcxfName(name)
  const rule = parsed && universalRules.find(({ family }) => family === parsed.family)
  const largest = parsed || own ? (largestCoefficient * (rule?.factor ?? 1)) / perGeV2 : largestUnknown
  const size = Math.max(Math.abs(re), Math.abs(im))
  if (size <= largest) return
  if (own)
    throw new AppError(
      'data/corrupt',
      `${where}: ${name} is ${tidy(size * perGeV2)} TeV⁻², beyond ±${largestCoefficient} TeV⁻², where no expansion in 1/Λ holds. Values of basis SMEFTsim_U35 are in TeV⁻².`,
      { name, size, largest },
    )
  throw new AppError(
    'data/corrupt',
    `${where}: ${name} is ${size} GeV⁻², beyond ±${tidy(largest)} GeV⁻² = ±${tidy(largest * perGeV2)} TeV⁻², where no expansion in 1/Λ holds. WCxf values are in GeV⁻²: divide values in TeV⁻² by 1e6.`,
    { name, size, largest },
  )
}

/** Two names of one coefficient could mean their sum or say the same twice. */
function checkNames(entries: WcxfFile['values'], where: string): void {
  const seen = new Map<string, string>()
  for (const { name, re, im } of entries) {
    const parsed = parseWcxfName(name)
    if (!parsed || (re === 0 && im === 0)) continue
    const own = wcxfName(parsed.family, independentIndices(parsed).indices)
    const other = seen.get(own)
    if (other !== undefined)
      throw new AppError(
        'data/corrupt',
        `${where}: ${other} and ${name} are names of the same coefficient, and both have a value. Keep one: WCxf lists it as ${own}, with the sum where both were meant.`,
        { name, other },
      )
    seen.set(own, name)
  }
}

/** YAML in flow style begins with a brace as well, but hardly with a quotation mark behind it. */
const looksLikeJson = /^\s*\{\s*("|$)/

/** JSON is YAML, too: its reader finds names that are there twice, of which JSON's own would keep the last. */
function parse(text: string, where: string): Promise<YamlNode> {
  if (looksLikeJson.test(text))
    try {
      JSON.parse(text)
    } catch (cause) {
      throw new AppError('data/corrupt', `${where} is no JSON: ${String(cause)}.`)
    }
  return readYaml(text, where)
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
export function tidy(value: number): number {
  return Number(value.toPrecision(15))
}
