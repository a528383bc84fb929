// Spinors and vectors of four complex components, eight numbers each (re, im alternating), at offsets of one
// Float64Array. Chiral basis: components 0, 1 are left-handed, 2, 3 right-handed; γ⁰ swaps the halves,
// γ^i = (0, σ_i; -σ_i, 0). Vectors have upper indices, metric (+, -, -, -). All functions add `factor` times their
// result to what is at `out`, so that a current is the sum of its vertices.

/** slash(v) (left P_L + right P_R) column. */
export function addSlashColumn(
  w: Float64Array,
  v: number,
  column: number,
  out: number,
  left: number,
  right: number,
): void {
  const minusR = w[v + 2] + w[v + 5] // v^1 - i v^2
  const minusI = w[v + 3] - w[v + 4]
  const plusR = w[v + 2] - w[v + 5] // v^1 + i v^2
  const plusI = w[v + 3] + w[v + 4]
  const upperR = w[v] - w[v + 6] // v^0 - v^3
  const upperI = w[v + 1] - w[v + 7]
  const lowerR = w[v] + w[v + 6] // v^0 + v^3
  const lowerI = w[v + 1] + w[v + 7]
  const a = w[column]
  const b = w[column + 1]
  const c = w[column + 2]
  const d = w[column + 3]
  const e = w[column + 4]
  const f = w[column + 5]
  const g = w[column + 6]
  const h = w[column + 7]
  w[out] += right * (upperR * e - upperI * f - minusR * g + minusI * h)
  w[out + 1] += right * (upperR * f + upperI * e - minusR * h - minusI * g)
  w[out + 2] += right * (lowerR * g - lowerI * h - plusR * e + plusI * f)
  w[out + 3] += right * (lowerR * h + lowerI * g - plusR * f - plusI * e)
  w[out + 4] += left * (lowerR * a - lowerI * b + minusR * c - minusI * d)
  w[out + 5] += left * (lowerR * b + lowerI * a + minusR * d + minusI * c)
  w[out + 6] += left * (plusR * a - plusI * b + upperR * c - upperI * d)
  w[out + 7] += left * (plusR * b + plusI * a + upperR * d + upperI * c)
}

/** row slash(v) (left P_L + right P_R). */
export function addRowSlash(
  w: Float64Array,
  row: number,
  v: number,
  out: number,
  left: number,
  right: number,
): void {
  const minusR = w[v + 2] + w[v + 5]
  const minusI = w[v + 3] - w[v + 4]
  const plusR = w[v + 2] - w[v + 5]
  const plusI = w[v + 3] + w[v + 4]
  const upperR = w[v] - w[v + 6]
  const upperI = w[v + 1] - w[v + 7]
  const lowerR = w[v] + w[v + 6]
  const lowerI = w[v + 1] + w[v + 7]
  const a = w[row]
  const b = w[row + 1]
  const c = w[row + 2]
  const d = w[row + 3]
  const e = w[row + 4]
  const f = w[row + 5]
  const g = w[row + 6]
  const h = w[row + 7]
  w[out] += left * (e * lowerR - f * lowerI + g * plusR - h * plusI)
  w[out + 1] += left * (e * lowerI + f * lowerR + g * plusI + h * plusR)
  w[out + 2] += left * (e * minusR - f * minusI + g * upperR - h * upperI)
  w[out + 3] += left * (e * minusI + f * minusR + g * upperI + h * upperR)
  w[out + 4] += right * (a * upperR - b * upperI - c * plusR + d * plusI)
  w[out + 5] += right * (a * upperI + b * upperR - c * plusI - d * plusR)
  w[out + 6] += right * (c * lowerR - d * lowerI - a * minusR + b * minusI)
  w[out + 7] += right * (c * lowerI + d * lowerR - a * minusI - b * minusR)
}

/** The vector row γ^μ (left P_L + right P_R) column. */
export function addCurrent(
  w: Float64Array,
  row: number,
  column: number,
  out: number,
  left: number,
  right: number,
): void {
  // Right-handed half of the row with the left-handed one of the column (space part of opposite sign), and the
  // other way round.
  for (let half = 0; half < 2; half++) {
    const x = half === 0 ? row + 4 : row
    const y = half === 0 ? column : column + 4
    const time = half === 0 ? left : right
    const space = half === 0 ? -left : right
    if (time === 0) continue
    const aR = w[x] * w[y] - w[x + 1] * w[y + 1]
    const aI = w[x] * w[y + 1] + w[x + 1] * w[y]
    const bR = w[x] * w[y + 2] - w[x + 1] * w[y + 3]
    const bI = w[x] * w[y + 3] + w[x + 1] * w[y + 2]
    const cR = w[x + 2] * w[y] - w[x + 3] * w[y + 1]
    const cI = w[x + 2] * w[y + 1] + w[x + 3] * w[y]
    const dR = w[x + 2] * w[y + 2] - w[x + 3] * w[y + 3]
    const dI = w[x + 2] * w[y + 3] + w[x + 3] * w[y + 2]
    w[out] += time * (aR + dR)
    w[out + 1] += time * (aI + dI)
    w[out + 2] += space * (bR + cR)
    w[out + 3] += space * (bI + cI)
    w[out + 4] += space * (bI - cI)
    w[out + 5] += space * (cR - bR)
    w[out + 6] += space * (aR - dR)
    w[out + 7] += space * (aI - dI)
  }
}

