import { octetFactor, quarkElementCount, quarkElements, singletFactor } from './amplitudes.ts'
import { topPairOperator, type QuarkClass, type TopPairOperatorName } from './operators.ts'
import { termCount } from './polynomial.ts'

/** Quark lines that differ in what couples to them; b knows the SM and the dipole only. */
export const lineClasses = ['uR', 'uL', 'dR', 'dL', 'bR', 'bL'] as const

/** Unordered pairs of `quarkElements`. */
export const elementPairCount = (quarkElementCount * (quarkElementCount + 1)) / 2

/** Position of a pair of elements, upper triangle row by row. */
export function elementPair(e: number, f: number): number {
  const [a, b] = e <= f ? [e, f] : [f, e]
  return a * quarkElementCount - (a * (a - 1)) / 2 + (b - a)
}

/** SM x SM, SM x tG and tG x tG of the gluon channel. */
export const gluonPairCount = 3

/** The sum over channels that turns elementary products into the terms of the polynomial in the coefficients. */
export interface ChannelSum {
  operators: readonly TopPairOperatorName[]
  terms: number
  /** Which elements the operators need, positions in `quarkElements`. */
  elements: readonly number[]
  /**
   * @param quarks  [class of `lineClasses`][element pair]: flux x v.v', colour and average still missing
   * @param gluons  [3]: flux x |M|^2/4-like products, complete
   */
  assemble(quarks: Float64Array, gluons: Float64Array, out: Float64Array, offset: number): void
}

interface Coupling {
  element: number
  kind: 'dipole' | 'octet' | 'singlet'
  quarks: Partial<Record<(typeof lineClasses)[number], number>>
}

const everywhere: Coupling['quarks'] = { uR: 1, uL: 1, dR: 1, dL: 1, bR: 1, bL: 1 }
const standardModel: Coupling = { element: 0, kind: 'octet', quarks: everywhere }

function couplingOf(name: TopPairOperatorName): Coupling {
  const { kind, top, quarks } = topPairOperator(name)
  if (kind === 'dipole') return { element: quarkElements.indexOf('tG'), kind, quarks: everywhere }
  return {
    element: quarkElements.indexOf(top === 'R' ? 'tR' : 'tL'),
    kind,
    quarks: quarks as Partial<Record<QuarkClass, number>>,
  }
}

/**
 * The list of products that enter each term, made once. A colour singlet interferes neither with gluon exchange nor with octets.
 */
export function createChannelSum(operators: readonly TopPairOperatorName[]): ChannelSum {
  const couplings = [standardModel, ...operators.map(couplingOf)]
  const n = operators.length
  const terms = termCount(n)
  // Compressed rows: term t uses entries start[t] .. start[t + 1] of (source, factor).
  const start = new Int32Array(terms + 1)
  const source: number[] = []
  const factor: number[] = []
  const gluonSource = new Int32Array(terms).fill(-1)
  const gluonFactor = new Float64Array(terms)
  let term = 0

  function addTerm(a: number, b: number): void {
    const [first, second] = [couplings[a], couplings[b]]
    const multiplicity = a === b ? 1 : 2
    const singlets = (first.kind === 'singlet' ? 1 : 0) + (second.kind === 'singlet' ? 1 : 0)
    if (singlets !== 1) {
      const colour = singlets === 2 ? singletFactor : octetFactor
      lineClasses.forEach((line, index) => {
        const product = (first.quarks[line] ?? 0) * (second.quarks[line] ?? 0)
        if (product === 0) return
        source.push(index * elementPairCount + elementPair(first.element, second.element))
        factor.push(multiplicity * colour * product)
      })
    }
    const dipoles = (first.kind === 'dipole' ? 1 : 0) + (second.kind === 'dipole' ? 1 : 0)
    const gluonic = [first, second].every((x) => x === standardModel || x.kind === 'dipole')
    if (gluonic) {
      gluonSource[term] = dipoles
      gluonFactor[term] = multiplicity
    }
    start[++term] = source.length
  }

  for (let b = 0; b <= n; b++) addTerm(0, b)
  for (let a = 1; a <= n; a++) for (let b = a; b <= n; b++) addTerm(a, b)
  const sources = Int32Array.from(source)
  const factors = Float64Array.from(factor)

  return {
    operators,
    terms,
    elements: [...new Set(couplings.map(({ element }) => element))].sort(),
    assemble(quarks, gluons, out, offset) {
      for (let t = 0; t < terms; t++) {
        let sum = gluonSource[t] < 0 ? 0 : gluonFactor[t] * gluons[gluonSource[t]]
        for (let k = start[t]; k < start[t + 1]; k++) sum += factors[k] * quarks[sources[k]]
        out[offset + t] = sum
      }
    },
  }
}
