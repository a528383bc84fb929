/**
 * A ratio that is positive by construction: r(x, c) = |e_0 + sum_j c_j a_j(x)|^2 with a_j in R^(n+1) whose components
 * beyond j + 1 are 0: the Cholesky form of the matrix of the polynomial, so that every quadratic ratio that is
 * positive for all c can be written so, with as many functions as it has terms. Source: Chen, Glioti, Panico, Wulzer
 * arXiv:2007.10356, sec. 3.
 *
 * The network's outputs are, per operator, the logarithm g_j of the diagonal component and the others over it:
 * a_j = exp(g_j) (o_j0, .., o_jj, 1, 0, ..). Ratios of squared amplitudes span decades, which a linear output would have to
 * reach by itself, and a diagonal of fixed sign leaves no two regions with different signs and a wall between them.
 */
export interface PositiveHead {
  operators: number
  /** Coefficients, in units of the decoder, where the learned density is compared with the SM's. */
  points: number[][] // [points, operators]
  /** Rate at each point over the SM's. */
  rates: number[] // [points]
  /** Share of each point in the loss. */
  weights: number[] // [points]
}

/** Gains, then components operator by operator: as many as terms. */
export function positiveOutputs(operators: number): number {
  return (operators * (operators + 3)) / 2
}

/** SM, linear terms, squares and products: what each row of targets holds. */
export function positiveTargets(operators: number): number {
  return 1 + operators + (operators * (operators + 1)) / 2
}

/** A gain beyond this would be a ratio of 1e17; exp() must not overflow on the way. */
const largestGain = 20

/** Keeps the logarithm of a ratio finite where the amplitudes cancel. */
const smallestSquare = 1e-6

/** Points that a row is compared at, of which each row has its own: with 16 nothing is learned better. */
const pointsPerRow = 6

/** Components of all a_j, [operators, operators + 1], from the outputs of one row. */
export function positiveComponents(
  outputs: ArrayLike<number>,
  offset: number,
  operators: number,
  a: Float64Array,
): void {
  const width = operators + 1
  let at = offset + operators
  for (let j = 0; j < operators; j++) {
    const gain = Math.exp(Math.min(largestGain, outputs[offset + j]))
    for (let k = 0; k <= j; k++) a[j * width + k] = gain * outputs[at++]
    a[j * width + j + 1] = gain
    for (let k = j + 2; k < width; k++) a[j * width + k] = 0
  }
}

/** Every a_j times its factor plus its shift along e_0: still a sum of squares. */
export function adjustComponents(
  a: Float64Array,
  adjust: readonly (readonly [factor: number, shift: number])[],
): void {
  const width = adjust.length + 1
  adjust.forEach(([factor, shift], j) => {
    for (let k = 0; k < width; k++) a[j * width + k] *= factor
    a[j * width] += shift
  })
}

/** r at coefficients c in the units of the head: a sum of squares. */
export function positiveRatio(a: Float64Array, c: ArrayLike<number>): number {
  const width = c.length + 1
  let sum = 0
  for (let k = 0; k < width; k++) {
    let v = k === 0 ? 1 : 0
    for (let j = 0; j < c.length; j++) v += c[j] * a[j * width + k]
    sum += v * v
  }
  return sum
}

/** The terms of the polynomial of positiveRatio without its 1: linear, then squares and products row by row. */
export function positiveTerms(
  a: Float64Array,
  units: readonly number[],
  out: Float64Array,
  offset: number,
): void {
  const n = units.length
  const width = n + 1
  let at = offset
  for (let j = 0; j < n; j++) out[at++] = 2 * units[j] * a[j * width]
  for (let j = 0; j < n; j++)
    for (let k = j; k < n; k++) {
      let product = 0
      for (let i = 0; i < width; i++) product += a[j * width + i] * a[k * width + i]
      out[at++] = (j === k ? 1 : 2) * units[j] * units[k] * product
    }
}

/** Loss of rows and its gradient by the network's outputs. */
export type HeadLoss = (
  outputs: Float32Array, // [rows, outputs]
  /** Rows of the table that the outputs belong to. */
  rows: Int32Array,
  /** Filled with scale times the gradient; null where only the loss is asked for. */
  gradient: Float32Array | null, // [rows, outputs]
  scale: number,
) => number

/**
 * Cross-entropy of SM against SM + EFT at each point of the head, in float64: on a row of weight W with targets w_t,
 * p = w_0, q = w(c)/rate, the loss is W [p ln(1 + rho) + q ln(1 + 1/rho)] with rho = r(x, c)/rate, the mean over points.
 * Both classes have unit weight in total, and the minimiser is E[q|x]/E[p|x] at every c at once.
 */
export function createPositiveLoss(
  head: PositiveHead,
  targets: Float32Array, // [rows, positiveTargets]
  weights: Float32Array, // [rows]
): HeadLoss {
  const { operators: n, points, rates } = head
  const width = n + 1
  const columns = positiveTargets(n)
  const outputsPerRow = positiveOutputs(n)
  const monomials = points.map((c) => {
    const row = [1, ...c]
    for (let j = 0; j < n; j++) for (let k = j; k < n; k++) row.push(c[j] * c[k])
    return Float64Array.from(row)
  })
  const each = Math.min(points.length, pointsPerRow)
  const a = new Float64Array(n * width)
  const slope = new Float64Array(n * width)
  const v = new Float64Array(width)
  return (outputs, rows, gradient, scale) => {
    let total = 0
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]
      const target = row * columns
      positiveComponents(outputs, i * outputsPerRow, n, a)
      slope.fill(0)
      const p = targets[target]
      let loss = 0
      for (let m = 0; m < each; m++) {
        // Always the same points for one row: validation losses can be compared.
        const k = each === points.length ? m : (row * each + m) % points.length
        const c = points[k]
        const monomial = monomials[k]
        let q = 0
        for (let t = 0; t < columns; t++) q += monomial[t] * targets[target + t]
        q = Math.max(0, q) / rates[k]
        let square = smallestSquare
        for (let s = 0; s < width; s++) {
          let sum = s === 0 ? 1 : 0
          for (let j = 0; j < n; j++) sum += c[j] * a[j * width + s]
          v[s] = sum
          square += sum * sum
        }
        const rho = square / rates[k]
        const share = head.weights[k] / each
        const both = Math.log1p(rho)
        loss += share * (p * both + q * (both - Math.log(rho)))
        const byNorm = (share * 2 * (p - q / rho)) / ((1 + rho) * rates[k])
        for (let j = 0; j < n; j++)
          for (let s = 0; s <= j + 1; s++) slope[j * width + s] += byNorm * c[j] * v[s]
      }
      total += weights[row] * loss
      if (gradient) writeSlopes(outputs, i * outputsPerRow, n, a, slope, weights[row] * scale, gradient)
    }
    return total
  }
}

/** From slopes by the components to those by gains and outputs. */
function writeSlopes(
  outputs: Float32Array,
  offset: number,
  n: number,
  a: Float64Array,
  slope: Float64Array,
  factor: number,
  gradient: Float32Array,
): void {
  const width = n + 1
  let at = offset + n
  for (let j = 0; j < n; j++) {
    const held = outputs[offset + j] > largestGain
    const gain = Math.exp(Math.min(largestGain, outputs[offset + j]))
    let byGain = 0
    for (let k = 0; k <= j + 1; k++) {
      byGain += a[j * width + k] * slope[j * width + k]
      if (k <= j) gradient[at++] = factor * gain * slope[j * width + k]
    }
    gradient[offset + j] = held ? 0 : factor * byGain
  }
}
