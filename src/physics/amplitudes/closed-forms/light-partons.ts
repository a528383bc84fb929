// Massless 2 → 2 of QCD over g_s⁴, averaged and summed, without the 1/2 of identical final particles.
// Ellis, Stirling, Webber, "QCD and Collider Physics", table 7.1. s, t, u in GeV²; t from the first incoming parton
// to the first outgoing one.

/** q q′ → q q′. */
export const differentQuarks = (s: number, t: number, u: number): number =>
  ((4 / 9) * (s * s + u * u)) / (t * t)

/** q q → q q. */
export function equalQuarks(s: number, t: number, u: number): number {
  return (4 / 9) * ((s * s + u * u) / (t * t) + (s * s + t * t) / (u * u)) - ((8 / 27) * s * s) / (t * u)
}

/** q q̄ → q′ q̄′. */
export const annihilation = (s: number, t: number, u: number): number => ((4 / 9) * (t * t + u * u)) / (s * s)

/** q q̄ → q q̄, t from quark to quark. */
export function sameFlavour(s: number, t: number, u: number): number {
  return (4 / 9) * ((s * s + u * u) / (t * t) + (t * t + u * u) / (s * s)) - ((8 / 27) * u * u) / (s * t)
}

/** q q̄ → g g. */
export function quarksToGluons(s: number, t: number, u: number): number {
  return ((32 / 27) * (t * t + u * u)) / (t * u) - ((8 / 3) * (t * t + u * u)) / (s * s)
}

/** g g → q q̄. */
export function gluonsToQuarks(s: number, t: number, u: number): number {
  return (t * t + u * u) / (6 * t * u) - ((3 / 8) * (t * t + u * u)) / (s * s)
}

/** g q → g q, t from gluon to gluon. */
export function gluonQuark(s: number, t: number, u: number): number {
  return (-(4 / 9) * (s * s + u * u)) / (s * u) + (s * s + u * u) / (t * t)
}

/** g g → g g. */
export function gluons(s: number, t: number, u: number): number {
  return (9 / 2) * (3 - (t * u) / (s * s) - (s * u) / (t * t) - (s * t) / (u * u))
}
