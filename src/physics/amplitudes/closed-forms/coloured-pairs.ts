// Pairs of heavy coloured particles, averaged over initial and summed over final spins and colours, with 1/2 for
// identical gluinos. s, t1 = t - m², u1 = u - m² in GeV²; g is the strong coupling. Gluinos and squarks as in
// Beenakker, Höpker, Spira, Zerwas hep-ph/9610490; top pairs: Combridge NPB 151 (1979) 429.

/** g g → g̃ g̃. */
export function gluonsToGluinos(g: number, m: number, s: number, t1: number, u1: number): number {
  const x = (m * m * s) / (t1 * u1)
  return (9 / 8) * g ** 4 * (1 - (t1 * u1) / (s * s)) * ((s * s) / (t1 * u1) - 2 + 4 * x * (1 - x))
}

/** q q̄ → g̃ g̃ with left and right squarks of one mass; Infinity leaves the s channel alone. */
export function quarksToGluinos(
  g: number,
  m: number,
  squark: number,
  s: number,
  t1: number,
  u1: number,
): number {
  const annihilation = ((4 / 3) * (t1 * t1 + u1 * u1 + 2 * m * m * s)) / (s * s)
  if (squark === Infinity) return g ** 4 * annihilation
  const t = t1 + m * m - squark * squark
  const u = u1 + m * m - squark * squark
  const exchange = (16 / 27) * ((t1 / t) ** 2 + (u1 / u) ** 2)
  const interference = (4 / 3) * ((t1 * t1 + m * m * s) / (s * t) + (u1 * u1 + m * m * s) / (s * u))
  return g ** 4 * (annihilation + exchange + interference + ((4 / 27) * m * m * s) / (t * u))
}

/** g g → q̃ q̃*, one chirality of one flavour. */
export function gluonsToSquarks(g: number, m: number, s: number, t1: number, u1: number): number {
  const x = (m * m * s) / (t1 * u1)
  return g ** 4 * (7 / 96 + (3 * (u1 - t1) ** 2) / (32 * s * s)) * (1 - 2 * x + 2 * x * x)
}

/**
 * q q̄ → q̃ q̃* of one chirality; with `gluino` of the same flavour and t1 from the quark to the squark, with
 * Infinity of another flavour (s channel alone).
 */
export function quarksToSquarks(
  g: number,
  m: number,
  gluino: number,
  s: number,
  t1: number,
  u1: number,
): number {
  const transverse = t1 * u1 - m * m * s
  const annihilation = 4 / (9 * s * s)
  if (gluino === Infinity) return g ** 4 * transverse * annihilation
  const t = t1 + m * m - gluino * gluino
  return g ** 4 * transverse * (annihilation - 4 / (27 * s * t) + 2 / (9 * t * t))
}

/** q q̄ → Q Q̄ of another flavour. */
export function quarksToHeavyQuarks(g: number, m: number, s: number, t1: number, u1: number): number {
  return ((4 / 9) * g ** 4 * (t1 * t1 + u1 * u1 + 2 * m * m * s)) / (s * s)
}

/** g g → Q Q̄. */
export function gluonsToHeavyQuarks(g: number, m: number, s: number, t1: number, u1: number): number {
  const a = -t1 / s
  const b = -u1 / s
  const r = (4 * m * m) / s
  return g ** 4 * (1 / (6 * a * b) - 3 / 8) * (a * a + b * b + r - (r * r) / (4 * a * b))
}
