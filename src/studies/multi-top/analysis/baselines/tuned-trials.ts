import { boostingDefaults, type BoostingSettings } from '../../../../ml/trees/boosted-trees.ts'
import { createRng, type Rng } from '../../../../numerics/rng.ts'
import type { MlpSettings } from './mlp-baseline.ts'

/** Trials of each baseline. */
export const usualTrials = 20

const between = (rng: Rng, low: number, high: number): number => low * (high / low) ** rng.uniform()
const oneOf = <T>(rng: Rng, choices: readonly T[]): T => choices[rng.integer(choices.length)]

/** Settings of trees drawn at random, the same for the same seed. */
export function treeTrials(seed: number, trials = usualTrials): BoostingSettings[] {
  return Array.from({ length: trials }, (_, k) => {
    const rng = createRng(seed, `trees/${k}`)
    return {
      ...{ ...boostingDefaults, rounds: 300, patience: 15, seed: seed + k },
      ...{ maxDepth: 3 + rng.integer(5), learningRate: between(rng, 0.05, 0.4) },
      ...{
        minChildWeight: between(rng, 1, 30),
        lambda: between(rng, 0.3, 10),
        subsample: oneOf(rng, [0.7, 1]),
      },
    }
  })
}

/** Settings of networks drawn at random, the same for the same seed. */
export function mlpTrials(seed: number, trials = usualTrials): MlpSettings[] {
  return Array.from({ length: trials }, (_, k) => {
    const rng = createRng(seed, `mlp/${k}`)
    const width = oneOf(rng, [32, 64, 128])
    return {
      ...{ widths: Array.from({ length: 2 + rng.integer(2) }, () => width), epochs: 30, patience: 6 },
      ...{ learningRate: between(rng, 3e-4, 1e-2), batch: oneOf(rng, [128, 256, 512]), seed: seed + k },
    }
  })
}
