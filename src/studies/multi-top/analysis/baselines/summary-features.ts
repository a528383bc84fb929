import type { LabelledRows } from '../../../../ml/trees/boosted-trees.ts'
import type { TokenCorpus } from '../tokens/corpus.ts'
import { eventToken, firstSlot, objectToken } from '../tokens/token-layout.ts'

/** What baselines are given of an event; HT is the sum of pT of jets that have a slot [GeV]. */
export const summaryFeatures = ['njet', 'nb', 'nlep', 'ht', 'met'] as const

/** Summary features, labels and weights of rows of a corpus. @returns values [rows, 5] */
export function summaryRows({ raw, labels, weights }: TokenCorpus, rows: Uint32Array): LabelledRows {
  const { tokens, values } = raw
  const width = summaryFeatures.length
  const out = new Float64Array(rows.length * width)
  rows.forEach((row, r) => {
    const start = row * tokens
    let ht = 0
    // Empty slots are 0.
    for (let slot = 0; slot < firstSlot.l; slot++) ht += values[start + objectToken(slot, 'pt')]
    const counts = (['njet', 'nb', 'nlep'] as const).map((scalar) => values[start + eventToken(scalar)])
    out.set([...counts, ht, values[start + eventToken('met')]], r * width)
  })
  return {
    values: out,
    labels: Uint8Array.from(rows, (row) => labels[row]),
    weights: Float64Array.from(rows, (row) => weights[row]),
  }
}

/** Standardised by the training rows, HT and MET as logarithms: what networks are given. */
export function networkInputs(training: LabelledRows): (rows: LabelledRows) => Float32Array {
  const width = summaryFeatures.length
  const shaped = (values: ArrayLike<number>): Float64Array =>
    Float64Array.from(values, (x, at) => (at % width >= 3 ? Math.log1p(x) : x))
  const own = shaped(training.values)
  const n = own.length / width
  const mean = new Float64Array(width)
  const deviation = new Float64Array(width)
  for (let at = 0; at < own.length; at++) mean[at % width] += own[at] / n
  for (let at = 0; at < own.length; at++) deviation[at % width] += (own[at] - mean[at % width]) ** 2 / n
  return ({ values }) =>
    Float32Array.from(
      shaped(values),
      (x, at) => (x - mean[at % width]) / (Math.sqrt(deviation[at % width]) || 1),
    )
}
