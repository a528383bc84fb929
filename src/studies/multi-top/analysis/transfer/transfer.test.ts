import { beforeAll, describe, expect, it } from 'vitest'
import { loadKernels } from '../../../../kernels/load-kernels.ts'
import { createTransformerBackend } from '../../../../ml/transformer/create-transformer-backend.ts'
import type { TransformerModel } from '../../../../ml/transformer/transformer-files.ts'
import { TransformerLayout } from '../../../../ml/transformer/transformer-parameters.ts'
import { toyClass } from '../../../../testing/small-multi-top.ts'
import { smallTransformer } from '../../../../testing/small-transformer.ts'
import { tokenCorpus } from '../tokens/corpus.ts'
import { startFrom } from '../training/start-from.ts'
import {
  drawLabels,
  frozenArm,
  frozenFeatures,
  transformerArm,
  type TransferEvents,
} from './transfer-arms.ts'
import { overSeeds, transferSummary } from './transfer-report.ts'

const corpus = tokenCorpus(
  [0, 4].map((tops) => ({ id: `${tops}t`, sample: toyClass(tops, 150, 5) })),
  1,
)
const rows = Array.from({ length: 300 }, (_, row) => row)
const events: TransferEvents = {
  table: corpus,
  pool: Uint32Array.from(rows.filter((row) => row % 150 < 90)),
  test: Uint32Array.from(rows.filter((row) => row % 150 >= 90)),
}
const settings = { seed: 1, batch: 16, epochs: 3 }
const longer = { seed: 1, batch: 8, epochs: 8 }
let model: TransformerModel
beforeAll(async () => {
  model = await smallTransformer()
})

describe('labels', () => {
  it('are halves of both classes, of the pool alone, a fifth of them for validation', () => {
    const { training, validation } = drawLabels(events, 100, 1)
    expect([training.length, validation.length]).toEqual([80, 20])
    const all = [...training, ...validation]
    expect(new Set(all).size).toBe(100)
    expect(all.filter((row) => corpus.labels[row] === 1)).toHaveLength(50)
    expect(all.every((row) => events.pool.includes(row))).toBe(true)
    expect(drawLabels(events, 100, 1)).toEqual({ training, validation })
    expect(drawLabels(events, 100, 2).training).not.toEqual(training)
  })
})

describe('arms', () => {
  const labels = drawLabels(events, 100, 1)

  it.each(['scratch', 'fine-tuned'] as const)('%s learns what toy classes are', async (arm) => {
    const training = transformerArm(arm, model, events, labels, longer)
    let [epochs, next] = [0, await training.next()]
    for (; !next.done; next = await training.next()) epochs++
    expect(epochs).toBe(2 * longer.epochs)
    expect(next.value.auc).toBeGreaterThan(0.8)
    expect(next.value.epoch).toBeLessThanOrEqual(longer.epochs)
  })

  it('frozen, a linear layer learns them on what random weights make of the events, too', async () => {
    const backend = await createTransformerBackend('kernels', model.card.training.spec)
    const features = await frozenFeatures(backend, model, corpus)
    expect(features).toHaveLength(300 * 100 * 8)
    expect(frozenArm(await loadKernels(), features, events, labels, settings).auc).toBeGreaterThan(0.8)
  })

  it('a pre-trained start has all weights but those of the classes', () => {
    const { training } = model.card
    const config = { ...training, seed: 7 }
    const layout = new TransformerLayout(training.spec)
    const start = startFrom(model, config)
    for (const { name, start: at, length } of layout.regions) {
      const [own, old] = [start, model.parameters].map((all) => all.slice(at, at + length))
      if (name === 'classes') expect(own).not.toEqual(old)
      else expect(own).toEqual(old)
    }
    const wide = { ...config, spec: { ...training.spec, width: 16 } }
    expect(() => startFrom(model, wide)).toThrow(/width 8, the training asks for 16/)
  })
})

describe('the summary', () => {
  it('has Student’s interval over seeds, without end for one', () => {
    const { mean, deviation, interval } = overSeeds([1, 2, 3])
    expect([mean, deviation]).toEqual([2, 1])
    expect(interval[1]).toBeCloseTo(2 + 4.303 / Math.sqrt(3), 10)
    expect(overSeeds([5]).interval).toEqual([-Infinity, Infinity])
  })

  it('pairs seeds: a gain has no error where every seed gains the same', () => {
    const run = (seed: number, scratch: number) => ({
      ...{ labels: 200, seed },
      auc: { scratch, 'fine-tuned': scratch + 0.25, frozen: scratch },
    })
    const [summary] = transferSummary([run(1, 0.5), run(2, 0.625)])
    expect(summary.gain['fine-tuned']).toEqual({ mean: 0.25, deviation: 0, interval: [0.25, 0.25] })
    expect(summary.arms.scratch.deviation).toBeGreaterThan(0)
    expect(summary.seeds).toBe(2)
  })
})
