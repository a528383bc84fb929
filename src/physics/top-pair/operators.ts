import { AppError } from '../../errors.ts'

/**
 * The operators that enter q qbar, g g -> t tbar at leading order and first order in each amplitude
 * (Warsaw basis, light families alike, CP even). Names are short forms of dim6top's (arXiv:1802.07237); the
 * order is the order in which they are offered, while every array follows the list its caller chose.
 */
export const topPairOperatorNames = [
  'tG',
  'td8',
  'tq8',
  'tu8',
  'Qu8',
  'Qd8',
  'Qq18',
  'Qq38',
  'td1',
  'tq1',
  'tu1',
  'Qu1',
  'Qd1',
  'Qq11',
  'Qq31',
] as const

export type TopPairOperatorName = (typeof topPairOperatorNames)[number]

/** Helicity of a light quark of up or down type; operators act alike on the first two families only. */
export const quarkClasses = ['uR', 'uL', 'dR', 'dL'] as const
export type QuarkClass = (typeof quarkClasses)[number]

export interface TopPairOperator {
  name: TopPairOperatorName
  /** Plain Unicode. */
  symbol: string
  latex: string
  definition: string
  kind: 'dipole' | 'octet' | 'singlet'
  /** Chirality of the top pair it couples to; the dipole flips it. */
  top: 'R' | 'L' | null
  /** Coupling to each light quark: C_XY = coupling x c. */
  quarks: Partial<Record<QuarkClass, number>>
  smeftsim: string
  dim6top: string
  smefit: string
}

type Row = Pick<TopPairOperator, 'top' | 'quarks' | 'definition'> & {
  base: string
  dim6top: [octet: string, singlet: string]
  smeftsim: [octet: string, singlet: string]
  smefit: [octet: string, singlet: string]
  label: [lower: string, upper: string]
}

// One row per chirality structure; each has an octet (T^A x T^A) and a singlet (1 x 1) version.
const rows: Row[] = [
  {
    base: 'td',
    top: 'R',
    quarks: { dR: 1 },
    definition: '(t̄γ_μ T t)(d̄ᵢγ^μ T dᵢ)',
    label: ['td', ''],
    dim6top: ['c_td^8', 'c_td^1'],
    smeftsim: ['ctd8', 'ctd1'],
    smefit: ['c8dt', 'c1dt'],
  },
  {
    base: 'tq',
    top: 'R',
    quarks: { uL: 1, dL: 1 },
    definition: '(q̄ᵢγ_μ T qᵢ)(t̄γ^μ T t)',
    label: ['qt', ''],
    dim6top: ['c_tq^8', 'c_tq^1'],
    smeftsim: ['ctj8', 'ctj1'],
    smefit: ['c8qt', 'c1qt'],
  },
  {
    base: 'tu',
    top: 'R',
    quarks: { uR: 1 },
    definition: '(t̄γ_μ T t)(ūᵢγ^μ T uᵢ)',
    label: ['tu', ''],
    dim6top: ['c_tu^8', 'c_tu^1'],
    smeftsim: ['ctu8', 'ctu1'],
    smefit: ['c8ut', 'c1ut'],
  },
  {
    base: 'Qu',
    top: 'L',
    quarks: { uR: 1 },
    definition: '(Q̄γ_μ T Q)(ūᵢγ^μ T uᵢ)',
    label: ['Qu', ''],
    dim6top: ['c_Qu^8', 'c_Qu^1'],
    smeftsim: ['cQu8', 'cQu1'],
    smefit: ['c8qu', 'c1qu'],
  },
  {
    base: 'Qd',
    top: 'L',
    quarks: { dR: 1 },
    definition: '(Q̄γ_μ T Q)(d̄ᵢγ^μ T dᵢ)',
    label: ['Qd', ''],
    dim6top: ['c_Qd^8', 'c_Qd^1'],
    smeftsim: ['cQd8', 'cQd1'],
    smefit: ['c8qd', 'c1qd'],
  },
  {
    base: 'Qq1',
    top: 'L',
    quarks: { uL: 1, dL: 1 },
    definition: '(Q̄γ_μ T Q)(q̄ᵢγ^μ T qᵢ)',
    label: ['Qq', '1,'],
    dim6top: ['c_Qq^{1,8}', 'c_Qq^{1,1}'],
    smeftsim: ['cQj18', 'cQj11'],
    smefit: ['c81qq', 'c11qq'],
  },
  {
    base: 'Qq3',
    top: 'L',
    quarks: { uL: 1, dL: -1 },
    definition: '(Q̄γ_μ T σᴵ Q)(q̄ᵢγ^μ T σᴵ qᵢ)',
    label: ['Qq', '3,'],
    dim6top: ['c_Qq^{3,8}', 'c_Qq^{3,1}'],
    smeftsim: ['cQj38', 'cQj31'],
    smefit: ['c83qq', 'c13qq'],
  },
]

