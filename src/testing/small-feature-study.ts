import type { FeatureStudy } from '../studies/top-pair/feature-study.ts'

const lossOf = (loss: number) => ({ loss, error: 0.002 })

/** Two terms, two sets of data. */
export const smallFeatureStudy: FeatureStudy = {
  ...{
    schemaVersion: 1,
    date: '2026-11-30',
    made: 'theoryscape 0.1.0',
    version: 'v',
    command: 'feature-study',
  },
  setup: {
    ...{ sqrtSGeV: 13_000, mttMinGeV: 1450, truth: { td8: 0.3 }, observedEvents: 100, livePoints: 50 },
    ...{ seeds: [1, 2], testEvents: 1000 },
  },
  operators: ['td8'],
  terms: ['td8', 'td8^2'],
  losses: {
    partonExact: [0.66, 0.57],
    partonLearned: [0.661, 0.571],
    finalState: [0.5, 0.44],
    learned: [
      { step: 'parton', replicas: 1, terms: [lossOf(0.65), lossOf(0.56)] },
      { step: '14', replicas: 1, terms: [lossOf(0.56), lossOf(0.5)] },
    ],
  },
  intervals: [
    { step: 'binned', width68: [[0.5, 1]], width95: [[1, 2]] },
    { step: '14', width68: [[0.1, 0.3]], width95: [[0.2, 0.6]] },
    { step: 'exact', width68: [[0.1, 0.2]], width95: [[0.2, 0.4]] },
  ],
}
