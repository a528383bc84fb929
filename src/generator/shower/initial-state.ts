import type { Rng } from '../../numerics/rng.ts'
import { partonIds } from '../../physics/pdf/pdf-set.ts'
import type { Densities } from '../hard-process/densities.ts'
import type { ShowerCoupling } from './coupling.ts'
import {
  antiplace,
  EmissionRates,
  gluonPlace,
  type EmissionMode,
  type IncomingLegs,
} from './emission-rates.ts'

/** No emission below [GeV]. */
export const emissionCutoff = 1

/** Of the first emission off a heavy coloured pair: its kernels are too hard above the mass. */
const damping = 1.5

export interface FirstEmission {
  /** Highest pT [GeV]. */
  start: number
  /** How the first emission is weighted; later ones are by kernels. */
  mode: EmissionMode
  /** Weight 1 / (1 + (1.5 pT / M)²) of the first emission. */
  damped: boolean
}

/** An accepted emission. The legs are moved on already. */
export interface Emission {
  pt: number
  y: number
  phi: number
  /** PDG */
  id: number
  /** Of the system that recoils, before and after: mass and rapidity stay. */
  mass: number
  rapidity: number
}

/**
 * Emissions off both incoming legs in falling pT, by the veto algorithm (hep-ph/0603175, section 4.2) below the bound
 * α_s(pT0) C_A / π. Legs whose density is zero at a scale, as a bottom quark's below its mass, turn to a gluon there.
 */
export class InitialStateShower {
  readonly legs: IncomingLegs = { x1: 0, x2: 0, leg1: 0, leg2: 0 }
  readonly emission: Emission = { pt: 0, y: 0, phi: 0, id: 0, mass: 0, rapidity: 0 }
  /** Points drawn, and those whose rate was above the bound. */
  trials = 0
  violations = 0
  private readonly rates: EmissionRates
  private readonly bound: number
  private first: FirstEmission = { start: 0, mode: 'kernels', damped: false }
  private pt = 0
  private emitted = 0

  constructor(
    densities: Densities,
    coupling: ShowerCoupling,
    private readonly sqrtS: number,
    /** Of the bound; more than 1 costs time and helps little: rates above it are where a density vanishes. */
    safety = 1,
  ) {
    this.rates = new EmissionRates(densities, coupling, sqrtS)
    this.bound = (safety * coupling.alphaS(emissionCutoff) * 3) / Math.PI
  }

  begin({ x1, x2, leg1, leg2 }: IncomingLegs, first: FirstEmission): void {
    Object.assign(this.legs, { x1, x2, leg1, leg2 })
    this.first = first
    this.pt = Math.min(first.start, this.sqrtS / 2)
    this.emitted = 0
  }

  /** The next emission. @returns false where there is none above the cut-off */
  next(rng: Rng): boolean {
    const { legs, rates, bound, sqrtS } = this
    const isFirst = this.emitted === 0
    const mode = isFirst ? this.first.mode : 'kernels'
    const mass2 = legs.x1 * legs.x2 * sqrtS * sqrtS
    for (;;) {
      // The bound's integral over |y| < ln(√S/pT) and ln pT² is bound (L² − L0²) / 2 with L = ln(S/pT²).
      const before = 2 * Math.log(sqrtS / this.pt)
      const length = Math.sqrt(before * before - (2 * Math.log(1 - rng.uniform())) / bound)
      const pt = sqrtS * Math.exp(-0.5 * length)
      if (!(pt > emissionCutoff)) return false
      this.pt = pt
      this.trials++
      const y = (rng.uniform() - 0.5) * length
      let rate = rates.evaluate(legs, pt, y, mode)
      if (isFirst && this.first.damped) rate /= 1 + (damping * damping * pt * pt) / mass2
      if (rate > bound) this.violations++
      if (rates.forced === 0 && rate <= bound * rng.uniform()) continue
      this.accept(pt, y, mass2, rng)
      return true
    }
  }

  private accept(pt: number, y: number, mass2: number, rng: Rng): void {
    const { legs, rates, emission } = this
    emission.pt = pt
    emission.y = y
    emission.phi = 2 * Math.PI * rng.uniform()
    emission.mass = Math.sqrt(mass2)
    emission.rapidity = 0.5 * Math.log(legs.x1 / legs.x2)
    emission.id = 21
    const channel = rates.channel(rng)
    if (channel === 1) legs.leg1 = this.convert(legs.leg1, 1, rng)
    else if (channel === 2) legs.leg2 = this.convert(legs.leg2, 2, rng)
    else if (channel === 3) {
      legs.leg1 = rates.annihilating(rng)
      legs.leg2 = antiplace(legs.leg1)
    }
    legs.x1 = rates.x1
    legs.x2 = rates.x2
    this.emitted++
  }

  /** The parent of a leg that converts; what it leaves behind is emitted. */
  private convert(leg: number, which: number, rng: Rng): number {
    if (leg !== gluonPlace) {
      this.emission.id = partonIds[antiplace(leg)]
      return gluonPlace
    }
    const parent = this.rates.parentOfGluon(which, rng)
    this.emission.id = partonIds[parent]
    return parent
  }
}
