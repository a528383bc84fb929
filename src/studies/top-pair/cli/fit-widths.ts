import type { ToyKeeper } from '../analysis/fit/fit-calibration.ts'
import type { TrainedNetwork } from '../analysis/fit/fit-jobs.ts'
import { fitKinds, type FitKind, type FitSetup } from '../analysis/fit/fit-setup.ts'
import type { ParameterSummary } from '../../../statistics/posterior/summary.ts'
import { pump, type FitHandlers } from './fit-options.ts'

export interface WidthReport {
  name: string
  /** Mean total length of the 95 % highest-density set over the toys, with its standard error [TeV^-2]. */
  widths: Record<FitKind, { mean: number; error: number }>
  /** Toys in which exact <= unbinned <= binned. */
  ordered: number
}

/**
 * Binned, learned and exact posteriors of the same toys. Information can only be lost from the exact ratios on, so that
 * widths grow from exact over learned to binned on average.
 *
 * @param toys  simulated data of seeds setup.seed + 1, setup.seed + 2, ...
 */
export async function compareWidths(
  setup: FitSetup,
  networks: TrainedNetwork[],
  toys: number,
  handlers: FitHandlers,
  log: (line: string) => void,
  { resumeFrom = [], afterToy }: ToyKeeper = {},
): Promise<WidthReport[]> {
  // Per toy the length for each operator, then each kind.
  const numbers = [...resumeFrom]
  const perToy = setup.operators.length * fitKinds.length
  const quiet = (): null => null
  for (let toy = 1 + numbers.length / perToy; toy <= toys; toy++) {
    const drawn = { ...setup, seed: setup.seed + toy }
    const data = await pump(handlers['prepare-fit']({ setup: drawn, dropped: null }), quiet, log)
    const { features } = data
    const { ratios } = await pump(handlers['predict-ratios']({ setup, networks, features }), quiet, log)
    const own = setup.operators.map((): number[] => [])
    for (const kind of fitKinds) {
      const request = { setup: drawn, data, kind, ratios: kind === 'unbinned' ? ratios : null }
      const { summaries } = await pump(handlers.fit(request), quiet, log)
      setup.operators.forEach((_, i) => own[i].push(lengthOf(summaries[i])))
    }
    numbers.push(...own.flat())
    if (afterToy) await afterToy({ done: toy, total: toys, numbers })
    else log(`toy ${toy} of ${toys}`)
  }
  const lengths = setup.operators.map((_, i) =>
    fitKinds.map((__, k) => numbers.filter((___, at) => at % perToy === i * fitKinds.length + k)),
  )
  return setup.operators.map((name, i) => ({
    name,
    widths: Object.fromEntries(
      fitKinds.map((kind, k) => [kind, meanOf(lengths[i][k])]),
    ) as WidthReport['widths'],
    ordered: countOrdered(lengths[i]),
  }))
}

function lengthOf({ highestDensity }: ParameterSummary): number {
  const { segments } = highestDensity.find(({ probability }) => probability === 0.95)!
  return segments.reduce((sum, { low, high }) => sum + high - low, 0)
}

function countOrdered(lengths: number[][]): number {
  const [binned, unbinned, exact] = fitKinds.map((_, k) => lengths[k])
  return exact.filter((width, toy) => width <= unbinned[toy] && unbinned[toy] <= binned[toy]).length
}

function meanOf(values: number[]): { mean: number; error: number } {
  const n = values.length
  const mean = values.reduce((sum, v) => sum + v, 0) / n
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / Math.max(1, n - 1)
  return { mean, error: Math.sqrt(variance / n) }
}
