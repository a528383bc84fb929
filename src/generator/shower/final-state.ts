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

/** A parton that may still split: its direction is that of a massless particle. */
interface Branch {
  id: number
  pt: number
  eta: number
  phi: number
  opening: number
}

/**
 * Angular-ordered splittings 1 → 2 of a parton (NPB 310 (1988) 461), with ΔR for the angle and pT for the energy; kT =
 * min(z, 1 − z) ΔR pT above 1 GeV. Both products stand on either side of their parent's axis, so that their pT-weighted
 * centre is the axis; energy and momentum are restored by the caller.
 */
export class FinalStateShower {
  private readonly strongest: number
  private readonly waiting: Branch[] = []

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
    const { waiting } = this
    waiting.push({ id, pt, eta, phi, opening })
    for (let branch = waiting.pop(); branch; branch = waiting.pop()) {
      if (this.split(branch, rng)) continue
      out.add(
        branch.id,
        branch.pt * Math.cosh(branch.eta),
        branch.pt * Math.cos(branch.phi),
        branch.pt * Math.sin(branch.phi),
        branch.pt * Math.sinh(branch.eta),
      )
    }
  }

  /** The next splitting of a branch, by the veto algorithm in ln ΔR. @returns false where it has none */
  private split(branch: Branch, rng: Rng): boolean {
    const { id, pt } = branch
    const isGluon = id === gluon
    const dead = (isGluon ? 0 : quarkMass[Math.abs(id)]) / pt
    let opening = branch.opening
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
      const [first, second] = toQuarks ? [quark, -quark] : [id, gluon]
      const turn = 2 * Math.PI * rng.uniform()
      this.place(branch, first, z, (1 - z) * opening, turn, opening)
      this.place(branch, second, 1 - z, -z * opening, turn, opening)
      return true
    }
  }

  private place(branch: Branch, id: number, z: number, shift: number, turn: number, opening: number): void {
    this.waiting.push({
      ...{ id, pt: z * branch.pt, opening },
      eta: branch.eta + shift * Math.cos(turn),
      phi: branch.phi + shift * Math.sin(turn),
    })
  }
}

/** In proportion to 1/(1 − z) between the edges; for gluons to 1/z + 1/(1 − z). */
function drawZ(edge: number, log: number, bothEnds: boolean, rng: Rng): number {
  const soft = edge * Math.exp(log * rng.uniform())
  return bothEnds && rng.uniform() < 0.5 ? soft : 1 - soft
}
