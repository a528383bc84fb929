import type { TokenBatch } from '../../../../ml/transformer/token-source.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { firstEventToken, objectScalars, tokenInfos } from '../tokens/token-layout.ts'
import {
  errorRatio,
  meanSquare,
  reconstructionGroups,
  squaredErrors,
  type MaskKind,
  type ReconstructionGroup,
  type SquaredErrors,
} from './reconstruction-report.ts'

export interface ComparedImputer {
  /** Weighted mean squared error, in standard deviations squared. */
  mse: number
  overMean: Estimate
  /** By what is hidden, over the mean's: pT, η, … of objects, numbers of the event. */
  variables: Record<string, number>
}

export type ComparedGroup = Record<string, ComparedImputer> & { mean: ComparedImputer }

/**
 * Guesses of the same hidden numbers side by side, by groups.
 *
 * @param guesses  of each imputer [rows, tokens]; 'mean' among them
 */
export function compareImputers(
  asked: TokenBatch,
  kind: MaskKind,
  guesses: Readonly<Record<string, Float32Array>> & { readonly mean: Float32Array },
  seed: number,
): Partial<Record<ReconstructionGroup, ComparedGroup>> {
  const errors = Object.entries(guesses).map(
    ([name, guess]) => [name, squaredErrors(asked, kind, guess)] as const,
  )
  const mean = squaredErrors(asked, kind, guesses.mean)
  const told: Partial<Record<ReconstructionGroup, ComparedGroup>> = {}
  for (const group of reconstructionGroups) {
    // Each kind of mask asks for its own groups.
    if (Number.isNaN(meanSquare(mean, group))) continue
    told[group] = Object.fromEntries(
      errors.map(([name, own]) => [
        name,
        {
          mse: meanSquare(own, group),
          overMean: errorRatio(own, mean, group, seed),
          variables: byVariable(own, mean, group),
        },
      ]),
    ) as ComparedGroup
  }
  return told
}

/** The imputer of least error among some, and the ratio of another's error to its, by the paired bootstrap. */
export function overBest(
  asked: TokenBatch,
  kind: MaskKind,
  group: ReconstructionGroup,
  own: Float32Array,
  others: Readonly<Record<string, Float32Array>>,
  seed: number,
): { best: string; ratio: Estimate } {
  const errors = Object.entries(others).map(
    ([name, guess]) => [name, squaredErrors(asked, kind, guess)] as const,
  )
  const [best, least] = errors.reduce((a, b) => (meanSquare(b[1], group) < meanSquare(a[1], group) ? b : a))
  return { best, ratio: errorRatio(squaredErrors(asked, kind, own), least, group, seed) }
}

/** Σ over the slots of each scalar. */
function byVariable(own: SquaredErrors, mean: SquaredErrors, group: ReconstructionGroup) {
  const tokens = own.perToken.length
  const out: Record<string, number> = {}
  const names =
    group === 'global'
      ? tokenInfos.slice(firstEventToken, tokens).map(({ scalar }) => scalar)
      : [...objectScalars]
  for (const name of names) {
    let [a, b] = [0, 0]
    for (let t = 0; t < tokens; t++) {
      if (tokenInfos[t].scalar !== name) continue
      a += own.perToken[t]
      b += mean.perToken[t]
    }
    out[name] = a / b
  }
  return out
}
