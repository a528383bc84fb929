import type { Rng } from '../../numerics/rng.ts'
import { AntiKt } from '../jets/anti-kt.ts'
import type { ParticleBuffer } from '../shower/particle-buffer.ts'
import { ObjectList, objectType, type ReconstructedEvent } from './reconstructed.ts'
import {
  isolation,
  jetResolution,
  kept,
  leptonEfficiency,
  leptonResolution,
  tagEfficiency,
  type JetFlavour,
  type LeptonKind,
} from './response.ts'

/** Of the soft term of missing momentum, per component [GeV]. */
const softTerm = 8

export interface DetectorOptions {
  /** 'truth': what invisible particles carry, as in Dark Machines files; 'smeared': minus all objects and a soft term. */
  met: 'truth' | 'smeared'
  /** Of anti-kT jets. */
  radius?: number
}

const charged: Record<number, LeptonKind> = { 11: 'electron', 13: 'muon', 22: 'photon' }
/** Neutrinos, dark matter, neutralino. */
const invisible = [12, 14, 16, 52, 1_000_022]

/**
 * Jets, leptons, photons and missing momentum of a showered event, by the formulas of response.ts. Electrons and
 * photons that are not seen or not isolated go into jets; muons that are not are lost.
 */
export class Detector {
  private readonly finder: AntiKt
  private readonly objects = new ObjectList()
  private clustered: number[] = []
  private clusteredIds: number[] = []
  private readonly met: DetectorOptions['met']

  constructor({ met, radius = 0.4 }: DetectorOptions) {
    this.met = met
    this.finder = new AntiKt(radius)
  }

  detect(particles: ParticleBuffer, rng: Rng): ReconstructedEvent {
    const { objects } = this
    objects.clear()
    this.clustered = []
    this.clusteredIds = []
    let [hiddenX, hiddenY] = [0, 0]
    for (let row = 0; row < particles.count; row++) {
      const size = Math.abs(particles.ids[row])
      if (invisible.includes(size)) {
        hiddenX += particles.momenta[4 * row + 1]
        hiddenY += particles.momenta[4 * row + 2]
      } else if (charged[size] === undefined || !this.lepton(particles, row, charged[size], rng)) {
        if (size === 13) continue
        for (let k = 0; k < 4; k++) this.clustered.push(particles.momenta[4 * row + k])
        this.clusteredIds.push(size)
      }
    }
    this.jets(rng)
    if (this.met === 'truth')
      return objects.finish(Math.hypot(hiddenX, hiddenY), Math.atan2(hiddenY, hiddenX))
    const seen = objects.finish(0, 0)
    let [x, y] = [softTerm * rng.normal(), softTerm * rng.normal()]
    for (let i = 0; i < seen.count; i++) {
      x -= seen.pt[i] * Math.cos(seen.phi[i])
      y -= seen.pt[i] * Math.sin(seen.phi[i])
    }
    return { ...seen, met: Math.hypot(x, y), metPhi: Math.atan2(y, x) }
  }

  /** @returns whether it is an object of its own */
  private lepton(particles: ParticleBuffer, row: number, kind: LeptonKind, rng: Rng): boolean {
    const { momenta } = particles
    const at = 4 * row
    const [energy, px, py, pz] = [momenta[at], momenta[at + 1], momenta[at + 2], momenta[at + 3]]
    const pt = Math.hypot(px, py)
    const eta = Math.asinh(pz / pt)
    const phi = Math.atan2(py, px)
    if (rng.uniform() >= leptonEfficiency(kind, pt, eta)) return false
    const factor = 1 + leptonResolution(kind, energy, pt, eta) * rng.normal()
    const limits = kept[kind]
    if (pt * factor < limits.pt || Math.abs(eta) > limits.eta) return false
    if (around(particles, row, eta, phi) > isolation[kind] * pt) return false
    const anti = particles.ids[row] < 0 ? 1 : 0
    const type = kind === 'photon' ? objectType.photon : objectType[kind] + anti
    this.objects.add(type, energy * factor, pt * factor, eta, phi)
    return true
  }

  private jets(rng: Rng): void {
    const { count, momenta, jetOf } = this.finder.cluster(this.clustered, this.clusteredIds.length)
    const flavours = new Uint8Array(count)
    this.clusteredIds.forEach((size, i) => {
      if (size === 4 || size === 5) flavours[jetOf[i]] = Math.max(flavours[jetOf[i]], size)
    })
    for (let jet = 0; jet < count; jet++) {
      const at = 4 * jet
      const [energy, px, py, pz] = [momenta[at], momenta[at + 1], momenta[at + 2], momenta[at + 3]]
      const pt = Math.hypot(px, py)
      // None grows by a factor of four, which keeps random numbers for jets that may be seen.
      if (4 * pt < kept.jet.pt) break
      const eta = Math.asinh(pz / pt)
      const resolution = jetResolution(energy, eta)
      if (resolution === undefined || Math.abs(eta) > kept.jet.eta) continue
      const factor = 1 + resolution * rng.normal()
      if (pt * factor < kept.jet.pt) continue
      const flavour: JetFlavour = flavours[jet] === 5 ? 'b' : flavours[jet] === 4 ? 'c' : 'light'
      const tagged = rng.uniform() < tagEfficiency(flavour, pt * factor, eta)
      const type = tagged ? objectType.bJet : objectType.jet
      this.objects.add(type, energy * factor, pt * factor, eta, Math.atan2(py, px))
    }
  }
}

/** Σ pT of what is seen around a lepton, without itself. */
function around(particles: ParticleBuffer, row: number, eta: number, phi: number): number {
  const { ids, momenta } = particles
  let sum = 0
  for (let other = 0; other < particles.count; other++) {
    if (other === row || invisible.includes(Math.abs(ids[other]))) continue
    const [px, py, pz] = [momenta[4 * other + 1], momenta[4 * other + 2], momenta[4 * other + 3]]
    const pt = Math.hypot(px, py)
    if (pt < isolation.lowestPt) continue
    const dphi = Math.abs(Math.atan2(py, px) - phi)
    if (Math.hypot(Math.asinh(pz / pt) - eta, Math.min(dphi, 2 * Math.PI - dphi)) < isolation.radius)
      sum += pt
  }
  return sum
}
