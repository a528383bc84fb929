import type { TransferArm } from './transfer-arms.ts'
import { transferArms } from './transfer-arms.ts'

/** What one seed came to with so many labels. */
export interface TransferRun {
  labels: number
  seed: number
  auc: Record<TransferArm, number>
}

/** Mean over seeds with the interval of 95 % of Student's t. */
export interface OverSeeds {
  mean: number
  deviation: number
  interval: [number, number]
}

export interface TransferSummary {
  labels: number
  seeds: number
  arms: Record<TransferArm, OverSeeds>
  /** Pair by pair of equal seeds, above scratch. */
  gain: Record<Exclude<TransferArm, 'scratch'>, OverSeeds>
}

/** 97.5 % point of Student's t by degrees of freedom, from 1. */
const studentT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262] as const

/** Mean of some numbers; with one alone the interval is without end. */
export function overSeeds(values: readonly number[]): OverSeeds {
  const n = values.length
  const mean = values.reduce((sum, x) => sum + x / n, 0)
  if (n < 2) return { mean, deviation: NaN, interval: [-Infinity, Infinity] }
  const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2 / (n - 1), 0))
  const t = studentT[Math.min(n - 2, studentT.length - 1)]
  const half = (t * deviation) / Math.sqrt(n)
  return { mean, deviation, interval: [mean - half, mean + half] }
}

/** Runs by their number of labels. */
export function transferSummary(runs: readonly TransferRun[]): TransferSummary[] {
  const counts = [...new Set(runs.map(({ labels }) => labels))].sort((a, b) => a - b)
  return counts.map((labels) => {
    const own = runs.filter((run) => run.labels === labels)
    const gain = (arm: TransferArm) => overSeeds(own.map(({ auc }) => auc[arm] - auc.scratch))
    return {
      ...{ labels, seeds: own.length },
      arms: Object.fromEntries(
        transferArms.map((arm) => [arm, overSeeds(own.map(({ auc }) => auc[arm]))]),
      ) as Record<TransferArm, OverSeeds>,
      gain: { 'fine-tuned': gain('fine-tuned'), frozen: gain('frozen') },
    }
  })
}
