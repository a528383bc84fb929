import type { LossAndGradient } from './loss-and-gradient.ts'

/** Norms below this are taken as this, so that a latent at the origin has a direction and a finite gradient. */
export const minimumNorm = 1e-6

/**
 * Supervised contrastive loss, mean over the anchors that have a positive:
 *
 *   L = -(1/A) Σ_i (1/|P(i)|) Σ_{p in P(i)} log( exp(s_ip/τ) / Σ_{a≠i} exp(s_ia/τ) )
 *
 * with s_ij = -|z_i - z_j|² ('euclidean') or the cosine similarity. Anchors alone in their universe are
 * skipped; without any anchor the loss is 0.
 * Source: Khosla et al. 2004.11362, eq. 2 (the sum outside the logarithm); the Euclidean similarity is ours.
 */
export function supervisedContrastiveLoss(
  z: ArrayLike<number>,
  labels: Int32Array,
  dim: number,
  temperature: number,
  similarity: 'euclidean' | 'cosine',
): LossAndGradient {
  if (similarity === 'euclidean') return onSimilarities(z, labels, dim, temperature, true)
  const rows = labels.length
  const unit = new Float64Array(rows * dim)
  const norms = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    let square = 0
    for (let k = 0; k < dim; k++) square += z[i * dim + k] ** 2
    norms[i] = Math.max(Math.sqrt(square), minimumNorm)
    for (let k = 0; k < dim; k++) unit[i * dim + k] = z[i * dim + k] / norms[i]
  }
  const { value, gradient } = onSimilarities(unit, labels, dim, temperature, false)
  // d(z/|z|)/dz projects out the direction of z.
  for (let i = 0; i < rows; i++) {
    let along = 0
    for (let k = 0; k < dim; k++) along += gradient[i * dim + k] * unit[i * dim + k]
    for (let k = 0; k < dim; k++)
      gradient[i * dim + k] = (gradient[i * dim + k] - along * unit[i * dim + k]) / norms[i]
  }
  return { value, gradient }
}

/** Number of rows with each row's label, itself included. */
export function sameLabelCounts(labels: Int32Array): Int32Array {
  const counts = new Map<number, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return Int32Array.from(labels, (label) => counts.get(label) ?? 0)
}

function onSimilarities(
  z: ArrayLike<number>,
  labels: Int32Array,
  dim: number,
  temperature: number,
  euclidean: boolean,
): LossAndGradient {
  const rows = labels.length
  const counts = sameLabelCounts(labels)
  let anchors = 0
  for (const count of counts) if (count > 1) anchors++
  const gradient = new Float64Array(rows * dim)
  if (anchors === 0) return { value: 0, gradient }
  const s = new Float64Array(rows)
  let value = 0
  for (let i = 0; i < rows; i++) {
    const positives = counts[i] - 1
    if (positives === 0) continue
    let top = -Infinity
    let positiveSum = 0
    for (let j = 0; j < rows; j++) {
      if (j === i) continue
      let sum = 0
      for (let k = 0; k < dim; k++) {
        const a = z[i * dim + k]
        const b = z[j * dim + k]
        sum += euclidean ? -(a - b) * (a - b) : a * b
      }
      s[j] = sum / temperature
      if (s[j] > top) top = s[j]
      if (labels[j] === labels[i]) positiveSum += s[j]
    }
    let total = 0
    for (let j = 0; j < rows; j++) if (j !== i) total += Math.exp(s[j] - top)
    const logTotal = top + Math.log(total)
    value += (logTotal - positiveSum / positives) / anchors
    for (let j = 0; j < rows; j++) {
      if (j === i) continue
      const probability = Math.exp(s[j] - logTotal)
      const target = labels[j] === labels[i] ? 1 / positives : 0
      const weight = (probability - target) / (anchors * temperature)
      for (let k = 0; k < dim; k++) {
        const a = z[i * dim + k]
        const b = z[j * dim + k]
        if (euclidean) {
          gradient[i * dim + k] -= 2 * weight * (a - b)
          gradient[j * dim + k] += 2 * weight * (a - b)
        } else {
          gradient[i * dim + k] += weight * b
          gradient[j * dim + k] += weight * a
        }
      }
    }
  }
  return { value, gradient }
}
