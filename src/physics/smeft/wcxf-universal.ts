import { operatorNames, type OperatorName } from './operators.ts'
import { independentIndices, parseWcxfName, universalRules, wcxfName } from './wcxf-names.ts'
import { perGeV2, tidy, type WcxfFile } from './wcxf.ts'

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
  if (file.basis === 'SMEFTsim_U35') return ownCoefficients(file)
  const rows: WcxfRow[] = []
  /** Real parts under the names that WCxf lists. */
  const given = new Map<string, number>()
  const coefficients: UniversalImport['coefficients'] = {}
  const messages: string[] = []
  for (const { name, re, im } of file.values) {
    const parsed = parseWcxfName(name)
    const rule = parsed && universalRules.find(({ family }) => family === parsed.family)
    const indices = parsed ? independentIndices(parsed).indices : ''
    if (parsed && re !== 0) given.set(wcxfName(parsed.family, indices), re)
    const use: WcxfUse = !parsed
      ? 'unknown'
      : !rule
        ? 'not seen'
        : rule.entries.includes(indices)
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
    const values = entries.map((indices) => given.get(wcxfName(family, indices)) ?? 0)
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
  messages.push(...messagesOf(rows, 'the Warsaw basis'))
  return { coefficients, rows, messages }
}

/** Below it [TeV⁻²] nothing is seen, and the unit is in doubt. */
const doubtful = 1e-5
/** Of SMEFTsim 3 (U35) that are not among the 17. */
const otherNames = [
  ...[
    'cG',
    'cGtil',
    'cW',
    'cWtil',
    'cH',
    'cHbox',
    'cHG',
    'cHW',
    'cHB',
    'cHGtil',
    'cHWtil',
    'cHBtil',
    'cHWBtil',
  ],
  ...['cll', 'cee', 'cle', 'cqq1', 'cqq11', 'cqq3', 'cqq31', 'cuu', 'cuu1', 'cdd', 'cdd1', 'cud1', 'cud8'],
  ...['cqu1', 'cqu8', 'cqd1', 'cqd8', 'cHudRe', 'cHudIm', 'cledqRe', 'cledqIm'],
  ...['u', 'd', 'e'].flatMap((f) => ['H', 'W', 'B', 'G'].flatMap((b) => [`c${f}${b}Re`, `c${f}${b}Im`])),
]

/** A file in the names of SMEFTsim, of which each stands for all families. */
function ownCoefficients({ values }: WcxfFile): UniversalImport {
  const coefficients: UniversalImport['coefficients'] = {}
  const rows = values.map(({ name, re, im }): WcxfRow => {
    const own = name === 'cHDD' ? 'cHD' : name
    const operator = operatorNames.find((known) => known === own)
    const tev = tidy(re * perGeV2)
    if (operator && tev !== 0) coefficients[operator] = tev
    const use = operator
      ? im === 0
        ? 'used'
        : 'real part'
      : otherNames.includes(name)
        ? 'not seen'
        : 'unknown'
    return { name, gev: tidy(re), tev, use, ...(operator && { operator }) }
  })
  const messages = messagesOf(rows, 'SMEFTsim')
  const largest = Math.max(...Object.values(coefficients).map(Math.abs))
  if (largest < doubtful)
    messages.push(`The largest value is ${largest} TeV⁻²: GeV⁻²? Values of basis SMEFTsim_U35 are in TeV⁻².`)
  return { coefficients, rows, messages }
}

function messagesOf(rows: readonly WcxfRow[], names: string): string[] {
  const told: [WcxfUse, string][] = [
    ['not universal', 'have no place in a U(3)⁵-symmetric theory and are left out'],
    ['real part', 'have an imaginary part though their operators are Hermitian: the real part is used'],
    ['not seen', 'do not enter pp → ℓℓ at this order'],
    ['unknown', `are not names of ${names} and are left out`],
  ]
  return told.flatMap(([use, what]) => {
    const found = rows.filter((row) => row.use === use).map(({ name }) => name)
    return found.length > 0 ? [`${found.length} of ${rows.length} entries ${what}: ${short(found)}.`] : []
  })
}

function short(entries: readonly string[]): string {
  const shown = entries.slice(0, 6).join(', ')
  return entries.length > 6 ? `${shown} and ${entries.length - 6} more` : shown
}
