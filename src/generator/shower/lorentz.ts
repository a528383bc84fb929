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
  const [fe, fx, fy, fz] = [from[0], from[1], from[2], from[3]]
  const [te, tx, ty, tz] = [to[0], to[1], to[2], to[3]]
  const [e, x, y, z] = [fe + te, fx + tx, fy + ty, fz + tz]
  const sum2 = e * e - x * x - y * y - z * z
  const mass2 = fe * fe - fx * fx - fy * fy - fz * fz
  for (let at = 4 * firstRow; at < 4 * endRow; at += 4) {
    const [pe, px, py, pz] = [momenta[at], momenta[at + 1], momenta[at + 2], momenta[at + 3]]
    const a = (2 * (pe * e - px * x - py * y - pz * z)) / sum2
    const b = (2 * (pe * fe - px * fx - py * fy - pz * fz)) / mass2
    momenta[at] = pe - a * e + b * te
    momenta[at + 1] = px - a * x + b * tx
    momenta[at + 2] = py - a * y + b * ty
    momenta[at + 3] = pz - a * z + b * tz
  }
}
