import type { TransformerBackend } from '../../../../ml/transformer/transformer-backend.ts'

/** Events that a backend is given at a time, so that memory does not grow with their number. */
const atOnce = 500

interface Asked {
  values: Float32Array // [rows, tokens] standardised
  rows: number
}

/** Rows of a table in pieces, each told with its first row. */
function* pieces({ values, rows }: Asked): Generator<{ first: number; rows: number; values: Float32Array }> {
  const tokens = values.length / rows
  for (let first = 0; first < rows; first += atOnce) {
    const count = Math.min(atOnce, rows - first)
    yield { first, rows: count, values: values.subarray(first * tokens, (first + count) * tokens) }
  }
}

/** Softmax and logits of events of which all is seen. @returns [rows, classes] both */
export async function classOutputs(
  backend: TransformerBackend,
  parameters: Float32Array,
  asked: Asked,
  classes: number,
): Promise<{ logits: Float64Array; probabilities: Float64Array }> {
  const logits = new Float64Array(asked.rows * classes)
  for (const { first, rows, values } of pieces(asked))
    logits.set((await backend.outputs(parameters, values, rows, null)).logits, first * classes)
  const probabilities = new Float64Array(logits.length)
  for (let at = 0; at < logits.length; at += classes) {
    const row = logits.subarray(at, at + classes)
    const most = Math.max(...row)
    let sum = 0
    for (let k = 0; k < classes; k++) sum += probabilities[at + k] = Math.exp(row[k] - most)
    for (let k = 0; k < classes; k++) probabilities[at + k] /= sum
  }
  return { logits, probabilities }
}

/** What a transformer puts in place of what is masked. @returns [rows, tokens] standardised */
export async function reconstructions(
  backend: TransformerBackend,
  parameters: Float32Array,
  asked: Asked & { masked: Uint8Array },
): Promise<Float32Array> {
  const out = new Float32Array(asked.values.length)
  const tokens = out.length / asked.rows
  for (const { first, rows, values } of pieces(asked)) {
    const masked = asked.masked.subarray(first * tokens, (first + rows) * tokens)
    out.set((await backend.outputs(parameters, values, rows, masked)).reconstruction, first * tokens)
  }
  return out
}

/**
 * The learned space: all tokens after the last layer norm, side by side, each event's given to `take`.
 *
 * @param take  first row, rows, [rows, tokens × width]
 */
export async function learnedFeatures(
  backend: TransformerBackend,
  parameters: Float32Array,
  asked: Asked,
  take: (first: number, rows: number, features: Float32Array) => void,
): Promise<void> {
  for (const { first, rows, values } of pieces(asked))
    take(first, rows, await backend.features(parameters, values, rows))
}
