import type { FitOutcome, ToyRegion } from '../analysis/fit/fit-jobs.ts'
import type { FitKind } from '../analysis/fit/fit-setup.ts'
import { kindStyles, type CornerKind, type KindStyle } from './kinds.ts'
import type { FigureTheme } from '../../../ui/plots/figure-theme.ts'
import { massRegion } from './mass-regions.ts'

/** A posterior as it is drawn: of a fit, or of someone else. */
export interface CornerOutcome extends Pick<FitOutcome, 'names' | 'summaries' | 'pairs' | 'notes'> {
  kind: CornerKind
  best: { theta: Float64Array }
  /** In place of that of its kind. */
  label?: string
}

/** How a posterior is drawn and called. */
export function styleOf({ kind, label }: Pick<CornerOutcome, 'kind' | 'label'>): KindStyle {
  const style = kindStyles[kind]
  return label === undefined ? style : { ...style, label }
}

export interface CornerInput {
  outcomes: readonly CornerOutcome[]
  /** The one that is filled; the others are outlines over it. */
  front: CornerKind
  /** Confidence regions by toys. */
  toyRegions?: readonly { kind: FitKind; region: ToyRegion }[]
  /** Coefficients of the simulated data by name; null where nobody knows. */
  truth: Readonly<Record<string, number>> | null
  halfWidth: number
  /** Lines for the corner of the picture: process, order, scale. */
  facts: readonly string[]
  theme: FigureTheme
}

/** Axes of one panel. */
export interface PanelAxes {
  xaxis: string
  yaxis: string
}

export const massLabels = ['68 %', '95 %', '99 %']

/** Names of all parameters, those of the first outcome first. */
export function cornerNames(outcomes: readonly Pick<CornerOutcome, 'names'>[]): string[] {
  return [...new Set(outcomes.flatMap(({ names }) => names))]
}

/** The kind that is filled: the chosen one where it is drawn, else the first that is: learned, exact, binned, someone else's. */
export function frontKind(drawn: readonly CornerKind[], chosen: FitKind): CornerKind | null {
  const order: CornerKind[] = [chosen, 'unbinned', 'exact', 'binned', 'foreign']
  return order.find((kind) => drawn.includes(kind)) ?? null
}

/** What is seen of a parameter: the 99 % sets and regions of all kinds, the truth and the SM, and a margin. */
export function parameterRange(name: string, { outcomes, truth, halfWidth }: CornerInput): [number, number] {
  let low = Infinity
  let high = -Infinity
  const hold = (value: number | undefined) => {
    if (value === undefined || !Number.isFinite(value)) return
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  for (const { summaries } of outcomes) {
    const summary = summaries.find((entry) => entry.name === name)
    for (const segment of summary?.highestDensity.at(-1)?.segments ?? []) {
      hold(segment.low)
      hold(segment.high)
    }
  }
  // Joint regions reach further than the marginal sets.
  for (const { names, pairs } of outcomes) {
    const k = names.indexOf(name)
    for (const { x, y, density } of pairs) {
      if (x !== k && y !== k) continue
      const region = massRegion(density, density.levels[density.levels.length - 1])
      for (const value of x === k ? region.x : region.y) hold(value ?? undefined)
    }
  }
  hold(truth?.[name])
  hold(0)
  if (!(low < high)) return [-halfWidth, halfWidth]
  const margin = 0.06 * (high - low)
  return [low - margin, high + margin]
}
