import type { FitKind } from '../analysis/fit/fit-setup.ts'
import { petroff6 } from '../../../ui/plots/palettes.ts'

export interface KindStyle {
  label: string
  /** What it is, in half a line. */
  about: string
  colour: string
  dash: 'solid' | 'dash' | 'dot' | 'longdash'
  symbol: string
}

/** What a corner plot draws: our fits, and a posterior of someone else. */
export type CornerKind = FitKind | 'foreign'

/** One look per kind of fit, in every figure; dash and symbol tell without colour. */
export const kindStyles: Record<CornerKind, KindStyle> = {
  binned: {
    label: 'binned',
    about: 'counts in bins of one observable',
    colour: petroff6[0],
    dash: 'dot',
    symbol: 'circle',
  },
  unbinned: {
    label: 'unbinned',
    about: 'learned ratios, event by event',
    colour: petroff6[1],
    dash: 'solid',
    symbol: 'diamond',
  },
  exact: {
    label: 'exact',
    about: 'exact ratios of the full final state: no analysis can do better',
    colour: petroff6[2],
    dash: 'dash',
    symbol: 'square',
  },
  foreign: {
    label: 'your chain',
    about: 'a posterior of another program, from a file',
    colour: petroff6[3],
    dash: 'longdash',
    symbol: 'triangle-up',
  },
}
