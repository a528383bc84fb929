import { partonIds } from './pdf-set.ts'

/**
 * The eight densities that are evolved, in the order of every state array.
 * Strange, charm and bottom equal their antiquarks at leading order when they start equal, so each is kept once.
 */
export const evolvedDensities = ['d', 'u', 'dbar', 'ubar', 's', 'c', 'b', 'g'] as const

export const densityCount = evolvedDensities.length

/** For each entry of `partonIds`, which of the eight densities it is. */
export const densityOfParton: Uint8Array = Uint8Array.from(partonIds, (id) => {
  if (id === 21) return 7
  if (id === -1) return 2
  if (id === -2) return 3
  return [0, 0, 1, 4, 5, 6][Math.abs(id)]
})

/** Densities x f(x) at the scale where evolution starts. */
export interface StartDistributions {
  /** GeV */
  readonly q0: number
  /**
   * Writes x f(x) for 0 < x < 1 in the order of `evolvedDensities`.
   * Flavours not yet active at q0 must be zero.
   */
  fill(x: number, out: Float64Array): void
}
