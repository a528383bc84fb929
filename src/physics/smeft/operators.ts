import { AppError } from '../../errors.ts'

/**
 * The 17 Warsaw-basis operators (U(3)^5, CP even) that enter pp -> l+ l- at tree level with massless fermions.
 * Names are those of SMEFTsim 3 (arXiv:2012.11343); the order is the order of every array in the app.
 */
export const operatorNames = [
  'cHWB',
  'cHD',
  'cll1',
  'cHl1',
  'cHl3',
  'cHe',
  'cHq1',
  'cHq3',
  'cHu',
  'cHd',
  'clq1',
  'clq3',
  'ceu',
  'ced',
  'clu',
  'cld',
  'cqe',
] as const

export type OperatorName = (typeof operatorNames)[number]

export const operatorFamilies = ['oblique', 'lepton-vertex', 'quark-vertex', 'four-fermion'] as const
export type OperatorFamily = (typeof operatorFamilies)[number]

export interface OperatorInfo {
  name: OperatorName
  /** Plain Unicode, e.g. C with the Warsaw sub- and superscripts. */
  symbol: string
  latex: string
  /** Warsaw-basis definition (arXiv:1008.4884), flavour indices summed or identical. */
  definition: string
  family: OperatorFamily
  /** Drell-Yan energy behaviour relative to the SM. */
  energy: 'constant' | 'grows with s'
}

const table: Record<OperatorName, Omit<OperatorInfo, 'name' | 'energy'>> = {
  cHWB: {
    symbol: 'C_φWB',
    latex: 'C_{\\varphi WB}',
    definition: '(φ† τᴵ φ) Wᴵ_μν B^μν',
    family: 'oblique',
  },
  cHD: { symbol: 'C_φD', latex: 'C_{\\varphi D}', definition: '|φ† D_μ φ|²', family: 'oblique' },
  cll1: {
    symbol: 'C_ll′',
    latex: "C_{ll}'",
    definition: '(l̄_p γ_μ l_r)(l̄_r γ^μ l_p), exchange contraction; enters through G_F',
    family: 'oblique',
  },
  cHl1: {
    symbol: 'C_φl⁽¹⁾',
    latex: 'C_{\\varphi l}^{(1)}',
    definition: '(φ† iD↔_μ φ)(l̄ γ^μ l)',
    family: 'lepton-vertex',
  },
  cHl3: {
    symbol: 'C_φl⁽³⁾',
    latex: 'C_{\\varphi l}^{(3)}',
    definition: '(φ† iD↔ᴵ_μ φ)(l̄ τᴵ γ^μ l)',
    family: 'lepton-vertex',
  },
  cHe: {
    symbol: 'C_φe',
    latex: 'C_{\\varphi e}',
    definition: '(φ† iD↔_μ φ)(ē γ^μ e)',
    family: 'lepton-vertex',
  },
  cHq1: {
    symbol: 'C_φq⁽¹⁾',
    latex: 'C_{\\varphi q}^{(1)}',
    definition: '(φ† iD↔_μ φ)(q̄ γ^μ q)',
    family: 'quark-vertex',
  },
  cHq3: {
    symbol: 'C_φq⁽³⁾',
    latex: 'C_{\\varphi q}^{(3)}',
    definition: '(φ† iD↔ᴵ_μ φ)(q̄ τᴵ γ^μ q)',
    family: 'quark-vertex',
  },
  cHu: {
    symbol: 'C_φu',
    latex: 'C_{\\varphi u}',
    definition: '(φ† iD↔_μ φ)(ū γ^μ u)',
    family: 'quark-vertex',
  },
  cHd: {
    symbol: 'C_φd',
    latex: 'C_{\\varphi d}',
    definition: '(φ† iD↔_μ φ)(d̄ γ^μ d)',
    family: 'quark-vertex',
  },
  clq1: {
    symbol: 'C_lq⁽¹⁾',
    latex: 'C_{lq}^{(1)}',
    definition: '(l̄ γ_μ l)(q̄ γ^μ q)',
    family: 'four-fermion',
  },
  clq3: {
    symbol: 'C_lq⁽³⁾',
    latex: 'C_{lq}^{(3)}',
    definition: '(l̄ γ_μ τᴵ l)(q̄ γ^μ τᴵ q)',
    family: 'four-fermion',
  },
  ceu: { symbol: 'C_eu', latex: 'C_{eu}', definition: '(ē γ_μ e)(ū γ^μ u)', family: 'four-fermion' },
  ced: { symbol: 'C_ed', latex: 'C_{ed}', definition: '(ē γ_μ e)(d̄ γ^μ d)', family: 'four-fermion' },
  clu: { symbol: 'C_lu', latex: 'C_{lu}', definition: '(l̄ γ_μ l)(ū γ^μ u)', family: 'four-fermion' },
  cld: { symbol: 'C_ld', latex: 'C_{ld}', definition: '(l̄ γ_μ l)(d̄ γ^μ d)', family: 'four-fermion' },
  cqe: { symbol: 'C_qe', latex: 'C_{qe}', definition: '(q̄ γ_μ q)(ē γ^μ e)', family: 'four-fermion' },
}

export const operators: readonly OperatorInfo[] = operatorNames.map((name) => ({
  name,
  ...table[name],
  energy: table[name].family === 'four-fermion' ? 'grows with s' : 'constant',
}))

/**
 * Largest |C| / Lambda^2 [TeV^-2] that is taken anywhere. At C = 1 it is a scale of 100 GeV, below the masses of W, Z and top,
 * where no expansion in 1/Lambda holds.
 */
export const largestCoefficient = 100

/** Position of an operator in every coefficient array. @throws AppError 'physics/unknown-operator' */
export function operatorIndex(name: string): number {
  const index = (operatorNames as readonly string[]).indexOf(name)
  if (index < 0)
    throw new AppError(
      'physics/unknown-operator',
      `"${name}" is not one of the ${operatorNames.length} operators of Drell-Yan at tree level: ${operatorNames.join(', ')}. Use SMEFTsim names.`,
      { name },
    )
  return index
}

/** Number of unordered pairs (i <= j): the quadratic templates. */
export const quadraticCount = (operatorNames.length * (operatorNames.length + 1)) / 2

/** Position of the pair (i, j), i <= j, in the upper triangle stored row by row. */
export function pairIndex(i: number, j: number, n: number = operatorNames.length): number {
  const [a, b] = i <= j ? [i, j] : [j, i]
  return a * n - (a * (a - 1)) / 2 + (b - a)
}
