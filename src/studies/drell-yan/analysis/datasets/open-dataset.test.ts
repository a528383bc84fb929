import { describe, expect, it } from 'vitest'
import { AppError } from '../../../../errors.ts'
import { runMlp } from '../../../../ml/mlp.ts'
import { expectSameMap } from '../../../../testing/expect-same-map.ts'
import { fakeServer, partOf, wholeOf, type Answer } from '../../../../testing/fake-server.ts'
import { smallBins as bins, smallCorpus, type SmallCorpus } from '../../../../testing/small-universes.ts'
import { whitenSpectra } from '../whitening.ts'
import type { DatasetEvent } from '../dataset-types.ts'
import { openDataset } from './open-dataset.ts'

const corpus = await smallCorpus()
const manifestUrl = 'https://example.org/data/small-dy/manifest.json'

function serving(files: Map<string, Uint8Array>, change: Answer = () => new Response(null, { status: 404 })) {
  return fakeServer((request, count) => {
    const bytes = files.get(request.url.replace(/^.*\//, ''))
    return bytes ? partOf(bytes, request) : change(request, count)
  })
}

async function collect(server: ReturnType<typeof fakeServer>, signal?: AbortSignal) {
  const events: DatasetEvent[] = []
  const steps = openDataset({ manifestUrl, model: null }, { ...server, signal })
  for (;;) {
    const next = await steps.next()
    if (next.done) return { events, result: next.value }
    events.push(next.value)
  }
}

async function refusal(of: SmallCorpus | Map<string, Uint8Array>): Promise<AppError> {
  const files = of instanceof Map ? of : of.files
  const thrown = await collect(serving(files)).catch((error: unknown) => error)
  if (thrown instanceof AppError) return thrown
  throw new Error('was not refused')
}

const without = <T>(all: Record<string, T>, name: string): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => key !== name))

