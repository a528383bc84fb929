import { expect, it } from 'vitest'
import { loadKernels } from '../../../../kernels/load-kernels.ts'
import { toyClass } from '../../../../testing/small-multi-top.ts'
import { tokenCorpus } from '../tokens/corpus.ts'
import { judgeClassifier } from './classification-report.ts'
import { baselineKinds, tuneBaseline, type TunedBaseline } from './tune-baselines.ts'

const corpus = tokenCorpus(
  [0, 2, 4].map((tops) => ({ id: `${tops}t`, sample: toyClass(tops, 300, 5) })),
  1,
)
const kernels = await loadKernels()

function tune(kind: (typeof baselineKinds)[number]): { best: TunedBaseline; losses: number[] } {
  const loop = tuneBaseline(corpus, kind, kernels, 3, 2)
  const losses: number[] = []
  for (;;) {
    const next = loop.next()
    if (next.done) return { best: next.value, losses }
    losses.push(next.value.bestLoss)
  }
}

it.each(baselineKinds)('%s tell toy classes apart, the best of the trials', (kind) => {
  const { best, losses } = tune(kind)
  expect(losses).toHaveLength(2)
  expect(losses[1]).toBeLessThanOrEqual(losses[0])
  expect(best.validationLoss).toBe(losses[1])
  const { report } = judgeClassifier(best.validation, best.test, 1)
  expect(report.mean.value).toBeGreaterThan(0.9)
  expect(report.confusion.subarray(0, 3).reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 10)
})
