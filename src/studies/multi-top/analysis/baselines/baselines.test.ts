import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../../kernels/load-kernels.ts'
import { toyClass } from '../../../../testing/small-multi-top.ts'
import { tokenCorpus } from '../tokens/corpus.ts'
import { eventToken } from '../tokens/token-layout.ts'
import { trainMlp } from './mlp-baseline.ts'
import { networkInputs, summaryRows } from './summary-features.ts'
import { mlpTrials, treeTrials } from './tuned-trials.ts'

const corpus = tokenCorpus(
  [0, 2, 4].map((tops) => ({ id: `${tops}t`, sample: toyClass(tops, 300, 5) })),
  1,
)
const kernels = await loadKernels()

describe('summary features', () => {
  it('are the event’s numbers and HT of its jets', () => {
    const rows = Uint32Array.from([corpus.split.test[3]])
    const { values, labels } = summaryRows(corpus, rows)
    const own = corpus.raw.values.subarray(rows[0] * corpus.tokens, (rows[0] + 1) * corpus.tokens)
    expect(values[0]).toBe(own[eventToken('njet')])
    expect(values[4]).toBe(own[eventToken('met')])
    let ht = 0
    for (let slot = 0; slot < 12; slot++) ht += own[6 * slot]
    expect(values[3]).toBeCloseTo(ht, 3)
    expect(labels[0]).toBe(corpus.labels[rows[0]])
  })

  it('are standardised for networks by the training rows', () => {
    const training = summaryRows(corpus, corpus.split.training)
    const inputs = networkInputs(training)(training)
    for (let f = 0; f < 5; f++) {
      const column = inputs.filter((_, at) => at % 5 === f)
      const mean = column.reduce((sum, x) => sum + x / column.length, 0)
      const square = column.reduce((sum, x) => sum + x ** 2 / column.length, 0)
      expect(mean).toBeCloseTo(0, 4)
      expect(square).toBeCloseTo(1, 3)
    }
  })
})

describe('trials', () => {
  it('draw the same settings for the same seed', () => {
    expect(treeTrials(1)).toEqual(treeTrials(1))
    expect(mlpTrials(1)[4]).toEqual(mlpTrials(1, 5)[4])
    expect(new Set(mlpTrials(1).map((own) => JSON.stringify(own))).size).toBe(20)
  })

  it('give the same network for the same seed', () => {
    const training = summaryRows(corpus, corpus.split.training)
    const rows = { ...training, inputs: networkInputs(training)(training) }
    const losses = [1, 1, 2].map((seed) => {
      const own = { widths: [8], learningRate: 0.01, batch: 64, epochs: 2, patience: 5, seed }
      return [...trainMlp(kernels, rows, rows, 3, own)].map(({ validationLoss }) => validationLoss).join()
    })
    expect(losses[0]).toBe(losses[1])
    expect(losses[0]).not.toBe(losses[2])
  })
})
