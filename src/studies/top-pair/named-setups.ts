import { topPairDefaults } from './default-intent.ts'
import type { FitIntent } from './intent.ts'

export interface NamedSetup {
  title: string
  note: string
  setup: FitIntent
}

/** A named set-up is the schema's defaults but for what it changes. */
const over = (changes: Partial<FitIntent>): FitIntent => ({ ...topPairDefaults.fit, ...changes })

/** Set-ups to begin with. All simulate 10,560 events after cuts at 13 TeV, the number of a thesis on this analysis. */
export const namedSetups = {
  signal: {
    title: 'New physics, m_tt > 1.45 TeV',
    note: 'Two operators with coefficients other than zero, where their amplitudes have grown. Ten bins of one momentum leave a wide ridge of both; event by event the same data tell them apart.',
    setup: over({}),
  },
  'thesis-inspired': {
    title: 'Thesis-inspired demonstration',
    note: 'Number of events, coefficients, bins and prior follow a thesis on this analysis; its selection is not stated, and the cut m_tt > 700 GeV was chosen because the binned numbers then come out alike. A demonstration tuned to the answer, not a check of that thesis.',
    setup: over({ mttMinGeV: 700, truth: { td8: 0.45, tq8: -0.65 } }),
  },
  'sm-inclusive': {
    title: 'Standard Model, all m_tt',
    note: 'Data of the Standard Model without a cut on the mass of the top pair: most events know little of four-quark operators.',
    setup: over({ mttMinGeV: 0, truth: {} }),
  },
  energetic: {
    title: 'Standard Model, m_tt > 1.45 TeV',
    note: 'Data of the Standard Model where amplitudes with four-quark operators have grown: as many events tell far more.',
    setup: over({ truth: {} }),
  },
} as const satisfies Record<string, NamedSetup>

export type SetupName = keyof typeof namedSetups
export const setupNames = Object.keys(namedSetups) as SetupName[]
