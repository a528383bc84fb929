import { describe, expect, it } from 'vitest'
import type { LoadedClassifier } from '../analysis/classification/loaded-classifier.ts'
import type { AnomalyEvaluation } from '../analysis/anomaly/evaluate.ts'
import type { RetrievalEvaluation } from '../analysis/retrieval/evaluate.ts'
import type { KnownUniverses } from '../analysis/anomaly/known-universes.ts'
import { AppError } from '../../../errors.ts'
import { settle } from '../../../testing/fake-jobs.ts'
import { answerOpening, smallApp } from '../../../testing/small-app.ts'
import { smallBins, smallCorpus } from '../../../testing/small-universes.ts'
import { createAnomalyActions } from './anomaly-actions.ts'
import { lendingProducts } from '../../../core/lending-products.ts'
import { createMemoryProducts } from '../../../core/product-store.ts'
import type { Services } from './services.ts'

const corpus = await smallCorpus()

async function app(
  products: Services['products'] = lendingProducts(createMemoryProducts()),
  instead: Partial<Services> = {},
) {
  const made = smallApp({}, undefined, { products, ...instead })
  await answerOpening(made.compute.newest('open-dataset'), corpus)
  return {
    ...made,
    anomaly: createAnomalyActions(made.store, made.services),
    state: () => made.store.getState().anomaly,
  }
}

const evaluation = { rank: 7, bins: 71, scores: [], classes: [] } as unknown as AnomalyEvaluation
const madeFor = { encoder: corpus.encoder.id, encoderHash: corpus.encoder.hash }

describe('what is known', () => {
  it('is asked for once per map, and named with what it was made for', async () => {
    const { anomaly, compute, state } = await app()
    void anomaly.know()
    void anomaly.know()
    await settle()
    expect(compute.count('known-universes')).toBe(1)
    compute.newest('known-universes').report(0.4)
    expect(state().known).toMatchObject({ status: 'running', fraction: 0.4 })
    await compute.newest('known-universes').finish({ universes: new Int32Array(1) } as KnownUniverses)
    expect(state().known).toMatchObject({ status: 'ready', value: madeFor })
    void anomaly.know()
    expect(compute.count('known-universes')).toBe(1)
  })

  it('is asked for again on another map, and the old job is ended', async () => {
    const { anomaly, compute, store } = await app()
    void anomaly.know()
    await settle()
    const first = compute.newest('known-universes')
    store.setState(({ dataset }) => ({
      dataset: dataset.value
        ? { ...dataset, value: { ...dataset.value, encoder: { ...corpus.encoder, hash: 'another' } } }
        : dataset,
    }))
    void anomaly.know()
    await settle()
    expect(first.cancelled).toBe(true)
    expect(compute.count('known-universes')).toBe(2)
  })

  it('begins with scores that the page ships, until they are drawn here', async () => {
    const scores = Float64Array.of(1, 2)
    const calibration = {
      ...{ 'nearest-universe': scores, mahalanobis: scores, 'kth-neighbour': scores, density: scores },
    }
    const recorded = { date: '2026-01-31', made: 'theoryscape' }
    const find = (name: string) =>
      Promise.resolve(name === 'known' ? { calibration, ...madeFor, recorded } : null)
    const { anomaly, compute, state } = await app(undefined, {
      recorded: {
        ...{ classes: () => Promise.resolve(null), comparison: () => Promise.resolve(null) },
        find: find as Services['recorded']['find'],
      },
    })
    void anomaly.know()
    await settle()
    const job = compute.newest('known-universes')
    expect(job.request).toMatchObject({ calibrated: calibration })
    await job.finish({ calibration } as KnownUniverses)
    expect(state().known).toMatchObject({ status: 'ready', value: { recorded } })

    void anomaly.knowAnew()
    await settle()
    expect(state().known).toMatchObject({ status: 'running', value: { recorded } })
    const own = compute.newest('known-universes')
    expect(own.request).toMatchObject({ calibrated: null })
    await own.finish({ calibration } as KnownUniverses)
    expect(state().known.value?.recorded).toBeUndefined()
  })
})

