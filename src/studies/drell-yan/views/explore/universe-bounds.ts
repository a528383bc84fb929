import { boundsOf, type Bounds } from '../../../../numerics/histogram.ts'
import type { UniverseEmbedding } from '../../analysis/dataset-types.ts'

/** Where the universes of a dataset lie on the map, whatever of them is hidden; null without one. */
export function universeBounds({
  universes,
  latentDim,
}: Pick<UniverseEmbedding, 'universes' | 'latentDim'>): Bounds | null {
  const count = universes.length / latentDim
  const axis = (k: number) => Float32Array.from({ length: count }, (_, u) => universes[u * latentDim + k])
  return boundsOf(axis(0), axis(1), count)
}