describe('opening a dataset', () => {
  it('hands out the header before any row, then the rows in order, encoded', async () => {
    const server = serving(corpus.files)
    const { events, result } = await collect(server)
    expect(events.map(({ kind }) => kind)).toEqual(['stage', 'header', 'rows', 'rows', 'rows', 'rows'])
    const rows = 36
    expect(result).toEqual({ rows, fetches: server.requests.length })

    const header = events.find((event) => event.kind === 'header')
    expect(header?.header.manifest).toEqual(corpus.manifest)
    expect(header?.header.table).toEqual(corpus.header.table)
    expect(header?.header.universeModel.templates).toEqual(corpus.header.universeModel.templates)
    expect(header?.header.manifestHash).toBe(corpus.header.manifestHash)
    expect(header?.encoder).toEqual(corpus.encoder)
    expect(header?.embedding).toEqual(corpus.embedding)

    const spectra: number[] = []
    const latent: number[] = []
    for (const event of events)
      if (event.kind === 'rows') {
        expect(event.chunk.firstRow).toBe(spectra.length / bins)
        spectra.push(...event.chunk.spectra)
        latent.push(...event.chunk.latent)
      }
    expect(Float32Array.from(spectra)).toEqual(corpus.spectra)
    const whitened = whitenSpectra(corpus.header.universeModel.whitening, corpus.spectra, rows)
    expectSameMap(latent, runMlp(corpus.encoder.mlp, whitened, rows))
  })

  it('fetches each small array once and the spectra by their chunks', async () => {
    const server = serving(corpus.files)
    await collect(server)
    const count = (name: string) => server.requests.filter(({ url }) => url.endsWith(name)).length
    for (const name of [
      'manifest.json',
      'sm.npy',
      'linear.npy',
      'quadratic.npy',
      'covariance.npy',
      'coefficients.npy',
      'flags.npy',
    ])
      expect(count(name), name).toBe(1)
    expect(count('spectra.npy')).toBe(4)
    expect(server.requests).toHaveLength(11)
    for (const { url, range } of server.requests)
      expect(range !== undefined).toBe(url.endsWith('spectra.npy'))
  })

  it('hands out the rows of a preview where there is one, close to the exact places, and no exact row', async () => {
    const withPreview = await smallCorpus({ preview: true })
    const server = serving(withPreview.files)
    const { events, result } = await collect(server)
    expect(result.rows).toBe(36)
    const came = events.filter((event) => event.kind === 'rows')
    expect(came.map(({ tier, chunk }) => [tier, chunk.firstRow, chunk.spectra.length])).toEqual(
      [0, 10, 20, 30].map((firstRow) => ['preview', firstRow, 0]),
    )
    expect(server.requests.some(({ url }) => url.endsWith('spectra.npy'))).toBe(false)
    const latent = came.flatMap(({ chunk }) => [...chunk.latent])
    const whitened = whitenSpectra(corpus.header.universeModel.whitening, corpus.spectra, 36)
    const exact = runMlp(corpus.encoder.mlp, whitened, 36)
    const largest = exact.reduce((most, z) => Math.max(most, Math.abs(z)), 0)
    expect(Math.max(...exact.map((z, i) => Math.abs(z - latent[i])))).toBeLessThan(1e-4 * largest)
    expect(latent).not.toEqual([...exact])
    // The same dataset as without: links name it by its exact numbers.
    const header = events.find((event) => event.kind === 'header')
    expect(header?.header.manifestHash).toBe(corpus.header.manifestHash)
  })

  it('refuses a preview of another shape, and one that is not that of the manifest', async () => {
    const withPreview = await smallCorpus({ preview: true })
    const { preview } = withPreview.manifest
    if (!preview) throw new Error('the corpus has no preview')
    const width = preview.array.shape[1]
    const fewer = { ...preview.array, shape: [18, width], bytes: preview.array.bytes - 18 * width }
    const chunks = { rows: 10, sha256: preview.array.chunks.sha256.slice(0, 2) }
    const manifest = { ...withPreview.manifest, preview: { ...preview, array: { ...fewer, chunks } } }
    const text = new TextEncoder().encode(JSON.stringify(manifest))
    const error = await refusal(new Map([...withPreview.files, ['manifest.json', text]]))
    expect(error.message).toContain(`The preview of dataset small-dy is 18 x ${bins}, must be 36 x ${bins}`)
    const damaged = (withPreview.files.get('preview.npy') ?? new Uint8Array()).slice()
    damaged[damaged.length - 1] ^= 1
    const other = await refusal(new Map([...withPreview.files, ['preview.npy', damaged]]))
    expect(other.message).toMatch(
      /preview\.npy does not belong to its manifest: the SHA-256 of rows 30 to 35/,
    )
  })

  it('asks for no row before the header is out', async () => {
    const server = serving(corpus.files)
    const steps = openDataset({ manifestUrl, model: null }, server)
    for (;;) {
      const { value } = await steps.next()
      if (value && 'kind' in value && value.kind === 'header') break
    }
    expect(server.requests.some(({ url }) => url.endsWith('spectra.npy'))).toBe(false)
    await steps.return({ rows: 0, fetches: 0 })
  })

  it('works with a server that ignores Range', async () => {
    const server = fakeServer(({ url }) =>
      wholeOf(corpus.files.get(url.replace(/^.*\//, '')) ?? new Uint8Array()),
    )
    const { result } = await collect(server)
    expect(result.rows).toBe(36)
  })

  it('stops with job/cancelled when cancelled between two chunks', async () => {
    const controller = new AbortController()
    const server = serving(corpus.files)
    const steps = openDataset({ manifestUrl, model: null }, { ...server, signal: controller.signal })
    let rows = 0
    const thrown = await (async () => {
      for await (const event of steps)
        if (event.kind === 'rows') {
          rows += event.chunk.rows
          controller.abort()
        }
    })().catch((error: unknown) => error)
    expect((thrown as AppError).code).toBe('job/cancelled')
    expect(rows).toBeLessThan(36)
  })
})

describe('a dataset that does not fit is refused with what, both numbers and the cure', () => {
  it('operators in another order', async () => {
    const operators = [...corpus.manifest.operators].reverse()
    const error = await refusal(await smallCorpus({ metadata: { operators } }))
    expect(error.code).toBe('data/mismatch')
    expect(error.message).toMatch(
      /small-dy lists 17 operators \(cqe, .*needs 17 in the order cHWB.*tell whoever hosts it/,
    )
  })

  it('an operator that the app does not know', async () => {
    const operators = [...corpus.manifest.operators.slice(0, 16), 'cG']
    expect((await refusal(await smallCorpus({ metadata: { operators } }))).message).toContain('cG')
  })

  it('a missing array', async () => {
    const error = await refusal(await smallCorpus({ arrays: (all) => without(all, 'covariance') }))
    expect(error.code).toBe('data/corrupt')
    expect(error.message).toMatch(
      /no array "covariance"; it has sm, linear, quadratic, coefficients, flags, spectra\. .*tell whoever hosts it/,
    )
  })

  it('an array of another shape', async () => {
    const error = await refusal(
      await smallCorpus({
        arrays: (all) => ({
          ...all,
          linear: { ...all.linear, data: all.linear.data.slice(bins), shape: [16, bins] },
        }),
      }),
    )
    expect(error.code).toBe('data/corrupt')
    expect(error.message).toMatch(/"linear" of dataset small-dy is 16 x 11, must be 17 x 11/)
  })

  it('spectra of another number of bins', async () => {
    const error = await refusal(
      await smallCorpus({
        arrays: (all) => ({ ...all, spectra: { ...all.spectra, shape: [bins, 36], chunkRows: undefined } }),
      }),
    )
    expect(error.code).toBe('data/corrupt')
    expect(error.message).toMatch(/"spectra" of dataset small-dy is 11 x 36, must be 36 x 11/)
  })

  it('no spectra at all', async () => {
    const error = await refusal(await smallCorpus({ arrays: (all) => without(all, 'spectra') }))
    expect(error.message).toMatch(/no array "spectra"/)
  })

  it('a prior of another length', async () => {
    const prior = { ...corpus.manifest.prior, halfWidth: [1, 2, 3] }
    const error = await refusal(await smallCorpus({ metadata: { prior } }))
    expect(error.message).toMatch(/prior.* 3 .*17/)
  })

  it('a covariance that is none', async () => {
    const error = await refusal(
      await smallCorpus({
        arrays: (all) => ({ ...all, covariance: { ...all.covariance, data: new Float64Array(bins * bins) } }),
      }),
    )
    expect(error.code).toBe('numerics/not-positive-definite')
  })

  it('a flipped bit in a template, after one more try past the cache', async () => {
    const files = new Map(corpus.files)
    const bytes = Uint8Array.from(files.get('linear.npy') ?? [])
    bytes[bytes.length - 3] ^= 1
    files.set('linear.npy', bytes)
    const server = serving(files)
    const thrown = await collect(server).catch((error: unknown) => error)
    expect((thrown as AppError).code).toBe('data/corrupt')
    expect(server.requests.filter(({ url }) => url.endsWith('linear.npy')).map(({ cache }) => cache)).toEqual(
      ['default', 'reload'],
    )
  })

  it('a dataset that is not there', async () => {
    const error = await refusal(new Map())
    expect(error.code).toBe('data/not-found')
    expect(error.message).toContain(manifestUrl)
  })
})
