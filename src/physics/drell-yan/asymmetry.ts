import { AppError } from '../../errors.ts'
import { operatorNames } from '../smeft/operators.ts'
import { type ObservableBins, type SpectrumTemplates } from './spectrum-templates.ts'

/** Forward-backward asymmetry of bins that are binned alike on both sides, to first order in the coefficients. */
export interface Asymmetry {
  edges: number[] // [bins + 1] GeV
  /** |y| of the pair; absent: any */
  absY?: [number, number]
  /** (F - B) / (F + B) of the Standard Model */
  sm: Float64Array // [bins]
  /** its derivative by each coefficient at the Standard Model */
  linear: Float64Array // [17, bins] TeV^2
}

/** A_4 = 8/3 A_FB in full phase space: d sigma / d cos(theta) goes with 1 + cos^2(theta) + A_4 cos(theta). */
export const a4PerAsymmetry = 8 / 3

/**
 * Asymmetries of all pairs of forward and backward bins.
 *
 * @throws AppError 'input/invalid' where a forward bin has no backward one
 */
export function asymmetries(templates: SpectrumTemplates): Asymmetry[] {
  const { observables, sm, linear, bins } = templates
  const starts = new Map<ObservableBins, number>()
  let start = 0
  for (const observable of observables) {
    starts.set(observable, start)
    start += observable.edges.length - 1
  }
  const forward = observables.filter(({ name }) => name === 'forward')
  return forward.map((observable) => {
    const partner = observables.find((o) => o.name === 'backward' && sameBins(o, observable))
    if (!partner)
      throw new AppError(
        'input/invalid',
        `Forward bins from ${observable.edges[0]} GeV have no backward bins of the same edges and |y|. Ask for both.`,
      )
    const f = starts.get(observable) ?? 0
    const b = starts.get(partner) ?? 0
    const { edges, absY } = observable
    const count = edges.length - 1
    const out: Asymmetry = {
      edges: [...edges],
      ...(absY && { absY }),
      sm: new Float64Array(count),
      linear: new Float64Array(operatorNames.length * count),
    }
    for (let k = 0; k < count; k++) {
      const sum = sm[f + k] + sm[b + k]
      out.sm[k] = (sm[f + k] - sm[b + k]) / sum
      for (let i = 0; i < operatorNames.length; i++) {
        const df = linear[i * bins + f + k]
        const db = linear[i * bins + b + k]
        out.linear[i * count + k] = (df - db - out.sm[k] * (df + db)) / sum
      }
    }
    return out
  })
}

function sameBins(a: ObservableBins, b: ObservableBins): boolean {
  return (
    a.edges.length === b.edges.length &&
    a.edges.every((edge, i) => edge === b.edges[i]) &&
    a.absY?.[0] === b.absY?.[0] &&
    a.absY?.[1] === b.absY?.[1]
  )
}
