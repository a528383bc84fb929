/** Symbols of objects as Dark Machines files write them; a type is a place in this list. */
export const objectSymbols = ['j', 'b', 'e-', 'e+', 'm-', 'm+', 'g'] as const
export const objectType = {
  jet: 0,
  bJet: 1,
  electron: 2,
  positron: 3,
  muon: 4,
  antimuon: 5,
  photon: 6,
} as const

/** One event as a detector sees it: objects in the order jets, electrons, muons, photons, each in falling pT. */
export interface ReconstructedEvent {
  count: number
  /** [count] of `objectType` */
  types: ArrayLike<number>
  /** [count] GeV */
  energy: ArrayLike<number>
  pt: ArrayLike<number>
  eta: ArrayLike<number>
  phi: ArrayLike<number>
  /** Missing transverse momentum [GeV] and its azimuth. */
  met: number
  metPhi: number
}

/** Objects of an event in any order, put in order when all are there. */
export class ObjectList {
  private readonly rows: { type: number; energy: number; pt: number; eta: number; phi: number }[] = []

  clear(): void {
    this.rows.length = 0
  }

  add(type: number, energy: number, pt: number, eta: number, phi: number): void {
    this.rows.push({ type, energy, pt, eta, phi })
  }

  finish(met: number, metPhi: number): ReconstructedEvent {
    const rows = this.rows.toSorted((a, b) => group(a.type) - group(b.type) || b.pt - a.pt)
    return {
      count: rows.length,
      types: Uint8Array.from(rows, ({ type }) => type),
      energy: Float64Array.from(rows, ({ energy }) => energy),
      pt: Float64Array.from(rows, ({ pt }) => pt),
      eta: Float64Array.from(rows, ({ eta }) => eta),
      phi: Float64Array.from(rows, ({ phi }) => phi),
      met,
      metPhi,
    }
  }
}

/** Jets and b-jets together, then either charge of each lepton. */
const group = (type: number): number => type >> 1
