import type { Rng } from '../../numerics/rng.ts'
import { densityWidth, type Densities } from '../hard-process/densities.ts'
import type { ShowerCoupling } from './coupling.ts'

/** Place of the gluon in `partonIds`; quarks are below it, and the antiparton of quark k is 9 − k. */
export const gluonPlace = 10
export const antiplace = (place: number): number => 9 - place

/** Densities do not reach lower scales [GeV]. */
const lowestScale = 1.65

/** Incoming legs and what they collide to. */
export interface IncomingLegs {
  /** Momentum fractions. */
  x1: number
  x2: number
  /** Places in `partonIds`. */
  leg1: number
  leg2: number
}

/** How an emission is weighted: by splitting kernels, or by the exact |M|² of a vector or a scalar of gluons and one parton. */
export type EmissionMode = 'kernels' | 'vector' | 'scalar'

export const channels = ['gluon', 'leg 1 converted', 'leg 2 converted', 'annihilation'] as const

/** Kernels of a backward step on a leg over α_s, (1/2π) z (1 − z) P(z). */
export const kernels = {
  /** q → q, a gluon emitted */
  quarkToQuark: (z: number) => ((4 / 3) * z * (1 + z * z)) / 2 / Math.PI,
  /** g → g, a gluon emitted */
  gluonToGluon: (z: number) => (3 * (1 - z + z * z) ** 2) / Math.PI,
  /** Parent gluon, leg quark: an antiquark is emitted. */
  gluonToQuark: (z: number) => (z * (1 - z) * (z * z + (1 - z) ** 2)) / (4 * Math.PI),
  /** Parent quark or antiquark, leg gluon: it is emitted. */
  quarkToGluon: (z: number) => ((4 / 3) * (1 - z) * (1 + (1 - z) ** 2)) / (2 * Math.PI),
}

/**
 * dN / (d ln pT² dy) of emissions off two incoming legs, y in the laboratory. A system of mass M and rapidity y0 recoils:
 * x1' = (mT e^y0 + pT e^y) / √S, x2' likewise with −y; densities at max(pT, 1.65 GeV), those below zero taken as zero.
 *
 * Kernels: leg 1 owns the half-plane y > y0, leg 2 the other. Exact: both legs emit over all y.
 */
export class EmissionRates {
  /** Of the four channels: K(z) x1' f(x1') x2' f(x2'), to be divided by `born`. */
  readonly weights = new Float64Array(4)
  /** x1 f(x1) x2 f(x2) */
  born = 0
  /** 1 or 2 where that leg's density is zero at this scale and a gluon can be its parent: it must convert now. */
  forced = 0
  x1 = 0
  x2 = 0
  private readonly pair = new Float64Array(2 * densityWidth)

  constructor(
    private readonly densities: Densities,
    private readonly coupling: ShowerCoupling,
    private readonly sqrtS: number,
  ) {}

  /** @returns the rate, 0 outside phase space or where an emission is `forced` */
  evaluate({ x1, x2, leg1, leg2 }: IncomingLegs, pt: number, y: number, mode: EmissionMode): number {
    const { sqrtS, pair, weights, densities } = this
    weights.fill(0)
    this.forced = 0
    const mass2 = x1 * x2 * sqrtS * sqrtS
    const y0 = 0.5 * Math.log(x1 / x2)
    const mt = Math.sqrt(mass2 + pt * pt)
    const forward = Math.exp(y0)
    const up = Math.exp(y)
    this.x1 = (mt * forward + pt * up) / sqrtS
    this.x2 = (mt / forward + pt / up) / sqrtS
    if (!(this.x1 < 1 && this.x2 < 1)) return 0
    const scale = Math.max(pt, lowestScale)
    densities.evaluate(x1, x2, scale * scale)
    const d1 = Math.max(0, densities.pair[leg1])
    const d2 = Math.max(0, densities.pair[densityWidth + leg2])
    this.born = d1 * d2
    densities.evaluate(this.x1, this.x2, scale * scale)
    for (let k = 0; k < pair.length; k++) pair[k] = Math.max(0, densities.pair[k])
    const f1 = pair[leg1]
    const f2 = pair[densityWidth + leg2]
    const above = y > y0
    const g1 = pair[gluonPlace]
    const g2 = pair[densityWidth + gluonPlace]
    const whole = mode !== 'kernels'
    if (d1 === 0 && leg1 !== gluonPlace) {
      if ((whole || above) && g1 > 0) this.forced = 1
    } else if (d2 === 0 && leg2 !== gluonPlace && (whole || !above) && g2 > 0) this.forced = 2
    const s = this.x1 * this.x2 * sqrtS * sqrtS
    const alphaS = this.coupling.alphaS(pt)
    if (whole) {
      const t = (-sqrtS * this.x1 * pt) / up
      const u = -sqrtS * this.x2 * pt * up
      if (mode === 'vector') this.vector(alphaS, s, t, u, mass2, f1, f2, g1, g2)
      else this.scalar(alphaS, s, t, u, mass2, pt, f1, f2)
    } else {
      const z = mass2 / s
      const [leg, own, other, at] = above ? [leg1, f1, f2, 0] : [leg2, f2, f1, densityWidth]
      const gluon = leg === gluonPlace
      weights[0] = alphaS * (gluon ? kernels.gluonToGluon(z) : kernels.quarkToQuark(z)) * own * other
      const parents = gluon ? this.quarks(at) : pair[at + gluonPlace]
      const convert = gluon ? kernels.quarkToGluon(z) : kernels.gluonToQuark(z)
      weights[above ? 1 : 2] = alphaS * convert * parents * other
    }
    if (this.forced > 0 || this.born === 0) return 0
    return (weights[0] + weights[1] + weights[2] + weights[3]) / this.born
  }

