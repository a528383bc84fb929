import type { Kernels } from '../kernels/create-kernels.ts'
import { trainTwoClass, twoClassDefaults, type TwoClassRows } from '../ml/two-class/train-two-class.ts'
import { createRng, shuffle, type Rng } from '../numerics/rng.ts'
import type { TwoSampleClassifier } from '../statistics/two-sample/cross-validated-auc.ts'

/** One in so many of the rows that it learns from says when to stop. */
const validationPart = 5

/** Dense layers of 128, 64 and 32 units with dropout .1, stopped by a fifth of what they are given to learn from. */
export function networkClassifier(kernels: Kernels, seed: number): TwoSampleClassifier {
  return ({ rows, features, first }) => {
    const all = Float32Array.from(rows)
    const gather = (places: readonly number[]) => {
      const out = new Float32Array(places.length * features)
      places.forEach((row, i) => out.set(all.subarray(row * features, (row + 1) * features), i * features))
      return out
    }
    return (training, fold) => {
      const halves = [false, true].map((second) => [...training].filter((row) => row >= first === second))
      const [kept, stopping] = [false, true].map((stops) =>
        halves.map((own) => own.filter((_, k) => (k % validationPart === 0) === stops)),
      )
      const rng = createRng(seed, 'network classifier').split(fold)
      // As many of one sample as of the other: what learns cannot gain by knowing which is larger.
      const equal = (parts: readonly number[][], from: Rng): TwoClassRows => {
        const count = Math.max(...parts.map(({ length }) => length))
        const [a, b] = parts.map((own, k) => gather(drawn(own, count, from.split(k))))
        return { a, b }
      }
      const steps = trainTwoClass({
        ...{ kernels, inputs: features, settings: { ...twoClassDefaults, seed: seed + fold } },
        draw: (epoch) => equal(kept, rng.split(epoch)),
        validation: equal(stopping, rng.split('validation')),
      })
      let step = steps.next()
      while (!step.done) step = steps.next()
      const scores = step.value(all)
      return (row) => scores[row]
    }
  }
}

/** So many of them: all, as often as they fit, then others at random. */
function drawn(rows: readonly number[], count: number, rng: Rng): number[] {
  const order = shuffle(Int32Array.from(rows), rng)
  return Array.from({ length: count }, (_, i) => order[i % order.length])
}
