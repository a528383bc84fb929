import type { Rng } from '../../numerics/rng.ts'
import type { ShowerCoupling } from './coupling.ts'
import type { ParticleBuffer } from './particle-buffer.ts'

/** No splitting with a smaller transverse momentum [GeV]. */
export const splittingCutoff = 1

/** Widest opening of a splitting, in ΔR. */
export const widestOpening = 2

/** Within this over pT a heavy quark does not radiate (dead cone), below twice of it no gluon splits to it [GeV]. */
const quarkMass = [0, 0, 0, 0, 1.5, 4.75]

const gluon = 21
const flavours = 5

/** Kernels of dN = (α_s(kT) / π) (dθ/θ) P(z) dz for z over all of (0, 1). */
export const splittings = {
  quark: (z: number) => ((4 / 3) * (1 + z * z)) / (1 - z),
  gluonToGluons: (z: number) => 3 * ((1 - z) / z + z / (1 - z) + z * (1 - z)),
  gluonToQuarks: (z: number) => (flavours / 2) * (z * z + (1 - z) ** 2),
}

/** Integrals over (ε, 1 − ε) of what lies above the kernels: (8/3)/(1 − z), 3 (1/z + 1/(1 − z)) and 5/2. */
const aboveQuark = (log: number): number => (8 / 3) * log
const aboveGluons = (log: number): number => 6 * log
const aboveQuarks = (width: number): number => (flavours / 2) * width

/** Of a parton that may still split: id, pT, η, φ (the direction is that of a massless particle) and widest opening. */
const fields = 5

/**
 * Angular-ordered splittings 1 → 2 of a parton (NPB 310 (1988) 461), with ΔR for the angle and pT for the energy; kT =
 * min(z, 1 − z) ΔR pT above 1 GeV. Both products stand on either side of their parent's axis, so that their pT-weighted
 * centre is the axis; energy and momentum are restored by the caller.
 */
export class FinalStateShower {
  private readonly strongest: number
  /** [height, fields] A stack of numbers: an object for each parton took a sixth of the time of a whole event. */
  private waiting = new Float64Array(64 * fields)
  private height = 0

  constructor(private readonly coupling: ShowerCoupling) {
    this.strongest = coupling.alphaS(splittingCutoff)
  }

  /** @param opening  largest ΔR of the first splitting; @param out  massless partons are added to it */
  shower(
    id: number,
    pt: number,
    eta: number,
    phi: number,
    opening: number,
    rng: Rng,
    out: ParticleBuffer,
  ): void {
    this.push(id, pt, eta, phi, opening)
    while (this.height > 0) {
      const at = fields * --this.height
      const { waiting } = this
      const [ownId, ownPt, ownEta, ownPhi] = [waiting[at], waiting[at + 1], waiting[at + 2], waiting[at + 3]]
      if (this.split(ownId, ownPt, ownEta, ownPhi, waiting[at + 4], rng)) continue
      const [px, py] = [ownPt * Math.cos(ownPhi), ownPt * Math.sin(ownPhi)]
      out.add(ownId, ownPt * Math.cosh(ownEta), px, py, ownPt * Math.sinh(ownEta))
    }
  }

  /** The next splitting of a parton, by the veto algorithm in ln ΔR. @returns false where it has none */
  private split(id: number, pt: number, eta: number, phi: number, widest: number, rng: Rng): boolean {
    const isGluon = id === gluon
    const dead = (isGluon ? 0 : quarkMass[Math.abs(id)]) / pt
    let opening = widest
    for (;;) {
      const edge = splittingCutoff / (opening * pt)
      if (!(edge < 0.5)) return false
      const log = Math.log((1 - edge) / edge)
      const gluons = aboveGluons(log)
      const bound = isGluon ? gluons + aboveQuarks(1 - 2 * edge) : aboveQuark(log)
      opening *= (1 - rng.uniform()) ** (Math.PI / (this.strongest * bound))
      if (!(opening > dead) || !(2 * splittingCutoff < opening * pt)) return false
      const toQuarks = isGluon && bound * rng.uniform() > gluons
      const z = toQuarks ? edge + (1 - 2 * edge) * rng.uniform() : drawZ(edge, log, isGluon, rng)
      const kt = Math.min(z, 1 - z) * opening * pt
      if (kt < splittingCutoff) continue
      const kernel = toQuarks
        ? splittings.gluonToQuarks(z) / (flavours / 2)
        : isGluon
          ? splittings.gluonToGluons(z) / (3 / z + 3 / (1 - z))
          : (splittings.quark(z) * (1 - z) * 3) / 8
      if (this.coupling.alphaS(kt) * kernel < this.strongest * rng.uniform()) continue
      const quark = toQuarks ? 1 + rng.integer(flavours) : id
      // Both quarks weigh at least what they are made of.
      if (toQuarks && z * (1 - z) * (opening * pt) ** 2 < (2 * quarkMass[quark]) ** 2) continue
      const turn = 2 * Math.PI * rng.uniform()
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
      const [near, far] = [(1 - z) * opening, -z * opening]
      this.push(toQuarks ? quark : id, z * pt, eta + near * cos, phi + near * sin, opening)
      this.push(toQuarks ? -quark : gluon, (1 - z) * pt, eta + far * cos, phi + far * sin, opening)
      return true
    }
  }

  private push(id: number, pt: number, eta: number, phi: number, opening: number): void {
    const at = fields * this.height++
    if (at === this.waiting.length) {
      const { waiting } = this
      this.waiting = new Float64Array(2 * waiting.length)
      this.waiting.set(waiting)
    }
    const { waiting } = this
    waiting[at] = id
    waiting[at + 1] = pt
    waiting[at + 2] = eta
    waiting[at + 3] = phi
    waiting[at + 4] = opening
  }
}

/** In proportion to 1/(1 − z) between the edges; for gluons to 1/z + 1/(1 − z). */
function drawZ(edge: number, log: number, bothEnds: boolean, rng: Rng): number {
  const soft = edge * Math.exp(log * rng.uniform())
  return bothEnds && rng.uniform() < 0.5 ? soft : 1 - soft
}
