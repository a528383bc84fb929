import { afterEach, describe, expect, it, vi } from 'vitest'
import { writeNpy } from '../../../../dataset/npy.ts'
import type { JobClient } from '../../../../jobs/job-client.ts'
import { runMlp } from '../../../../ml/mlp.ts'
import { expectSameMap } from '../../../../testing/expect-same-map.ts'
import { fakeServer, partOf } from '../../../../testing/fake-server.ts'
import { createInProcessJobs } from '../../../../testing/in-process.ts'
import { smallBins as bins, smallCorpus, smallSetup } from '../../../../testing/small-universes.ts'
import { smallModelFiles } from '../../../../testing/small-encoder.ts'
import { handlers } from '../../compute-handlers.ts'
import { whitenSpectra } from '../whitening.ts'
import type { DatasetEvent, RowChunk } from '../dataset-types.ts'
import type { DrellYanComputeJobs } from '../../jobs.ts'

const corpus = await smallCorpus()
const model = await smallModelFiles(bins)
const manifestUrl = 'https://x/manifest.json'

let jobs: JobClient<DrellYanComputeJobs>

/** The worker's side over a message channel, the server in memory. */
function client(): JobClient<DrellYanComputeJobs> {
  const server = fakeServer((request) => {
    const name = request.url.replace('https://x/', '')
    const text = { 'card.json': model.card, 'model.json': model.model }[name]
    const bytes =
      corpus.files.get(name) ??
      (name === 'weights.bin'
        ? model.weights
        : text === undefined
          ? undefined
          : new TextEncoder().encode(text))
    return bytes ? partOf(bytes, request) : new Response(null, { status: 404 })
  })
  vi.stubGlobal('fetch', server.fetch)
  jobs = createInProcessJobs<DrellYanComputeJobs>(handlers)
  return jobs
}

afterEach(() => {
  jobs.close()
  vi.unstubAllGlobals()
})

const location = {
  id: 'small-encoder',
  cardUrl: 'https://x/card.json',
  modelUrl: 'https://x/model.json',
  weightsUrl: 'https://x/weights.bin',
}

