// Resolutions and efficiencies of the public Dark Machines Delphes card (arXiv:2105.14027, a modified ATLAS card). Energies
// and transverse momenta in GeV.

/** σ(E)/E of a jet; undefined beyond |η| = 3.2. */
export function jetResolution(energy: number, eta: number): number | undefined {
  const size = Math.abs(eta)
  if (size < 1.7) return Math.sqrt(0.0302 ** 2 + 0.5205 ** 2 / energy + (1.59 / energy) ** 2)
  return size < 3.2 ? Math.sqrt(0.05 ** 2 + 0.706 ** 2 / energy) : undefined
}

export type JetFlavour = 'b' | 'c' | 'light'

/** Probability that a jet is tagged as a b-jet. */
export function tagEfficiency(flavour: JetFlavour, pt: number, eta: number): number {
  if (Math.abs(eta) > 2.5) return 0
  if (flavour === 'b') return (0.8 * Math.tanh(0.003 * pt) * 30) / (1 + 0.086 * pt)
  if (flavour === 'c') return (0.2 * Math.tanh(0.02 * pt)) / (1 + 0.0034 * pt)
  return 0.002 + 7.3e-6 * pt
}

export type LeptonKind = 'electron' | 'muon' | 'photon'

/** That it is seen: identification times tracking. */
export function leptonEfficiency(kind: LeptonKind, pt: number, eta: number): number {
  const size = Math.abs(eta)
  if (pt < 10 || size > (kind === 'muon' ? 2.7 : 2.5)) return 0
  const central = size < 1.5
  const identified = central ? 0.95 : 0.85
  if (kind === 'photon') return identified
  const [inner, outer] = kind === 'electron' ? [0.95, 0.83] : [0.99, 0.98]
  return identified * (central ? inner : outer)
}

/** σ(E)/E of electrons and photons, σ(pT)/pT of muons. */
export function leptonResolution(kind: LeptonKind, energy: number, pt: number, eta: number): number {
  if (kind !== 'muon') return Math.sqrt(0.0017 ** 2 + 0.101 ** 2 / energy)
  const size = Math.abs(eta)
  const [constant, slope] = size < 0.5 ? [0.01, 1e-4] : size < 1.5 ? [0.015, 1.5e-4] : [0.025, 3.5e-4]
  return Math.sqrt(constant ** 2 + (slope * pt) ** 2)
}

/** Σ pT around a lepton over its own, above which it is not isolated. */
export const isolation = { radius: 0.5, lowestPt: 0.5, electron: 0.12, photon: 0.12, muon: 0.25 } as const

/** What is kept: lowest pT and widest |η|. */
export const kept = {
  jet: { pt: 20, eta: 2.8 },
  electron: { pt: 15, eta: 2.5 },
  muon: { pt: 15, eta: 2.7 },
  photon: { pt: 20, eta: 2.37 },
} as const
