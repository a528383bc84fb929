import type { ForwardPass } from '../../../../ml/transformer/forward-pass.ts'

/** Events that are asked at a time, so that memory does not grow with their number. */
const usualAtOnce = 500

interface Asked {
  values: Float32Array // [rows, tokens] standardised
  rows: number
}

/** Rows of a table in pieces, each told with its first row. */
function* pieces(
  { values, rows }: Asked,
  atOnce = usualAtOnce,
): Generator<{ first: number; rows: number; values: Float32Array }> {
  const tokens = values.length / rows
  for (let first = 0; first < rows; first += atOnce) {
    const count = Math.min(atOnce, rows - first)
    yield { first, rows: count, values: values.subarray(first * tokens, (first + count) * tokens) }
  }
}

/** Softmax and logits of events of which all is seen. @returns [rows, classes] both */
export async function classOutputs(
  pass: ForwardPass,
  parameters: Float32Array,
  asked: Asked,
  classes: number,
): Promise<{ logits: Float64Array; probabilities: Float64Array }> {
  const logits = new Float64Array(asked.rows * classes)
  for (const { first, rows, values } of pieces(asked))
    logits.set((await pass.outputs(parameters, values, rows, null)).logits, first * classes)
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
  pass: ForwardPass,
  parameters: Float32Array,
  asked: Asked & { masked: Uint8Array },
): Promise<Float32Array> {
  const out = new Float32Array(asked.values.length)
  const tokens = out.length / asked.rows
  for (const { first, rows, values } of pieces(asked)) {
    const masked = asked.masked.subarray(first * tokens, (first + rows) * tokens)
    out.set((await pass.outputs(parameters, values, rows, masked)).reconstruction, first * tokens)
  }
  return out
}

/** The learned space: all tokens after the last layer norm, side by side. */
export interface LearnedFeatures {
  values: Float32Array // [rows, width]
  width: number
}

/** Events of the learned space piece by piece. */
export async function* learnedPieces(
  pass: ForwardPass,
  parameters: Float32Array,
  asked: Asked,
  atOnce?: number,
): AsyncGenerator<{ first: number; rows: number; features: Float32Array }, void, void> {
  for (const { first, rows, values } of pieces(asked, atOnce))
    yield { first, rows, features: await pass.features(parameters, values, rows) }
}

/** All of them at once. */
export async function allFeatures(
  pass: ForwardPass,
  parameters: Float32Array,
  asked: Asked,
): Promise<LearnedFeatures> {
  const all: LearnedFeatures = { values: new Float32Array(0), width: 0 }
  for await (const { first, rows, features } of learnedPieces(pass, parameters, asked)) {
    if (first === 0) {
      all.width = features.length / rows
      all.values = new Float32Array(asked.rows * all.width)
    }
    all.values.set(features, first * all.width)
  }
  return all
}
