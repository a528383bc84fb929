/** Class probabilities of many rows with the true class of each. */
export interface Predictions {
  classes: number
  probabilities: Float64Array // [rows, classes], each row sums to 1
  labels: Int32Array // [rows]
}

export function rowsOf({ labels }: Predictions): number {
  return labels.length
}

export function rowOf({ classes, probabilities }: Predictions, row: number): Float64Array {
  return probabilities.subarray(row * classes, (row + 1) * classes)
}

/** The most probable class; of equals the first. */
export function topClass(probabilities: ArrayLike<number>): number {
  let best = 0
  for (let c = 1; c < probabilities.length; c++) if (probabilities[c] > probabilities[best]) best = c
  return best
}

/** Confidence of every row (its largest probability) and whether its class is the true one. */
export function confidences(predictions: Predictions): { confidence: Float64Array; correct: Uint8Array } {
  const rows = rowsOf(predictions)
  const confidence = new Float64Array(rows)
  const correct = new Uint8Array(rows)
  for (let r = 0; r < rows; r++) {
    const row = rowOf(predictions, r)
    const top = topClass(row)
    confidence[r] = row[top]
    correct[r] = top === predictions.labels[r] ? 1 : 0
  }
  return { confidence, correct }
}