/** In place: (sign × slash(p) + mass) column × factor, p real at [p, 4 numbers] of `momenta`. */
export function propagateColumn(
  w: Float64Array,
  at: number,
  momenta: Float64Array,
  p: number,
  mass: number,
  factor: number,
): void {
  const upper = momenta[p] - momenta[p + 3]
  const lower = momenta[p] + momenta[p + 3]
  const x = momenta[p + 1]
  const y = momenta[p + 2]
  const a = w[at]
  const b = w[at + 1]
  const c = w[at + 2]
  const d = w[at + 3]
  const e = w[at + 4]
  const f = w[at + 5]
  const g = w[at + 6]
  const h = w[at + 7]
  w[at] = factor * (upper * e - x * g - y * h + mass * a)
  w[at + 1] = factor * (upper * f - x * h + y * g + mass * b)
  w[at + 2] = factor * (lower * g - x * e + y * f + mass * c)
  w[at + 3] = factor * (lower * h - x * f - y * e + mass * d)
  w[at + 4] = factor * (lower * a + x * c + y * d + mass * e)
  w[at + 5] = factor * (lower * b + x * d - y * c + mass * f)
  w[at + 6] = factor * (upper * c + x * a - y * b + mass * g)
  w[at + 7] = factor * (upper * d + x * b + y * a + mass * h)
}

/** In place: row (-slash(p) + mass) × factor. A row's momentum runs against its arrow. */
export function propagateRow(
  w: Float64Array,
  at: number,
  momenta: Float64Array,
  p: number,
  mass: number,
  factor: number,
): void {
  const upper = momenta[p + 3] - momenta[p]
  const lower = -momenta[p + 3] - momenta[p]
  const x = -momenta[p + 1]
  const y = -momenta[p + 2]
  const a = w[at]
  const b = w[at + 1]
  const c = w[at + 2]
  const d = w[at + 3]
  const e = w[at + 4]
  const f = w[at + 5]
  const g = w[at + 6]
  const h = w[at + 7]
  w[at] = factor * (e * lower + g * x - h * y + mass * a)
  w[at + 1] = factor * (f * lower + h * x + g * y + mass * b)
  w[at + 2] = factor * (e * x + f * y + g * upper + mass * c)
  w[at + 3] = factor * (f * x - e * y + h * upper + mass * d)
  w[at + 4] = factor * (a * upper - c * x + d * y + mass * e)
  w[at + 5] = factor * (b * upper - d * x - c * y + mass * f)
  w[at + 6] = factor * (c * lower - a * x - b * y + mass * g)
  w[at + 7] = factor * (d * lower - b * x + a * y + mass * h)
}

/** Row times column, to target[out], target[out + 1]. */
export function addProduct(
  w: Float64Array,
  row: number,
  column: number,
  target: Float64Array,
  out: number,
): void {
  let re = 0
  let im = 0
  for (let k = 0; k < 8; k += 2) {
    re += w[row + k] * w[column + k] - w[row + k + 1] * w[column + k + 1]
    im += w[row + k] * w[column + k + 1] + w[row + k + 1] * w[column + k]
  }
  target[out] += re
  target[out + 1] += im
}

/** Minkowski product of two vectors, to target[out], target[out + 1]. */
export function addContraction(
  w: Float64Array,
  a: number,
  b: number,
  target: Float64Array,
  out: number,
): void {
  let re = w[a] * w[b] - w[a + 1] * w[b + 1]
  let im = w[a] * w[b + 1] + w[a + 1] * w[b]
  for (let k = 2; k < 8; k += 2) {
    re -= w[a + k] * w[b + k] - w[a + k + 1] * w[b + k + 1]
    im -= w[a + k] * w[b + k + 1] + w[a + k + 1] * w[b + k]
  }
  target[out] += re
  target[out + 1] += im
}
