import { AppError } from '../../errors.ts'
import { operatorNames, pairIndex, quadraticCount } from '../smeft/operators.ts'

export const observableNames = ['mll', 'ptl', 'forward', 'backward'] as const
/**
 * m_ll: invariant mass of the pair; ptl: transverse momentum of the muon (both are equal at leading order); forward,
 * backward: m_ll of the pairs whose l- goes, or does not go, where the pair goes along the beam (Collins-Soper angle).
 */
export type ObservableName = (typeof observableNames)[number]

/** Mass of the pair per unit of an observable, where most of its events come from: p_T peaks at m / 2, the Jacobian edge. */
export const massPerUnit: Readonly<Record<ObservableName, number>> = {
  mll: 1,
  ptl: 2,
  forward: 1,
  backward: 1,
}

export interface ObservableBins {
  name: ObservableName
  edges: number[] // [bins + 1], GeV, ascending
  /** |y| of the pair, low and high: forward and backward alone. Absent: any. */
  absY?: [number, number]
}

/** 'linear' keeps O(1/Lambda^2) only; 'quadratic' adds the squares and cross terms of the same amplitudes. */
export type EftOrder = 'linear' | 'quadratic'

/**
 * Everything needed for the exact spectrum of any universe, bins of all observables concatenated:
 * spectrum = sm + sum_i C_i linear_i + sum_{i<=j} C_i C_j quadratic_ij, C in TeV^-2 (Lambda = 1 TeV).
 */
export interface SpectrumTemplates {
  observables: ObservableBins[]
  bins: number // of all observables together
  sm: Float64Array // [bins], pb per bin
  linear: Float64Array // [17, bins], pb TeV^2
  quadratic: Float64Array // [153, bins], pb TeV^4; pair (i < j) already holds both orders of the product
}

/**
 * Templates from their arrays, whose lengths must fit the bins of the observables.
 *
 * @throws AppError 'input/invalid' where an array has another length
 */
export function spectrumTemplates(arrays: Omit<SpectrumTemplates, 'bins'>): SpectrumTemplates {
  const { observables, sm, linear, quadratic } = arrays
  const bins = binCount(observables)
  const shapes = {
    sm: [sm, 1],
    linear: [linear, operatorNames.length],
    quadratic: [quadratic, quadraticCount],
  } as const
  for (const [name, [values, rows]] of Object.entries(shapes))
    if (values.length !== rows * bins)
      throw new AppError(
        'input/invalid',
        `Templates "${name}" hold ${values.length} numbers, ${rows} x ${bins} bins of ${observables.map((o) => o.name).join(', ')} need ${rows * bins}. Make templates and edges from one set-up.`,
      )
  return { observables, bins, sm, linear, quadratic }
}

/** Bins of all observables, concatenated. */
export function binCount(observables: readonly { edges: readonly number[] }[]): number {
  return observables.reduce((sum, { edges }) => sum + edges.length - 1, 0)
}

/** Position of an observable's bins in the concatenated vector. */
export function observableRange(
  observables: readonly ObservableBins[],
  name: ObservableName,
): { start: number; end: number } | undefined {
  let start = 0
  for (const observable of observables) {
    const end = start + observable.edges.length - 1
    if (observable.name === name) return { start, end }
    start = end
  }
  return undefined
}

/**
 * The exact spectrum of one universe.
 *
 * @param coefficients  [17] in the order of operatorNames, TeV^-2
 * @param out           [bins] reused when given
 * @returns             pb per bin; linear spectra can be negative, which callers must flag
 */
export function morphSpectrum(
  templates: SpectrumTemplates,
  coefficients: ArrayLike<number>,
  order: EftOrder,
  out: Float64Array = new Float64Array(templates.bins),
): Float64Array {
  const bins = templates.bins
  out.set(templates.sm)
  const n = operatorNames.length
  for (let i = 0; i < n; i++) {
    const ci = coefficients[i]
    if (ci === 0) continue
    const row = i * bins
    for (let b = 0; b < bins; b++) out[b] += ci * templates.linear[row + b]
    if (order === 'linear') continue
    for (let j = i; j < n; j++) {
      const product = ci * coefficients[j]
      if (product === 0) continue
      const pair = pairIndex(i, j) * bins
      for (let b = 0; b < bins; b++) out[b] += product * templates.quadratic[pair + b]
    }
  }
  return out
}
