import { beforeAll, expect, it } from 'vitest'
import { loadKernels } from '../../../../kernels/load-kernels.ts'
import { createTransformerBackend } from '../../../../ml/transformer/create-transformer-backend.ts'
import type { TransformerBackend } from '../../../../ml/transformer/transformer-backend.ts'
import { toyClass } from '../../../../testing/small-multi-top.ts'
import { smallTransformer } from '../../../../testing/small-transformer.ts'
import { tokenCorpus } from '../tokens/corpus.ts'
import { takeLabelled } from '../tokens/corpus-rows.ts'
import { oneVersusRestAuc } from '../transformer/one-versus-rest.ts'
import { algebraicImputer } from './algebraic-imputer.ts'
import { meanImputer } from './imputers.ts'
import type { ComparedGroup } from './compared-imputers.ts'
import { classesBeside, reconstructionBeside } from './transformer-beside.ts'

const corpus = tokenCorpus(
  [0, 4].map((tops) => ({ id: `${tops}t`, sample: toyClass(tops, 200, 5) })),
  1,
)
const algebra = algebraicImputer(corpus.scaling)
/** Half of what is true stands for a ridge, whose fit takes long. */
const imputersFor = () => ({
  ...{ mean: meanImputer, algebra },
  ridge: ({ values }: { values: Float32Array }) => values.map((x) => x / 2),
})
let own: { backend: TransformerBackend; parameters: Float32Array }
beforeAll(async () => {
  const { card, parameters } = await smallTransformer()
  own = { backend: await createTransformerBackend('kernels', card.training.spec), parameters }
})

it('hidden numbers: each group with all that guess it, and the ratio to the best of them', async () => {
  const told = (await reconstructionBeside(corpus, own, imputersFor, 1)) as Record<
    string,
    ComparedGroup & { transformerOverBest: { best: string; ratio: { value: number; error: number } } }
  >
  expect(Object.keys(told).sort()).toEqual(['across', 'global', 'within'])
  for (const group of Object.values(told)) {
    expect(group.mean.overMean.value).toBe(1)
    expect(group.ridge.overMean.value).toBeCloseTo(0.25, 6)
    const { best, ratio } = group.transformerOverBest
    const least = Math.min(group.mean.mse, group.ridge.mse, group.algebra.mse)
    expect(group[best].mse).toBe(least)
    expect(ratio.value).toBeCloseTo(group.transformer.mse / least, 10)
    expect(ratio.error).toBeGreaterThan(0)
  }
  // Algebra solves what follows in an object, and knows nothing of one that is hidden or of the event.
  expect(told.within.algebra.variables.px).toBeLessThan(0.7)
  expect(told.across.algebra.variables.px).toBe(1)
  expect(Object.keys(told.global.ridge.variables)).toEqual(['njet', 'nb', 'nlep', 'met'])
})

it('classes: areas of the same events and their paired differences, with a curve each', async () => {
  type Told = Record<
    string,
    {
      perClass: { value: number }[]
      mean: { value: number }
      confusion: number[]
      roc: { falsePositives: number[]; truePositives: number[] }[]
    }
  > &
    Record<'transformer over mlp', { value: number; interval: [number, number] }[]>
  const kernels = await loadKernels()
  const told = (await classesBeside(corpus, own, { seed: 1, trials: 1 }, kernels, () => undefined)) as Told
  const { rows, values, labels, weights } = takeLabelled(corpus, corpus.split.test)
  const { logits } = await own.backend.outputs(own.parameters, values, rows, null)
  expect(told.transformer.perClass[0].value).toBeCloseTo(oneVersusRestAuc(logits, labels, weights, 2, 0), 6)
  const difference = told['transformer over mlp'].at(-1)!
  expect(difference.value).toBeCloseTo(told.transformer.mean.value - told.mlp.mean.value, 12)
  // Untrained against trained.
  expect(difference.interval[1]).toBeLessThan(0)
  expect(told.trees.confusion[0] + told.trees.confusion[1]).toBeCloseTo(1, 12)
  const { falsePositives, truePositives } = told.trees.roc[1]
  expect(falsePositives.at(-1)).toBe(1)
  expect(truePositives.every((y, k) => k === 0 || y >= truePositives[k - 1])).toBe(true)
})
