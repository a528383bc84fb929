import type { Process } from './process.ts'

/**
 * |M|² of one partonic process at leading order, summed over final and averaged over initial spins and colours,
 * with the factors 1/n! of identical final particles. Dimension GeV^(4 - 2 (n - 2)) for n - 2 final particles;
 * couplings are inside.
 *
 * An instance works in buffers of its own and allocates nothing per call: make one per worker and process.
 */
export interface SquaredMatrixElement {
  readonly process: Process
  /** 'kernel' (WebAssembly), 'closed-form', or 'recursion' (Berends-Giele in TypeScript). */
  readonly method: 'kernel' | 'closed-form' | 'recursion'
  /** |M|² goes with this power of g_s: a running coupling multiplies by (g_s(μ) / parameters.gs)^strongPower. */
  readonly strongPower: number
  /**
   * @param momenta  [n, 4] row-major: E, px, py, pz in GeV, incoming legs first, all of positive energy, on shell
   *                 and in balance, in any frame. Kept as is.
   */
  squaredMatrixElement(momenta: Float64Array): number
}

/**
 * Amplitudes of all helicities and colour structures: what decays with spin correlations need.
 * values[((configuration) * structures + s) * 2 + (0 re, 1 im)]; a configuration is a mixed-radix number over legs,
 * the first leg's helicity fastest.
 */
export interface AmplitudeTensor {
  /** Helicities (or linear polarisations) of each leg, in the order of the process. */
  readonly helicities: readonly number[]
  readonly structures: number
  /** Σ over colours of structure i times structure j conjugated: real, symmetric, [structures, structures]. */
  readonly colourMatrix: Float64Array
  /** Average over initial spins and colours, and 1/n! of identical particles. */
  readonly normalisation: number
  readonly values: Float64Array
}

/** A process whose amplitudes can be had one by one. */
export interface HelicityAmplitudes extends SquaredMatrixElement {
  /** Fills `tensor.values` for these momenta; conventions of spins are those of wave-functions.ts. */
  amplitudes(momenta: Float64Array): AmplitudeTensor
}
