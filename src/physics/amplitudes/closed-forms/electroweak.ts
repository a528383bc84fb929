// Single top, vector boson + jet, Z pairs and the top's decay; averaged and summed. Massless light quarks and
// bottom. Standard results (Ellis, Stirling, Webber, "QCD and Collider Physics", chapter 9 and exercises), each
// compared with MadGraph by our reference points.

/**
 * u b → d t by W exchange. `hard` is s, or u = (p_light - p_t)² where one of the two lines runs the other way
 * (d̄ b → ū t); t is the invariant between the light quarks.
 */
export function singleTop(gw: number, hard: number, t: number, mTop: number, mW: number): number {
  return ((gw ** 4 / 4) * hard * (hard - mTop * mTop)) / (t - mW * mW) ** 2
}

/** t → b f f̄′, spin-averaged, one colour: products t·antifermion (or up-type) and b·fermion as dot products. */
export function topDecay(
  gw: number,
  topAntifermion: number,
  bottomFermion: number,
  q2: number,
  mW: number,
  widthW: number,
): number {
  return (2 * gw ** 4 * topAntifermion * bottomFermion) / ((q2 - mW * mW) ** 2 + (mW * widthW) ** 2)
}

/** q q̄ → V g; coupling² c = (g_L² + g_R²)/2, Q² the boson's virtuality. */
export function quarksToVectorGluon(
  g: number,
  c: number,
  q2: number,
  s: number,
  t: number,
  u: number,
): number {
  return ((8 / 9) * g * g * c * (t * t + u * u + 2 * s * q2)) / (t * u)
}

/** g q → V q, t = (p_g - k_q)². */
export function gluonQuarkToVector(
  g: number,
  c: number,
  q2: number,
  s: number,
  t: number,
  u: number,
): number {
  return (-(1 / 3) * g * g * c * (s * s + t * t + 2 * u * q2)) / (s * t)
}

/** q q̄ → Z Z with the 1/2 of identical bosons. */
export function quarksToZPair(
  left: number,
  right: number,
  m: number,
  s: number,
  t: number,
  u: number,
): number {
  const fourth = left ** 4 + right ** 4
  return (fourth / 6) * (t / u + u / t + (4 * m * m * s) / (t * u) - m ** 4 * (1 / (t * t) + 1 / (u * u)))
}
