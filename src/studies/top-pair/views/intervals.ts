import type { FitOutcome } from '../analysis/fit/fit-jobs.ts'
import { fitKinds, type FitKind } from '../analysis/fit/fit-setup.ts'

export interface IntervalRow {
  name: string
  kind: FitKind
  best: number
  /** 95 %, highest density: may be disjoint. */
  segments: { low: number; high: number }[]
  /** 95 %, equal tails. */
  equalTailed: { low: number; high: number }
  /** Total length of the segments. */
  width: number
  /** Relative to the binned fit and to the exact one, where they are there. */
  toBinned: number | null
  toExact: number | null
  modes: number
}

type Outcome = Pick<FitOutcome, 'kind' | 'names' | 'summaries' | 'best'>

/** One row per coefficient and kind of fit, coefficients together, as in the table of the thesis. */
export function intervalRows(outcomes: readonly Outcome[]): IntervalRow[] {
  const names = [...new Set(outcomes.flatMap((outcome) => outcome.names))]
  const widthOf = (outcome: Outcome | undefined, name: string): number | null => {
    const segments = outcome?.summaries.find((summary) => summary.name === name)?.highestDensity[1].segments
    return segments ? segments.reduce((sum, { low, high }) => sum + high - low, 0) : null
  }
  const of = (kind: FitKind) => outcomes.find((outcome) => outcome.kind === kind)
  const relative = (width: number, reference: number | null) => (reference ? width / reference : null)
  return names.flatMap((name) =>
    fitKinds.flatMap((kind): IntervalRow[] => {
      const outcome = of(kind)
      const summary = outcome?.summaries.find((entry) => entry.name === name)
      const width = widthOf(outcome, name)
      if (!outcome || !summary || width === null) return []
      return [
        {
          name,
          kind,
          best: outcome.best.theta[outcome.names.indexOf(name)],
          segments: summary.highestDensity[1].segments,
          equalTailed: summary.equalTailed[1],
          width,
          toBinned: relative(width, widthOf(of('binned'), name)),
          toExact: relative(width, widthOf(of('exact'), name)),
          modes: summary.modes.length,
        },
      ]
    }),
  )
}
