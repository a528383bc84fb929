import { expect, it } from 'vitest'
import { loadKernels } from '../kernels/load-kernels.ts'
import { createRng } from '../numerics/rng.ts'
import { crossValidatedAuc } from '../statistics/two-sample/cross-validated-auc.ts'
import { networkClassifier } from './network-classifier.ts'

const classifier = networkClassifier(await loadKernels(), 1)

/** [count, 2] normals; the sign of their product is that of `sign` where it is given. */
function points(count: number, stream: string, sign?: number): Float64Array {
  const rng = createRng(2, stream)
  const out = Float64Array.from({ length: 2 * count }, () => rng.normal())
  if (sign === undefined) return out
  return out.map((x, k) => (k % 2 === 1 ? Math.abs(x) * sign * Math.sign(out[k - 1]) : x))
}

it('finds what no single feature shows', () => {
  const { auc } = crossValidatedAuc(points(500, 'a', 1), points(400, 'b', -1), 2, 1, classifier)
  expect(auc).toBeGreaterThan(0.95)
})

it('finds nothing where there is nothing, however unequal the samples', () => {
  const { auc, error } = crossValidatedAuc(points(600, 'a'), points(200, 'b'), 2, 1, classifier)
  expect(Math.abs(auc - 0.5)).toBeLessThan(3 * error)
})
