import { addCurrent, addProduct, addRowSlash, addSlashColumn } from './dirac.ts'
import { electroweakCouplings, type AmplitudeParameters, type ChiralCoupling } from './parameters.ts'
import type { AmplitudeTensor } from './squared-matrix-element.ts'
import { colourSum } from './tensor.ts'
import { columnU, columnV, polarisation, rowU, rowV } from './wave-functions.ts'

// Decays with the spin of the production kept. An on-shell leg's sum over spins is a completeness relation
// (slash p + m = Σ u ū; -g + p p / m² = Σ ε ε*), so its decay is a spin vector: one complex number per helicity that
// multiplies the production amplitude of that helicity.

/** Complex amplitude of a leg's decay from each of its helicities: [helicities, re im]. */
export type SpinVector = Float64Array

/** A vertex of the decay: momenta [E, px, py, pz] in GeV, any frame that is also the production's. */
export interface TopDecayMomenta {
  top: ArrayLike<number>
  bottom: ArrayLike<number>
  /** ℓ⁺ or d̄ of a top, ℓ⁻ or d of an antitop. */
  lower: ArrayLike<number>
  /** ν or u of a top, ν̄ or ū of an antitop. */
  upper: ArrayLike<number>
}

const work = new Float64Array(64)
const momentum = new Float64Array(16)

/**
 * t → b f f̄′ by W exchange, b massless: ū(b) γ_μ P_L u(t, h) · ū(upper) γ^μ P_L v(lower) · (g_w²/2) / (q² - m_W² +
 * i m_W Γ_W); for an antitop the mirror image. Its square, summed over h, is twice the spin-averaged |M|².
 */
export function topSpinVector(
  { top, bottom, lower, upper }: TopDecayMomenta,
  anti: boolean,
  parameters: AmplitudeParameters,
  out: SpinVector,
): void {
  const { e, sin } = electroweakCouplings(parameters)
  const { mTop, mW, widthW } = parameters
  momentum.set(top, 0)
  momentum.set(bottom, 4)
  momentum.set(lower, 8)
  momentum.set(upper, 12)
  // Current of the W at 0, b at 16, line at 24, top at 32.
  work.fill(0)
  if (anti) {
    rowU(work, 48, momentum, 8, 0, -1)
    columnV(work, 56, momentum, 12, 0, 1)
  } else {
    rowU(work, 48, momentum, 12, 0, -1)
    columnV(work, 56, momentum, 8, 0, 1)
  }
  addCurrent(work, 48, 56, 0, 1, 0)
  out.fill(0)
  for (let h = 0; h < 2; h++) {
    work.fill(0, 24, 40)
    if (anti) {
      columnV(work, 16, momentum, 4, 0, 1)
      addSlashColumn(work, 0, 16, 24, 1, 0)
      rowV(work, 32, momentum, 0, mTop, 2 * h - 1)
      addProduct(work, 32, 24, out, 2 * h)
    } else {
      rowU(work, 16, momentum, 4, 0, -1)
      addRowSlash(work, 16, 0, 24, 1, 0)
      columnU(work, 32, momentum, 0, mTop, 2 * h - 1)
      addProduct(work, 24, 32, out, 2 * h)
    }
  }
  const q2 = invariantOf(8, 12)
  const distance = q2 - mW * mW
  const imaginary = mW * widthW
  const norm = (e * e) / (2 * sin * sin) / (distance * distance + imaginary * imaginary)
  for (let h = 0; h < 4; h += 2) {
    const re = out[h]
    out[h] = norm * (distance * re + imaginary * out[h + 1])
    out[h + 1] = norm * (distance * out[h + 1] - imaginary * re)
  }
}

/**
 * The same up to a factor that does not know the top's helicity, at a fraction of the cost: by a Fierz identity the
 * left-handed chain is ⟨b u⟩ [ℓ| t(h)⟩, the d-type fermion's spinor times the top's.
 */
export class TopSpin {
  private readonly spinors = new Float64Array(24)
  private anti = false

  /** The top of the decays that follow: E, px, py, pz from `at` on. */
  setTop(momenta: Float64Array, at: number, mTop: number, anti: boolean): void {
    this.anti = anti
    for (let h = 0; h < 2; h++) (anti ? rowV : columnU)(this.spinors, 8 * h, momenta, at, mTop, 2 * h - 1)
  }

