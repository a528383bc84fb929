import {
  electricCharge,
  type Electroweak,
  type Fermion,
  fermionNames,
  zDecayMultiplicity,
} from '../electroweak.ts'
import type { OperatorName } from './operators.ts'

/**
 * First-order change of everything that enters q qbar -> Z/gamma* -> l+ l-, per unit coefficient
 * (C = 1 TeV^-2, Lambda = 1 TeV).
 */
export interface CouplingShifts {
  /** d ln e and d ln gZ */
  lnE: number
  lnGZ: number
  /** change of sin^2 theta_W where it multiplies the charge in the Z couplings */
  s2: number
  /** full change of the Z couplings, direct vertex part and -Q ds2 */
  gL: Record<Fermion, number>
  gR: Record<Fermion, number>
  /** dGamma_Z / Gamma_Z of the leading-order total width */
  relativeWidth: number
}

type Direct = Partial<Record<OperatorName, number>>

/** G_F measured in muon decay = G_F (1 + dGF): two W vertices and the four-lepton exchange contraction. */
const fermiConstant: Direct = { cHl3: 2, cll1: -1 }

const directLeft: Record<Fermion, Direct> = {
  nu: { cHl1: -0.5, cHl3: 0.5 },
  e: { cHl1: -0.5, cHl3: -0.5 },
  u: { cHq1: -0.5, cHq3: 0.5 },
  d: { cHq1: -0.5, cHq3: -0.5 },
}
const directRight: Record<Fermion, Direct> = {
  nu: {},
  e: { cHe: -0.5 },
  u: { cHu: -0.5 },
  d: { cHd: -0.5 },
}

/**
 * Linear coupling shifts of one operator in the Warsaw basis with U(3)^5 symmetry. Contact terms are not
 * couplings and live in drell-yan/amplitude.ts.
 * Source: Alonso, Jenkins, Manohar, Trott arXiv:1312.2014; Brivio, Trott arXiv:1701.06424 (schemes);
 * sign convention L = + C O / Lambda^2 as SMEFTsim, arXiv:2012.11343.
 */
export function couplingShifts(ew: Electroweak, operator: OperatorName): CouplingShifts {
  const { s, c, s2, eps } = ew
  const c2 = 1 - s2
  const dGF = fermiConstant[operator] ?? 0
  const cHD = operator === 'cHD' ? 1 : 0
  const cHWB = operator === 'cHWB' ? 1 : 0

  const lnGZ = eps * (-dGF / 2 - cHD / 4)
  const ds2 =
    eps *
    (ew.scheme === 'MW'
      ? (-c2 / 2) * cHD - s * c * cHWB
      : ((s2 * c2) / (c2 - s2)) * (dGF + cHD / 2 + cHWB / (s * c)))
  const lnE = ew.scheme === 'MW' ? eps * (-dGF / 2 - (c2 / (4 * s2)) * cHD - (c / s) * cHWB) : 0

  const gL = {} as Record<Fermion, number>
  const gR = {} as Record<Fermion, number>
  let change = 0
  let total = 0
  for (const f of fermionNames) {
    gL[f] = eps * (directLeft[f][operator] ?? 0) - electricCharge[f] * ds2
    gR[f] = eps * (directRight[f][operator] ?? 0) - electricCharge[f] * ds2
    const squares = ew.gL[f] ** 2 + ew.gR[f] ** 2
    change += zDecayMultiplicity[f] * 2 * (lnGZ * squares + ew.gL[f] * gL[f] + ew.gR[f] * gR[f])
    total += zDecayMultiplicity[f] * squares
  }
  return { lnE, lnGZ, s2: ds2, gL, gR, relativeWidth: change / total }
}
