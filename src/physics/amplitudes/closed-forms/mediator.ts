// Widths and line shape of dark-matter mediators, conventions of the LHC DM Working Group (arXiv:1507.00966).
// Masses in GeV.

export type MediatorKind = 'vector' | 'axial' | 'scalar' | 'pseudoscalar'

/** Default couplings: 0.25 to quarks and 1 to dark matter for vectors, 1 and 1 for scalars. */
export const mediatorCouplings: Record<MediatorKind, { gQuark: number; gChi: number }> = {
  vector: { gQuark: 0.25, gChi: 1 },
  axial: { gQuark: 0.25, gChi: 1 },
  scalar: { gQuark: 1, gChi: 1 },
  pseudoscalar: { gQuark: 1, gChi: 1 },
}

/** Width at virtuality Q into a pair of Dirac fermions of mass m, one colour; 0 below threshold. */
export function pairWidth(kind: MediatorKind, coupling: number, q: number, m: number): number {
  const r = (m / q) ** 2
  if (4 * r >= 1) return 0
  const beta = Math.sqrt(1 - 4 * r)
  const norm = (coupling * coupling * q) / Math.PI
  if (kind === 'vector') return (norm / 12) * (1 + 2 * r) * beta
  if (kind === 'axial') return (norm / 12) * beta ** 3
  return (norm / 8) * (kind === 'scalar' ? beta ** 3 : beta)
}

export interface Mediator {
  kind: MediatorKind
  mass: number
  mChi: number
  gQuark: number
  gChi: number
}

/**
 * Total width at Q: dark matter, and quarks with three colours. Vectors couple to six quarks with g_q (all massless
 * but the top), scalars to the top alone with g_q m_t / v.
 */
export function mediatorWidth(
  { kind, mChi, gQuark, gChi }: Mediator,
  q: number,
  mTop: number,
  vev: number,
): number {
  const dark = pairWidth(kind, gChi, q, mChi)
  if (kind === 'scalar' || kind === 'pseudoscalar')
    return dark + 3 * pairWidth(kind, (gQuark * mTop) / vev, q, mTop)
  return dark + 3 * (5 * pairWidth(kind, gQuark, q, 0) + pairWidth(kind, gQuark, q, mTop))
}

/**
 * Density of the virtuality, d(rate)/dQ² [GeV⁻²] over the rate of production at fixed Q²:
 * Q Γ_χ(Q) / π / ((Q² - M²)² + M² Γ²).
 */
export function lineShape(mediator: Mediator, q: number, totalWidth: number): number {
  const { kind, mass, mChi, gChi } = mediator
  const distance = q * q - mass * mass
  return (q * pairWidth(kind, gChi, q, mChi)) / Math.PI / (distance * distance + (mass * totalWidth) ** 2)
}