  /** Draws a channel in proportion to its weight, the forced one where there is. */
  channel(rng: Rng): number {
    if (this.forced > 0) return this.forced
    const { weights } = this
    let left = (weights[0] + weights[1] + weights[2] + weights[3]) * rng.uniform()
    for (let k = 0; k < 3; k++) {
      left -= weights[k]
      if (left < 0) return k
    }
    // Rounding may leave a little for a channel that is closed.
    return weights[3] > 0 ? 3 : weights[0] > 0 ? 0 : 1
  }

  /** Draws the parent of a converted gluon leg among quarks and antiquarks; of leg 1 or 2. */
  parentOfGluon(leg: number, rng: Rng): number {
    const at = leg === 1 ? 0 : densityWidth
    let left = this.quarks(at) * rng.uniform()
    for (let k = 0; k < gluonPlace; k++) {
      left -= this.pair[at + k]
      if (left < 0) return k
    }
    return gluonPlace - 1
  }

  /** Draws quark and antiquark of the annihilation; the place of leg 1. */
  annihilating(rng: Rng): number {
    let left = this.annihilation() * rng.uniform()
    for (let k = 0; k < gluonPlace; k++) {
      left -= this.pair[k] * this.pair[densityWidth + antiplace(k)]
      if (left < 0) return k
    }
    return gluonPlace - 1
  }

  private quarks(at: number): number {
    let sum = 0
    for (let k = 0; k < gluonPlace; k++) sum += this.pair[at + k]
    return sum
  }

  private annihilation(): number {
    let sum = 0
    for (let k = 0; k < gluonPlace; k++) sum += this.pair[k] * this.pair[densityWidth + antiplace(k)]
    return sum
  }

  /** q q̄ → V g and g q → V q over q q̄ → V. */
  private vector(
    alphaS: number,
    s: number,
    t: number,
    u: number,
    m2: number,
    f1: number,
    f2: number,
    g1: number,
    g2: number,
  ): void {
    const { weights } = this
    const z = m2 / s
    const convert = (a: number, b: number): number =>
      ((alphaS / (4 * Math.PI)) * z * (-b / s) * (s * s + a * a + 2 * b * m2)) / (s * s)
    weights[0] = ((alphaS / Math.PI) * (4 / 3) * z * (t * t + u * u + 2 * s * m2) * f1 * f2) / (2 * s * s)
    weights[1] = convert(t, u) * g1 * f2
    weights[2] = convert(u, t) * f1 * g2
  }

  /** g g → φ g, g q → φ q and q q̄ → φ g over g g → φ, for a heavy top. */
  private scalar(
    alphaS: number,
    s: number,
    t: number,
    u: number,
    m2: number,
    pt: number,
    f1: number,
    f2: number,
  ): void {
    const { weights } = this
    const convert = (b: number): number =>
      ((alphaS / (2 * Math.PI)) * (4 / 3) * (-b / s) * (s * s + b * b)) / (s * s)
    weights[0] = ((alphaS / Math.PI) * 3 * (m2 ** 4 + s ** 4 + t ** 4 + u ** 4) * f1 * f2) / (2 * s ** 4)
    weights[1] = convert(u) * this.quarks(0) * f2
    weights[2] = convert(t) * f1 * this.quarks(densityWidth)
    weights[3] = ((alphaS / Math.PI) * (16 / 9) * pt * pt * (t * t + u * u) * this.annihilation()) / s ** 3
  }
}
