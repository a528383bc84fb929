import type { PeakRate } from '../../../../physics/drell-yan/peak-rate.ts'
import { formatNumber } from '../../../../ui/common/format.ts'

/** "1,553 pb (+1.2 −2.5 % by seven scales), K = 1.111" */
export function peakText({ value, highest, lowest, kFactor }: NonNullable<PeakRate['nlo']>): string {
  const percent = (bound: number) => formatNumber(100 * Math.abs(bound / value - 1), 2)
  return `NLO ${formatNumber(value, 4)} pb (+${percent(highest)} −${percent(lowest)} % by seven scales), K = ${formatNumber(kFactor, 4)}`
}
