import type { MeasuredScaling } from './plan-figures.ts'

/** When and where, for the words beside the figure. */
export const measuredScalingOn = '1 December 2026, Xeon 2.8 GHz, two cores shared with other work'

/** By the benchmark `plan` at load 12: other work held the cores, so that the clock tells of that work. */
export const measuredScaling: readonly MeasuredScaling[] = [
  { operators: 2, networks: 5, processor: [5.9, 6.4], clock: [7.0, 7.6] },
  { operators: 4, networks: 11, processor: [13.4, 13.1], clock: [22.8, 25.2] },
  { operators: 6, networks: 19, processor: [22.8, 24.3], clock: [44.8, 48.6] },
  { operators: 8, networks: 28, processor: [34.7, 39.5], clock: [73.2, 95.6] },
]
