import type { ObservableName } from '../../../../generator/observables.ts'
import type { FitIntent } from '../../intent.ts'

/**
 * Everything that decides a fit of top pairs, small and plain: a worker makes events and networks again from it. It is the
 * schema's set-up (intent.ts) but for the engine of the trainings; commands may bin what no detector sees, and
 * tests lay equal shares of the SM alone instead of half SM, half squares of the operators.
 */
export type FitSetup = Omit<FitIntent, 'backend' | 'binning'> & {
  binning: { observable: ObservableName; bins: number; quantilesOf?: 'mixture' | 'sm' }
}

/** What one network is asked for: one term ("td8", "td8^2", "td8*tq8"), or all in one for joint-ratio presets. */
export interface NetworkTask {
  terms: string[]
  replica: number
}

/** What the learned likelihood replaces: counts in bins, learned ratios, or exact ratios of the full final state. */
export const fitKinds = ['binned', 'unbinned', 'exact'] as const
export type FitKind = (typeof fitKinds)[number]
