import { refineGrid, uniformGrid } from '../vegas.ts'
import { gridBins, gridOf, pointsPerBlock, type BlockSums } from './block.ts'

/** Edges of the grids of one part, see VegasGrid. */
export interface PartGrids {
  beams: Float64Array
  final: Float64Array
}

/** Before any training: bins of equal width. */
export function evenGrids(beamDimensions: number, dimensions: number): PartGrids {
  return {
    beams: uniformGrid(beamDimensions, gridBins).edges,
    final: uniformGrid(dimensions, gridBins).edges,
  }
}

/** The grids after a round of blocks, by VEGAS's rule. */
export function trainedGrids({ beams, final }: PartGrids, sums: readonly BlockSums[]): PartGrids {
  return {
    beams: refineGrid(gridOf(beams), added(sums, 'beams')).edges,
    final: refineGrid(gridOf(final), added(sums, 'final')).edges,
  }
}

const added = (sums: readonly BlockSums[], grid: 'beams' | 'final'): Float64Array =>
  sums[0][grid].map((_, k) => sums.reduce((total, own) => total + own[grid][k], 0))

/** Mean and standard deviation of the weights of blocks [pb]. */
export function momentsOf(sums: readonly BlockSums[]): [mean: number, deviation: number] {
  const count = sums.length * pointsPerBlock
  const mean = sums.reduce((total, { sum }) => total + sum, 0) / count
  const square = sums.reduce((total, { sum2 }) => total + sum2, 0) / count
  return [mean, Math.sqrt(Math.max(0, square - mean * mean))]
}