describe('jobs of the compute worker, over a message channel', () => {
  it('open a dataset: header, then rows, then the counts', async () => {
    const events: DatasetEvent[] = []
    const run = client().run(
      'open-dataset',
      { manifestUrl, model: null },
      { onProgress: (e) => events.push(e) },
    )
    expect(await run.promise).toEqual({ rows: 36, fetches: 11 })
    expect(events.map(({ kind }) => kind)).toEqual(['stage', 'header', 'rows', 'rows', 'rows', 'rows'])
    const header = events.find((event) => event.kind === 'header')
    expect(header?.header.universeModel).toEqual(corpus.header.universeModel)
  })

  it('open a dataset with a shipped encoder', async () => {
    let id = ''
    const onProgress = (event: DatasetEvent) => {
      if (event.kind === 'header') id = event.encoder.id
    }
    await client().run('open-dataset', { manifestUrl, model: location }, { onProgress }).promise
    expect(id).toBe('small-encoder')
  })

  it('tell the error of a missing dataset with its code', async () => {
    const run = client().run('open-dataset', { manifestUrl: 'https://x/nowhere.json', model: null })
    await expect(run.promise).rejects.toMatchObject({ code: 'data/not-found' })
  })

  it('can be cancelled at the header, after which nothing more is heard', async () => {
    const kinds: string[] = []
    const run = client().run(
      'open-dataset',
      { manifestUrl, model: null },
      {
        onProgress: ({ kind }) => {
          kinds.push(kind)
          if (kind === 'header') run.cancel()
        },
      },
    )
    await expect(run.promise).rejects.toMatchObject({ code: 'job/cancelled' })
    expect(kinds).toEqual(['stage', 'header'])
  })

  it('cancel a build, and do the next job', async () => {
    const own = client()
    const build = own.run('build-dataset', { setup: { ...smallSetup, universes: 5000 }, pdf: null })
    const next = own.run('encode-file', {
      name: 'one.npy',
      bytes: writeNpy(corpus.spectra.slice(0, bins), [bins]),
      model: corpus.header.universeModel,
      encoder: corpus.encoder.mlp,
    })
    build.cancel()
    await expect(build.promise).rejects.toMatchObject({ code: 'job/cancelled' })
    expect((await next.promise).rows).toBe(1)
  })

  it('embed rows again for another encoder', async () => {
    const own = client()
    const { mlp } = await own.run('load-encoder', { model: location, manifest: corpus.manifest }).promise
    const latent: number[] = []
    let universes = 0
    const result = await own.run(
      'embed-rows',
      { header: corpus.header, encoder: mlp, spectra: corpus.spectra, rows: 36 },
      {
        onProgress: (event) => {
          if (event.kind === 'rows') latent.push(...event.chunk.latent)
          else universes = event.embedding.universes.length
        },
      },
    ).promise
    expect(result).toEqual({ rows: 36 })
    expect(universes).toBe(24)
    expectSameMap(
      latent,
      runMlp(mlp, whitenSpectra(corpus.header.universeModel.whitening, corpus.spectra, 36), 36),
    )
  })

  it('draw replicas', async () => {
    const chunks: RowChunk[] = []
    const { universeModel, whitenedMeans } = corpus.header
    const request = {
      ...{ model: universeModel, whitenedMeans, encoder: corpus.encoder.mlp },
      ...{ perUniverse: 100, firstReplica: 3, seed: 1 },
    }
    const { rows } = await client().run('draw-replicas', request, {
      onProgress: (chunk) => chunks.push(chunk),
    }).promise
    expect(rows).toBe(1200)
    expect(chunks.reduce((sum, chunk) => sum + chunk.rows, 0)).toBe(1200)
  })

  it('measure limits with progress', async () => {
    const fractions: number[] = []
    const limits = await client().run(
      'encoder-limits',
      {
        model: corpus.header.universeModel,
        encoder: corpus.encoder.mlp,
        options: { universes: 20, replicas: 6, seed: 1, order: 'linear' },
      },
      { onProgress: (fraction) => fractions.push(fraction) },
    ).promise
    expect(limits.scores.map(({ name }) => name)).toEqual(['learned', 'PCA-2', 'PCA-5'])
    expect(fractions.length).toBeGreaterThan(3)
  })

  it('refuse a PDF that is none, by name', async () => {
    const run = client().run('inspect-pdf', { files: [{ name: 'a.dat', text: 'no' }] })
    await expect(run.promise).rejects.toMatchObject({ code: 'data/corrupt' })
  })

  it('read the catalogue: what fails is told beside what works', async () => {
    const shelf = await client().run('read-shelf', {
      datasets: [
        { id: 'small-dy', manifestUrl },
        { id: 'gone', manifestUrl: 'https://x/gone.json' },
      ],
      models: [location, { ...location, id: 'broken', cardUrl: 'https://x/sm.npy' }],
    }).promise
    expect(shelf.datasets[0]).toMatchObject({
      manifest: { id: 'small-dy' },
      hash: corpus.header.manifestHash,
    })
    expect(shelf.datasets[1]).toMatchObject({ id: 'gone', error: { code: 'data/not-found' } })
    expect(shelf.models[0]).toMatchObject({ card: { id: 'small-encoder' } })
    expect(shelf.models[1]).toMatchObject({ id: 'broken', error: { code: 'model/corrupt' } })
  })

  it('import dropped model files under any name, and name the one that is missing', async () => {
    const own = client()
    const text = (value: string) => new TextEncoder().encode(value)
    const files = [
      { name: 'weights (1).bin', bytes: model.weights },
      { name: 'b.json', bytes: text(model.model) },
      { name: 'a.json', bytes: text(model.card) },
    ]
    const read = await own.run('import-encoder', { files, manifest: corpus.manifest }).promise
    expect(read.encoder.id).toBe('small-encoder')
    expect(read.files).toEqual(model)
    const partial = own.run('import-encoder', { files: files.slice(0, 2), manifest: corpus.manifest })
    await expect(partial.promise).rejects.toMatchObject({
      code: 'input/invalid',
      message: expect.stringMatching(/missing card\.json/) as string,
    })
  })
})