  /** @param momenta  of ℓ⁺ or d̄ of a top, ℓ⁻ or d of an antitop, from `at` on */
  spin(momenta: Float64Array, at: number, out: SpinVector): void {
    const { spinors, anti } = this
    if (anti) columnU(spinors, 16, momenta, at, 0, 1)
    else rowU(spinors, 16, momenta, at, 0, 1)
    out.fill(0)
    for (let h = 0; h < 2; h++) addProduct(spinors, anti ? 8 * h : 16, anti ? 16 : 8 * h, out, 2 * h)
  }
}

/**
 * V → f f̄ (massless): -ε_λ · ū(f) γ (left P_L + right P_R) v(f̄) for the three linear polarisations of
 * wave-functions.ts. Exactly one of left and right must be zero: helicities of the fermions do not interfere, so a
 * Z's decay draws its chirality in proportion to the squared couplings.
 */
export function vectorSpinVector(
  boson: ArrayLike<number>,
  fermion: ArrayLike<number>,
  antifermion: ArrayLike<number>,
  mass: number,
  { left, right }: ChiralCoupling,
  out: SpinVector,
): void {
  momentum.set(boson, 0)
  momentum.set(fermion, 4)
  momentum.set(antifermion, 8)
  work.fill(0)
  const helicity = left !== 0 ? -1 : 1
  rowU(work, 48, momentum, 4, 0, helicity)
  columnV(work, 56, momentum, 8, 0, -helicity)
  addCurrent(work, 48, 56, 0, left, right)
  out.fill(0)
  for (let index = 0; index < 3; index++) {
    polarisation(work, 16, momentum, 0, mass, index)
    for (let k = 0; k < 4; k++) {
      const component = (k === 0 ? -1 : 1) * work[16 + 2 * k]
      out[2 * index] += component * work[2 * k]
      out[2 * index + 1] += component * work[2 * k + 1]
    }
  }
}

function invariantOf(a: number, b: number): number {
  let sum = (momentum[a] + momentum[b]) ** 2
  for (let k = 1; k < 4; k++) sum -= (momentum[a + k] + momentum[b + k]) ** 2
  return sum
}

/**
 * |M|² of production and decays together: legs with a spin vector are contracted with it, helicities of the others
 * are summed. Propagators of the decaying legs (narrow-width factors) are not inside.
 *
 * @param spins  one entry per leg of the process, undefined where the leg does not decay
 */
export class DecayContraction {
  private values = new Float64Array(0)

  constructor(private readonly spins: readonly (SpinVector | undefined)[]) {}

  squared(tensor: AmplitudeTensor): number {
    const { helicities, structures } = tensor
    if (this.values.length !== tensor.values.length) this.values = new Float64Array(tensor.values.length)
    const { values } = this
    values.set(tensor.values)
    // One leg after the other is folded into its helicity 0; what is left over is then read there alone.
    let total = values.length / (2 * structures)
    let block = 2 * structures
    for (let leg = 0; leg < helicities.length; leg++) {
      const count = helicities[leg]
      const spin = this.spins[leg]
      if (spin) {
        const groups = total / count / (block / (2 * structures))
        for (let group = 0; group < groups; group++) fold(values, spin, count, block, group)
        total /= count
      } else block *= count
    }
    let sum = 0
    for (let at = 0; at < 2 * structures * total; at += 2 * structures) sum += colourSum(values, at, tensor)
    return tensor.normalisation * sum
  }
}

/** values[group][count][block] to values[group][block], in place: Σ_h spin_h values_h. */
function fold(values: Float64Array, spin: SpinVector, count: number, block: number, group: number): void {
  const from = group * count * block
  const to = group * block
  for (let k = 0; k < block; k += 2) {
    let re = 0
    let im = 0
    for (let h = 0; h < count; h++) {
      const at = from + h * block + k
      re += spin[2 * h] * values[at] - spin[2 * h + 1] * values[at + 1]
      im += spin[2 * h] * values[at + 1] + spin[2 * h + 1] * values[at]
    }
    values[to + k] = re
    values[to + k + 1] = im
  }
}

/** Σ_h |c_h|²: the decay's own |M|² summed over the spin of what decays. */
export function spinNorm(spin: SpinVector): number {
  let sum = 0
  for (const x of spin) sum += x * x
  return sum
}

/**
 * Weight in [0, 1] to accept decays drawn without regard to spin: |M|² of all together over its Cauchy-Schwarz bound
 * |M_production|² Π Σ|c_h|². Its mean is the product of 1 over the helicities of the decaying legs.
 */
export function decayWeight(
  contraction: DecayContraction,
  tensor: AmplitudeTensor,
  spins: readonly (SpinVector | undefined)[],
  production: number,
): number {
  let bound = production
  for (const spin of spins) if (spin) bound *= spinNorm(spin)
  return contraction.squared(tensor) / bound
}
