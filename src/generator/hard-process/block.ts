import { createRng } from '../../numerics/rng.ts'
import type { VegasGrid } from '../vegas.ts'
import type { Integrand } from './integrand.ts'

/** Bins of every dimension of the grids. */
export const gridBins = 48

/** Points with one stream of random numbers: the unit in which work is divided. */
export const pointsPerBlock = 2000

/** A block of points of one part of the cross-section. */
export interface BlockTask {
  part: number
  /** Names its random numbers, beside the seed. */
  stream: string
  /** Edges of the grids for tau and y and for the final state, see VegasGrid. */
  beams: Float64Array
  final: Float64Array
  /** Whether each point's weight is asked for. */
  keepWeights?: boolean
}

/** Sums of one block's weights w [pb]. */
export interface BlockSums {
  sum: number
  sum2: number
  /** Of weights below zero, which count as 0. */
  clipped: number
  /** [dimensions, bins] of w² */
  beams: Float64Array
  final: Float64Array
  /** [pointsPerBlock] pb, where asked for */
  weights?: Float64Array
}

export function gridOf(edges: Float64Array): VegasGrid {
  return { dimensions: edges.length / (gridBins + 1), bins: gridBins, edges }
}

/** Draws the points of a block; nothing but the task and the seed decides the sums. */
export function runBlock(integrand: Integrand, task: BlockTask, seed: number): BlockSums {
  const rng = createRng(seed, `hard-process/${task.part}/${task.stream}`)
  const [beams, final] = [gridOf(task.beams), gridOf(task.final)]
  const sums: BlockSums = {
    ...{ sum: 0, sum2: 0, clipped: 0 },
    beams: new Float64Array(beams.dimensions * gridBins),
    final: new Float64Array(final.dimensions * gridBins),
    ...(task.keepWeights && { weights: new Float64Array(pointsPerBlock) }),
  }
  const { beamCells, finalCells } = integrand
  for (let i = 0; i < pointsPerBlock; i++) {
    const weight = integrand.draw(beams, final, rng)
    sums.clipped += integrand.clipped
    if (weight === 0) continue
    if (sums.weights) sums.weights[i] = weight
    const square = weight * weight
    sums.sum += weight
    sums.sum2 += square
    for (let d = 0; d < beamCells.length; d++) sums.beams[d * gridBins + beamCells[d]] += square
    if (!integrand.fromGrid) continue
    for (let d = 0; d < finalCells.length; d++) sums.final[d * gridBins + finalCells[d]] += square
  }
  return sums
}
