import { emptySampleEvents, type SampleEvents } from '../../../../dataset/event-samples/sample-events.ts'

/** Some events of a sample, in the order given. @param rows events of it */
export function pickEvents(sample: SampleEvents, rows: ArrayLike<number>): SampleEvents {
  const { first } = sample
  let objects = 0
  for (let r = 0; r < rows.length; r++) objects += first[rows[r] + 1] - first[rows[r]]
  const out = emptySampleEvents(rows.length, objects)
  for (let r = 0, at = 0; r < rows.length; r++) {
    const [from, to] = [first[rows[r]], first[rows[r] + 1]]
    for (const key of ['weight', 'part', 'met', 'metPhi'] as const) out[key][r] = sample[key][rows[r]]
    for (const key of ['types', 'pt', 'eta', 'phi'] as const) out[key].set(sample[key].subarray(from, to), at)
    at += to - from
    out.first[r + 1] = at
  }
  return out
}