const superscript: Record<string, string> = { '1': '¹', '3': '³', '8': '⁸', ',': '˒' }

function fourQuark(row: Row, kind: 'octet' | 'singlet'): TopPairOperator {
  const at = kind === 'octet' ? 0 : 1
  const colour = kind === 'octet' ? '8' : '1'
  const upper = `${row.label[1]}${colour}`
  return {
    name: `${row.base}${colour}` as TopPairOperatorName,
    symbol: `c_${row.label[0]}⁽${[...upper].map((sign) => superscript[sign]).join('')}⁾`,
    latex: `c_{${row.label[0]}}^{(${upper})}`,
    definition: row.definition.replaceAll(' T ', kind === 'octet' ? ' Tᴬ ' : ' '),
    kind,
    top: row.top,
    quarks: row.quarks,
    smeftsim: row.smeftsim[at],
    dim6top: row.dim6top[at],
    smefit: row.smefit[at],
  }
}

const dipole: TopPairOperator = {
  name: 'tG',
  symbol: 'c_tG',
  latex: 'c_{tG}',
  definition:
    '(Q̄ σ^μν Tᴬ t) φ̃ Gᴬ_μν + h.c., no g_s, D = ∂ − i g_s Tᴬ Gᴬ (dim6top); SMEFTsim: ctGRe = −c_tG; SMEFTatNLO, SMEFiT: ctG = c_tG / g_s',
  kind: 'dipole',
  top: null,
  quarks: {},
  smeftsim: '-ctGRe',
  dim6top: 'c_tG',
  smefit: 'g_s ctG',
}

export const topPairOperators: readonly TopPairOperator[] = [
  dipole,
  ...rows.map((row) => fourQuark(row, 'octet')),
  ...rows.map((row) => fourQuark(row, 'singlet')),
]

/** @throws AppError 'physics/unknown-operator' */
export function topPairOperator(name: string): TopPairOperator {
  const found = topPairOperators.find((operator) => operator.name === name)
  if (!found)
    throw new AppError(
      'physics/unknown-operator',
      `"${name}" is not one of the ${topPairOperators.length} operators of t tbar production: ${topPairOperatorNames.join(', ')}.`,
      { name },
    )
  return found
}

/** @throws AppError 'physics/unknown-operator', 'input/invalid' for a repeated name */
export function parseTopPairOperators(names: readonly string[]): TopPairOperatorName[] {
  return names.map((name, i) => {
    if (names.indexOf(name) !== i)
      throw new AppError('input/invalid', `The operator ${name} is listed twice. Name each one once.`)
    return topPairOperator(name).name
  })
}

/** Conventions in which others quote c_tG; four-quark coefficients are the same in all of them. */
export const dipoleConventions = ['dim6top', 'SMEFTsim', 'SMEFTatNLO'] as const
export type DipoleConvention = (typeof dipoleConventions)[number]

/**
 * c_tG of another convention in the app's (dim6top's): SMEFTsim has the other sign of the covariant derivative,
 * so ctGRe = -c_tG (arXiv:2012.11343); SMEFTatNLO and SMEFiT put g_s in front of the operator.
 *
 * @param gs  strong coupling sqrt(4 pi alpha_s) at the scale of the process
 */
export function dipoleFrom(convention: DipoleConvention, value: number, gs: number): number {
  return convention === 'SMEFTsim' ? -value : convention === 'SMEFTatNLO' ? gs * value : value
}
