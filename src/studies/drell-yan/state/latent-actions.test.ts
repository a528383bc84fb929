import { describe, expect, it } from 'vitest'
import type { ModelCard } from '../../../ml/model-card.ts'
import { AppError } from '../../../errors.ts'
import { settle } from '../../../testing/fake-jobs.ts'
import { answerOpening, smallApp } from '../../../testing/small-app.ts'
import { smallCorpus } from '../../../testing/small-universes.ts'
import { createLatentActions, mapChoices } from './latent-actions.ts'
import { ready } from '../../../core/loadable.ts'

const corpus = await smallCorpus()
const files = { card: '{}', model: '{}', weights: new Uint8Array(0) }

async function app() {
  const made = smallApp()
  await answerOpening(made.compute.newest('open-dataset'), corpus)
  const open = made.store.getState().dataset.value
  if (!open) throw new Error('nothing is open')
  return { ...made, open, latent: createLatentActions(made.store, made.services, made.actions) }
}

describe('maps to compare', () => {
  it('are the open one, shipped ones of this very dataset, closed forms and own ones, each once', async () => {
    const { store } = await app()
    const card = (manifestSha256: string) =>
      ({ dataset: { manifestSha256 }, architecture: { latentDim: 5 } }) as ModelCard
    const models = [
      { id: 'shipped-a', card: card(corpus.header.manifestHash) },
      { id: 'shipped-b', card: card('other') },
    ]
    const shelf = ready({ datasets: [], models })
    const features = (bins: number) => ({ architecture: { features: bins } }) as ModelCard
    const own = [
      { id: 'trained-seed2-step9-abcdef', hash: '', origin: 'trained' as const, card: features(11) },
      { id: 'of-another-dataset', hash: '', origin: 'file' as const, card: features(24) },
    ]
    const choices = mapChoices({ shelf, dataset: store.getState().dataset }, own)
    expect(choices.map(({ id }) => id)).toEqual([
      'pca-2',
      'shipped-a',
      'pca-2-mll',
      'pca-2-ptl',
      'trained-seed2-step9-abcdef',
    ])
    expect(choices[1].label).toBe('shipped-a, 5-D')
  })

  it('load what is not here, once, and tell what cannot be', async () => {
    const { latent, open, compute } = await app()
    const first = latent.compare(open, ['pca-2', 'shipped-a', 'nowhere'], 15, {})
    await settle()
    await compute.newest('load-encoder').finish({ ...corpus.encoder, id: 'shipped-a' })
    await settle()
    const asked = compute.newest('compare-maps')
    expect(asked.request.maps.map(({ id }) => id)).toEqual(['pca-2', 'shipped-a'])
    expect(asked.request.neighbours).toBe(15)
    const refused = expect(first).rejects.toThrow('gone')
    await asked.fail(new AppError('job/crashed', 'gone'))
    await refused
    const again = latent.compare(open, ['shipped-a', 'nowhere'], 5, {})
    await settle() // no second load: the job is asked at once
    expect(compute.newest('compare-maps').request.maps).toHaveLength(1)
    await compute.newest('compare-maps').finish({
      ...{ maps: [], neighbours: 5, counted: new Uint8Array(0), jaccard: new Float64Array(0), chance: 0 },
    })
    expect((await again).failures).toMatchObject([{ id: 'nowhere', error: { code: 'model/mismatch' } }])
  })

  it('gain another seed of the set-up of the Train view', async () => {
    const { latent, ml, services, store } = await app()
    const seen: number[] = []
    const training = latent.trainSeed(7, { onProgress: (fraction) => seen.push(fraction) })
    await settle()
    const job = ml.newest('train-encoder')
    expect(job.request.config).toEqual({ ...store.getState().intent.training, seed: 7 })
    job.report({ kind: 'step', step: 250, steps: 1000, loss: 1, learningRate: 1, msPerStep: 1 })
    await job.finish({
      ...{ mlp: corpus.encoder.mlp, parameters: new Float32Array(4), step: 800, heldOutLoss: 1 },
      ...{ stoppedEarly: false, backend: 'kernels', checkpoint: Uint8Array.of(8) },
    })
    const made = { encoder: { ...corpus.encoder, id: 'trained-seed7-step800-0123456789ab' }, files }
    expect(ml.newest('export-encoder').request).toMatchObject({
      ...{ checkpoint: Uint8Array.of(8), weights: 'best', backend: 'kernels', date: '2026-01-02' },
    })
    await ml.newest('export-encoder').finish(made)
    const id = await training
    expect(id).toBe(made.encoder.id)
    expect(await services.encoders.load(id, () => expect.unreachable())).toBe(made.encoder)
    expect(seen).toEqual([0.25])
  })

  it('gain a seed whose training was cut short from where it stood, in one tab at a time', async () => {
    const first = await app()
    const evaluated = {
      loss: 4,
      heldOutLoss: 4,
      effectiveRank: 2,
      collapsed: false,
      latent: new Float32Array(2),
    }
    const abort = new AbortController()
    const cut = first.latent.trainSeed(7, { signal: abort.signal })
    await settle()
    const job = first.ml.newest('train-encoder')
    job.report({ kind: 'evaluation', step: 300, ...evaluated, checkpoint: Uint8Array.of(3) })
    await expect(first.latent.trainSeed(7, {})).rejects.toThrow(/Seed 7 .* another tab/)
    abort.abort()
    await expect(cut).rejects.toMatchObject({ code: 'job/cancelled' })
    await settle()
    const again = first.latent.trainSeed(7, {})
    await settle()
    expect(first.ml.newest('train-encoder').request.resumeFrom).toEqual(Uint8Array.of(3))
    // One that cannot be read is no reason to fail.
    await first.ml.newest('train-encoder').fail(new AppError('model/corrupt', 'torn'))
    await settle()
    expect(first.ml.newest('train-encoder').request.resumeFrom).toBeUndefined()
    const refused = expect(again).rejects.toThrow('gone')
    await first.ml.newest('train-encoder').fail(new AppError('job/crashed', 'gone'))
    await refused
  })
})

it('asks for directions and attributions of the open encoder', async () => {
  const { latent, open, compute } = await app()
  void latent.directions(open, 4, {})
  expect(compute.newest('latent-directions').request).toMatchObject({ families: 4, order: 'linear' })
  void latent.attribution(open, new Float32Array(11))
  expect(compute.newest('integrated-gradients').request.encoder).toBe(open.encoder.mlp)
})
