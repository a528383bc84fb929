/**
 * Weighted area under the ROC curve of one class against all others, by its softmax probability; ties count half.
 *
 * @param logits   [rows, classes]
 * @param weights  [rows] not negative
 * @returns        NaN where the class or the rest has no weight
 */
export function oneVersusRestAuc(
  logits: Float32Array,
  labels: ArrayLike<number>,
  weights: ArrayLike<number>,
  classes: number,
  own: number,
): number {
  const rows = labels.length
  const scores = Float64Array.from({ length: rows }, (_, row) => {
    const at = row * classes
    let rest = 0
    // Log of p / (1 - p): no two scores run together at 1.
    for (let k = 0; k < classes; k++) if (k !== own) rest += Math.exp(logits[at + k] - logits[at + own])
    return -Math.log(rest)
  })
  const order = Uint32Array.from({ length: rows }, (_, i) => i).sort((a, b) => scores[a] - scores[b])
  let [below, area, total] = [0, 0, 0]
  for (let i = 0; i < rows;) {
    let [signal, rest] = [0, 0]
    const score = scores[order[i]]
    for (; i < rows && scores[order[i]] === score; i++)
      if (labels[order[i]] === own) signal += weights[order[i]]
      else rest += weights[order[i]]
    area += signal * (below + 0.5 * rest)
    below += rest
    total += signal
  }
  return area / (total * below)
}
