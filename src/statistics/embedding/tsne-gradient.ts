/**
 * Gradient of KL(P‖Q) of a map in two dimensions, with Student's t of one degree of freedom between its points: every pair is
 * taken, nothing approximated.
 *
 * @param triangle  p_ij times an exaggeration, those of j > i row after row; see `upperTriangle`
 * @param y         [n, 2]
 * @param gradient  [n, 2], overwritten
 * @param repulsion [n, 2], scratch
 * Source: L. van der Maaten, G. Hinton, JMLR 9 (2008) 2579, equation 5.
 */
export function tsneGradient(
  triangle: Float32Array,
  exaggeration: number,
  y: Float64Array,
  gradient: Float64Array,
  repulsion: Float64Array,
): void {
  const n = y.length / 2
  gradient.fill(0)
  repulsion.fill(0)
  let normalisation = 0
  let at = 0
  for (let i = 0; i < n; i++) {
    const x0 = y[2 * i]
    const x1 = y[2 * i + 1]
    let [a0, a1, r0, r1] = [0, 0, 0, 0]
    for (let j = i + 1; j < n; j++) {
      const d0 = x0 - y[2 * j]
      const d1 = x1 - y[2 * j + 1]
      const w = 1 / (1 + d0 * d0 + d1 * d1)
      const pull = triangle[at++] * w
      const push = w * w
      normalisation += w
      const p0 = pull * d0
      const p1 = pull * d1
      const q0 = push * d0
      const q1 = push * d1
      a0 += p0
      a1 += p1
      r0 += q0
      r1 += q1
      gradient[2 * j] -= p0
      gradient[2 * j + 1] -= p1
      repulsion[2 * j] -= q0
      repulsion[2 * j + 1] -= q1
    }
    gradient[2 * i] += a0
    gradient[2 * i + 1] += a1
    repulsion[2 * i] += r0
    repulsion[2 * i + 1] += r1
  }
  // Both orders of each pair are in the sum over q.
  const scale = 1 / (2 * normalisation)
  for (let k = 0; k < 2 * n; k++) gradient[k] = 4 * (exaggeration * gradient[k] - scale * repulsion[k])
}

/** What lies above the diagonal of a symmetric matrix, row after row. @param joint [n, n] */
export function upperTriangle(joint: Float64Array, n: number): Float32Array {
  const out = new Float32Array((n * (n - 1)) / 2)
  let at = 0
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) out[at++] = joint[i * n + j]
  return out
}

/** Σ p ln(p/q) over all pairs [nats]. */
export function klDivergence(triangle: Float32Array, y: Float64Array): number {
  const n = y.length / 2
  let normalisation = 0
  let sum = 0
  let at = 0
  let total = 0
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const w = 1 / (1 + (y[2 * i] - y[2 * j]) ** 2 + (y[2 * i + 1] - y[2 * j + 1]) ** 2)
      normalisation += w
      const p = triangle[at++]
      total += p
      if (p > 0) sum += p * Math.log(p / w)
    }
  return 2 * (sum + total * Math.log(2 * normalisation))
}
