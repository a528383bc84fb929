import type { Rng } from '../../numerics/rng.ts'
import { jacobianAt, mapPoint, type VegasGrid } from '../vegas.ts'
import type { Clusters } from './pairings.ts'
import { rambo, ramboVolume } from './rambo.ts'
import { twoClusters, type PtWindow } from './two-clusters.ts'

/** Share of the points that RAMBO draws, so that no region is left to the tails of the clusters' grid. */
const flatShare = 0.1

/**
 * Final states by a mixture of channels: two clusters in all given pairings, evenly, on one adapted grid, and RAMBO.
 * The weight of a point is one over the sum of all channels' densities there, whichever drew it (Kleiss, Pittau, CPC
 * 83 (1994) 141).
 */
export interface PhaseSpace {
  /** Of the grid; 0 where RAMBO is the only channel. */
  readonly dimensions: number
  /** [n, 4] of the last point, in the rest frame */
  readonly momenta: Float64Array
  /** Its bins in the grid. */
  readonly cells: Int32Array
  /** Whether the grid made it. */
  readonly fromGrid: boolean
  /** Draws a point. @returns its weight in dΦ_n; the mean over points is the volume of phase space */
  draw(energy: number, grid: VegasGrid, rng: Rng): number
}

/**
 * @param masses  of the final particles [GeV], read at each point
 * @param window  of pT, taken into the channel where there are two particles; else only a cut for the caller
 */
export function createPhaseSpace(
  masses: ArrayLike<number>,
  pairings: readonly Clusters[],
  window?: PtWindow,
): PhaseSpace {
  const two = masses.length === 2
  const channels = pairings.map((clusters) => twoClusters(masses, clusters, two ? window : undefined))
  const flat = two ? 0 : channels.length === 0 ? 1 : flatShare
  const dimensions = channels.length === 0 ? 0 : channels[0].dimensions
  const momenta = new Float64Array(4 * masses.length)
  const cells = new Int32Array(dimensions)
  const u = new Float64Array(dimensions)
  const x = new Float64Array(dimensions)
  let fromGrid = false

  function draw(energy: number, grid: VegasGrid, rng: Rng): number {
    const choice = rng.uniform()
    fromGrid = choice >= flat
    if (fromGrid) {
      const k = Math.min(channels.length - 1, Math.floor(((choice - flat) / (1 - flat)) * channels.length))
      for (let d = 0; d < dimensions; d++) u[d] = rng.uniform()
      const jacobian = mapPoint(grid, u, x, cells)
      const volume = channels[k].place(energy, x, 2 * Math.PI * rng.uniform(), momenta)
      if (!(volume > 0) || two) return volume * jacobian
    } else rambo(energy, masses, rng, momenta)
    let density = flat / ramboVolume(energy, masses, momenta)
    for (let k = 0; k < channels.length; k++) {
      const volume = channels[k].locate(energy, momenta, x)
      density += (1 - flat) / channels.length / (volume * jacobianAt(grid, x))
    }
    return 1 / density
  }

  return {
    ...{ dimensions, momenta, cells, draw },
    get fromGrid() {
      return fromGrid
    },
  }
}
