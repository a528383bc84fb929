import type { DensityKnots } from '../../kernels/density-kernel.ts'

/** PDG ids of the partons the app knows: quarks 1-5, antiquarks -1..-5, gluon 21. */
export type PartonId = -5 | -4 | -3 | -2 | -1 | 1 | 2 | 3 | 4 | 5 | 21

export const partonIds: readonly PartonId[] = [-5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 21]

/** Where a parton stands in `partonIds`. */
export function partonIndex(id: PartonId): number {
  return id === 21 ? 10 : id < 0 ? id + 5 : id + 4
}

/** One parton-distribution member, whatever made it (own evolution or an LHAPDF grid). */
export interface PdfSet {
  /** Stable name for cards and manifests, e.g. "ct14lo-reparametrised" or the dropped file's name. */
  readonly id: string
  /** One sentence for the reader: what it is and what to cite. */
  readonly description: string
  readonly xMin: number
  readonly xMax: number
  /** GeV */
  readonly qMin: number
  /** GeV */
  readonly qMax: number
  /**
   * Momentum density x f(x, Q^2), LHAPDF's name and meaning.
   *
   * @param q2  factorisation scale squared [GeV^2]
   * @throws    AppError 'physics/out-of-range' for x outside (0, 1] or q2 <= 0
   */
  xfxQ2(pdgId: PartonId, x: number, q2: number): number
  /** All partons at once, in the order of `partonIds`; `out` is reused when given. */
  xfxQ2All(x: number, q2: number, out?: Float64Array): Float64Array
  /**
   * Knots between which LHAPDF's log-bicubic rule gives the densities, for the kernel: those of a grid, or a table made
   * for it where the set has another rule of its own (worst difference as the set's tests say). Regions of scales from
   * low to high, each with at least four knots either way.
   */
  knots?(): readonly DensityKnots[]
  /** Strong coupling that goes with the set, where it is known. */
  alphaS?(q: number): number
  /** Where that coupling is from, in words. */
  readonly alphaSSource?: string
  /** Order at which it was fitted, LHAPDF's OrderQCD: 0 leading, 1 next-to-leading; absent where nothing says. */
  readonly orderQcd?: number
  /** What is odd about it, in sentences. */
  readonly notes?: readonly string[]
}
