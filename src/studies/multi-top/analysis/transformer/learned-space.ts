import type { ForwardPass } from '../../../../ml/transformer/forward-pass.ts'
import { drainAsync } from '../../../../numerics/drain.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { findingComponents } from '../../../../statistics/embedding/leading-components.ts'
import { projected } from '../map/axes.ts'
import { allFeatures, learnedPieces } from './transformer-outputs.ts'

/** Numbers that are kept of the learned space. */
export const keptDimensions = 50

/** Coordinates of events in the learned space. @returns [rows, dimensions] */
export type LearnedSpace = (values: Float32Array, rows: number) => Promise<Float32Array>

/**
 * The flattened last block of a transformer on its first principal components: 2,000 numbers of an event are too many for
 * covariances and distances of all pairs.
 *
 * @param fitted  events that the components are found from
 * @yields the fraction done
 */
export async function* findingLearnedSpace(
  pass: ForwardPass,
  parameters: Float32Array,
  fitted: { values: Float32Array; rows: number },
  seed: number,
  dimensions = keptDimensions,
): AsyncGenerator<number, { space: LearnedSpace; dimensions: number }, void> {
  const { values, width } = await allFeatures(pass, parameters, fitted)
  const table = { values, n: fitted.rows, dimensions: width }
  const { found, ...kept } = yield* findingComponents(table, dimensions, createRng(seed, 'components'))
  const axes = { mean: Float32Array.from(kept.mean), axes: Float32Array.from(kept.axes) }
  const space: LearnedSpace = async (values, rows) => {
    const out = new Float32Array(rows * found)
    for await (const { first, features } of learnedPieces(pass, parameters, { values, rows }))
      out.set(projected(axes, features), first * found)
    return out
  }
  return { space, dimensions: found }
}

/** The same without its reports. */
export const learnedSpace = (
  ...asked: Parameters<typeof findingLearnedSpace>
): Promise<{ space: LearnedSpace; dimensions: number }> => drainAsync(findingLearnedSpace(...asked))
