// A scalar coupled to gluons through a heavy top loop, m_t → ∞ (Ellis, Hinchliffe, Soldate, van der Bij
// NPB 297 (1988) 221). Too hard for p_T > m_t: whoever shows it says so. coupling² is g_q².

/** g g → φ g; vev in GeV, square of the scalar's mass in GeV². */
export function gluonsToScalarGluon(
  alphaS: number,
  vev: number,
  m2: number,
  s: number,
  t: number,
  u: number,
): number {
  return (alphaS ** 3 / (24 * Math.PI * vev * vev)) * ((m2 ** 4 + s ** 4 + t ** 4 + u ** 4) / (s * t * u))
}

/** q q̄ → g φ. */
export function quarksToScalarGluon(alphaS: number, vev: number, s: number, t: number, u: number): number {
  return ((4 * alphaS ** 3) / (81 * Math.PI * vev * vev)) * ((t * t + u * u) / s)
}

/** g q → q φ, t between the two quarks. */
export function gluonQuarkToScalar(alphaS: number, vev: number, s: number, t: number, u: number): number {
  return (alphaS ** 3 / (54 * Math.PI * vev * vev)) * (-(s * s + u * u) / t)
}
