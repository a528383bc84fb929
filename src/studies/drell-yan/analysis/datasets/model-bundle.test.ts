import { expect, it } from 'vitest'
import { checkpointToBytes, type Checkpoint } from '../../../../ml/checkpoint.ts'
import {
  countParameters,
  foldBatchNorm,
  initialiseParameters,
  parametersFromFlat,
} from '../../../../ml/encoder-parameters.ts'
import { modelCardSchema } from '../../../../ml/model-card.ts'
import type { TrainingConfig } from '../../../../ml/training-config.ts'
import { runMlp } from '../../../../ml/mlp.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { smallBins, smallCorpus } from '../../../../testing/small-universes.ts'
import { whitenSpectra } from '../whitening.ts'
import type { DroppedFile } from '../../../../ml/sort-model-files.ts'
import { exportEncoder, importEncoder, type ExportRequest } from './model-bundle.ts'

const { manifest, header, spectra } = await smallCorpus()
const config: TrainingConfig = {
  ...{ seed: 1, loss: 'supcon-euclidean', temperature: 0.5, margin: 4 },
  ...{ latentDim: 2, widths: [8, 4], dropout: 0 },
  ...{ learningRate: 0.01, optimiser: 'adam', weightDecay: 0, steps: 100, patience: 10 },
  ...{
    universesPerBatch: 5,
    replicasPerUniverse: 4,
    universes: 'fresh',
    fixedUniverses: 10,
    backend: 'auto',
  },
}
const architecture = { features: smallBins, widths: config.widths, latentDim: config.latentDim }
const { trainable, total } = countParameters(architecture)
const now = initialiseParameters(architecture, createRng(1)).flat
const best = initialiseParameters(architecture, createRng(2)).flat

const checkpoint: Checkpoint = {
  config,
  features: smallBins,
  engine: {
    steps: 40,
    parameters: now,
    optimiser: { updates: 40, first: new Float32Array(trainable), second: new Float32Array(trainable) },
  },
  best: { step: 20, heldOutLoss: 1.5, parameters: best },
  evaluationsSinceBest: 1,
  lossSum: 0,
  history: [
    { step: 20, loss: 2, heldOutLoss: 1.5, learningRate: 0.01 },
    { step: 40, loss: 1.8, heldOutLoss: 1.6, learningRate: 0.01 },
  ],
}

async function exported(weights: ExportRequest['weights'], change: Partial<ExportRequest> = {}) {
  const request: ExportRequest = {
    ...{ id: 'trained-seed1-step20-abc123', weights, manifest, manifestHash: header.manifestHash },
    ...{ checkpoint: await checkpointToBytes(checkpoint), whitening: header.universeModel.whitening },
    ...{ limits: null, backend: 'kernels', date: '2026-01-02' },
    ...change,
  }
  return exportEncoder(request, '4.22.0')
}

const bytes = (text: string) => new TextEncoder().encode(text)

async function dropped(weights: ExportRequest['weights']): Promise<DroppedFile[]> {
  const { files } = await exported(weights)
  // As a browser names second copies, and in any order.
  return [
    { name: 'weights (1).bin', bytes: files.weights },
    { name: 'model (1).json', bytes: bytes(files.model) },
    { name: 'card (2).json', bytes: bytes(files.card) },
  ]
}

it.each([
  ['best', best, 20, 1.5],
  ['now', now, 40, 1.6],
] as const)(
  'exports the %s weights and reads them back to the same map',
  async (weights, flat, step, loss) => {
    expect(flat).toHaveLength(total)
    const { encoder, files } = await importEncoder(await dropped(weights), manifest)
    expect({ encoder, files }).toEqual(await exported(weights))
    expect(encoder).toMatchObject({
      id: 'trained-seed1-step20-abc123',
      card: {
        dataset: { id: manifest.id, manifestSha256: header.manifestHash },
        steps: { best: step, planned: 100 },
        metrics: { heldOutLoss: { value: loss } },
        engine: 'kernels',
      },
    })
    const x = whitenSpectra(header.universeModel.whitening, spectra, 10)
    const expected = runMlp(foldBatchNorm(parametersFromFlat(architecture, flat)), x, 10)
    expect(runMlp(encoder.mlp, x, 10)).toEqual(expected)
  },
)

it('carries measured scores with their limit into the card', async () => {
  const scores = {
    recallAt1: 0.1,
    recallAt5: 0.5,
    distanceCorrelation: 0.8,
    trustworthiness: 0.9,
    continuity: 0.7,
  }
  const { files } = await exportEncoder(
    {
      ...{ id: 'scored', weights: 'now', manifest, manifestHash: header.manifestHash, backend: 'cpu' },
      ...{
        checkpoint: await checkpointToBytes(checkpoint),
        whitening: header.universeModel.whitening,
        date: '2026-01-02',
      },
      limits: {
        ...{ universes: 100, replicas: 40, seed: 7, bayes: { value: 0.9595, error: 0.003 } },
        scores: [{ name: 'learned', accuracy: { value: 0.48, error: 0.01 }, ...scores }],
      },
    },
    '4.22.0',
  )
  const { metrics } = modelCardSchema.parse(JSON.parse(files.card))
  expect(metrics.accuracy).toMatchObject({ value: 0.48, error: 0.01 })
  expect(metrics.bayesAccuracy).toMatchObject({ value: 0.9595, error: 0.003 })
  expect(metrics.trustworthiness.value).toBe(0.9)
})

it('names an encoder without an id by seed, step and the content of its weights', async () => {
  const of = async (change: Partial<ExportRequest>) =>
    (await exported('best', { id: undefined, ...change })).encoder
  const { id, hash, card } = await of({})
  expect(id).toBe(`trained-seed1-step20-${hash.slice(0, 12)}`)
  expect(card?.id).toBe(id)
  expect((await of({ backend: 'cpu', date: '2027-01-02' })).id).toBe(id)
  expect((await of({ weights: 'now' })).id).not.toBe(id)
})

it('names the files that are missing', async () => {
  const [weights, model] = await dropped('best')
  await expect(importEncoder([weights, model], manifest)).rejects.toMatchObject({
    code: 'input/invalid',
    message: expect.stringMatching(/got weights \(1\)\.bin, model \(1\)\.json, missing card\.json/) as string,
  })
})

it('refuses weights that were altered, with both hashes', async () => {
  const files = await dropped('best')
  files[0].bytes = Uint8Array.from(files[0].bytes)
  files[0].bytes[100] ^= 1
  await expect(importEncoder(files, manifest)).rejects.toMatchObject({ code: 'model/corrupt' })
})
