/**
 * The Lorentz transformation that takes `from` to `to`, both of one mass and not massless, applied to rows of momenta
 * (E, px, py, pz): Λ = 1 − 2 (K + K') (K + K') / (K + K')² + 2 K' K / K² (Catani, Seymour, hep-ph/9605323, eq. 5.144).
 */
export function carryAlong(
  momenta: Float64Array,
  firstRow: number,
  endRow: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
): void {
  const e = from[0] + to[0]
  const x = from[1] + to[1]
  const y = from[2] + to[2]
  const z = from[3] + to[3]
  const sum2 = e * e - x * x - y * y - z * z
  const mass2 = from[0] * from[0] - from[1] * from[1] - from[2] * from[2] - from[3] * from[3]
  for (let at = 4 * firstRow; at < 4 * endRow; at += 4) {
    const [pe, px, py, pz] = [momenta[at], momenta[at + 1], momenta[at + 2], momenta[at + 3]]
    const a = (2 * (pe * e - px * x - py * y - pz * z)) / sum2
    const b = (2 * (pe * from[0] - px * from[1] - py * from[2] - pz * from[3])) / mass2
    momenta[at] = pe - a * e + b * to[0]
    momenta[at + 1] = px - a * x + b * to[1]
    momenta[at + 2] = py - a * y + b * to[2]
    momenta[at + 3] = pz - a * z + b * to[3]
  }
}