describe('evaluations', () => {
  it('keep an earlier value when cancelled or failed', async () => {
    const { anomaly, compute, state } = await app()
    void anomaly.evaluate()
    await compute.newest('evaluate-anomalies').finish(evaluation)
    expect(state().evaluation.value).toMatchObject({ rank: 7, ...madeFor })

    void anomaly.evaluate()
    anomaly.cancel('evaluation')
    await settle()
    expect(state().evaluation).toMatchObject({ status: 'ready', value: { rank: 7 } })

    void anomaly.evaluate()
    await compute.newest('evaluate-anomalies').fail(new AppError('physics/out-of-range', 'Too wide.'))
    expect(state().evaluation).toMatchObject({
      status: 'failed',
      error: { message: 'Too wide.' },
      value: { rank: 7 },
    })
  })

  const shipped = [{ id: `${corpus.header.manifest.id}-dpn`, cardUrl: 'card', weightsUrl: 'weights' }]

  it('score the shipped prior network beside the map', async () => {
    const { store, services, compute, classification, state } = await app()
    const anomaly = createAnomalyActions(store, services, shipped)
    void anomaly.evaluate()
    const loading = classification.newest('load-classifier')
    expect(loading.request).toMatchObject({ location: shipped[0] })
    await loading.finish({ classifier: { universes: Int32Array.of(0, 4) } } as LoadedClassifier)
    const job = compute.newest('evaluate-anomalies')
    expect(job.request.priorNetwork).toEqual({ universes: Int32Array.of(0, 4) })
    await job.finish(evaluation)
    expect(state().evaluation.value).toMatchObject({ rank: 7 })
    expect(state().evaluation.value?.missing).toBeUndefined()
  })

  it('go on without a prior network that does not come, and say so; cancelled meanwhile, nothing is scored', async () => {
    const { store, services, compute, classification, state } = await app()
    const anomaly = createAnomalyActions(store, services, shipped)
    void anomaly.evaluate()
    await classification.newest('load-classifier').fail(new AppError('data/not-found', 'No such file.'))
    const job = compute.newest('evaluate-anomalies')
    expect(job.request.priorNetwork).toBeNull()
    await job.finish(evaluation)
    expect(state().evaluation).toMatchObject({ status: 'ready', value: { missing: 'No such file.' } })

    void anomaly.evaluate()
    anomaly.cancel('evaluation')
    await settle()
    expect(compute.count('evaluate-anomalies')).toBe(1)
    expect(state().evaluation.status).toBe('ready')
  })

  it('come back in a later visit on the same map, and take no place of what is measured anew', async () => {
    const first = await app()
    void first.anomaly.evaluate()
    await first.compute.newest('evaluate-anomalies').finish(evaluation)
    void first.anomaly.measureRetrieval('mean')
    await first.compute.newest('evaluate-retrieval').finish({ gallery: 3 } as RetrievalEvaluation)
    await settle()
    const later = await app(first.services.products)
    await later.anomaly.recall('evaluation')
    await later.anomaly.recall('retrieval')
    expect(later.state()).toMatchObject({
      evaluation: { status: 'ready', value: { rank: 7, ...madeFor } },
      retrieval: { status: 'ready', value: { gallery: 3 } },
    })
    const busy = await app(first.services.products)
    void busy.anomaly.evaluate()
    await busy.anomaly.recall('evaluation')
    expect(busy.state().evaluation.status).toBe('running')
  })

  it('cancelled before there was a value, nothing is left', async () => {
    const { anomaly, state } = await app()
    void anomaly.measureRetrieval('mean')
    anomaly.cancel('retrieval')
    await settle()
    expect(state().retrieval).toEqual({ status: 'idle' })
  })

  it('retrieval searches the universes that are cross-sections', async () => {
    const { anomaly, compute, state } = await app()
    void anomaly.measureRetrieval('replica')
    const job = compute.newest('evaluate-retrieval')
    const kept = corpus.header.table.flags.filter((flag) => !flag).length
    expect(job.request.gallery).toHaveLength(kept * smallBins)
    expect(job.request.options).toMatchObject({ query: 'replica', order: 'linear' })
    await job.finish({ gallery: kept } as RetrievalEvaluation)
    expect(state().retrieval.status).toBe('ready')
  })
})
