import { expect, it } from 'vitest'
import type { AppError } from '../errors.ts'
import { fakeServer } from '../testing/fake-server.ts'
import { smallDataset } from '../testing/small-dataset.ts'
import { besideUrl } from './http.ts'
import { loadManifest, parseManifest } from './manifest-loader.ts'

const { manifest, files } = await smallDataset()
const url = 'https://example.org/app/data/small/manifest.json'
const load = (body: unknown, status = 200) => {
  const server = fakeServer(
    () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }),
  )
  return loadManifest(url, server)
}

it('reads what the writer wrote', async () => {
  const text = new TextDecoder().decode(files.get('manifest.json'))
  expect(await load(text)).toEqual(manifest)
})

it('refuses a preview whose scale does not fit its rows', async () => {
  const array = { ...manifest.arrays.spectra, dtype: '|u1', shape: [10, 6], bytes: 64 + 60 }
  const preview = (offset: number[], more = {}) => ({
    ...manifest,
    preview: { array: { ...array, ...more }, bits: 14, offset, step: [1, 1, 0] },
  })
  expect((await load(preview([0, 0, 0]))).preview?.step).toEqual([1, 1, 0])
  await expect(load(preview([0, 0]))).rejects.toThrow(/one offset and one step for each code/)
  await expect(load(preview([0, 0, 0], { shape: [10, 7] }))).rejects.toThrow(/one offset and one step/)
  await expect(load(preview([0, 0, 0], { bytes: 99 }))).rejects.toThrow(/preview\.array has shape \(10, 6\)/)
  await expect(load(preview([0, 0, 0], { dtype: '<f4' }))).rejects.toThrow(/preview/)
})

it.each([
  ['a web page', '<!DOCTYPE html><html>', 'got a web page instead of data'],
  ['cut JSON', '{"schemaVersion": 1, "id": "sm', 'its JSON does not parse after 30 bytes'],
  ['an empty answer', '', 'it is an empty file, expected a JSON document'],
  ['plain text', 'not here', 'it is text, expected a JSON document'],
  ['another document', '[1, 2]', 'top level'],
  ['a null', '{"schemaVersion": null}', 'schemaVersion'],
])('says so for %s', async (_, body, words) => {
  const error = (await load(body).catch((thrown: unknown) => thrown)) as AppError
  expect(error.code).toBe('data/corrupt')
  expect(error.message).toContain(words)
  expect(error.message).toContain(url)
})

it('gives each network failure its own sentence', async () => {
  const sentences = new Set<string>()
  for (const status of [404, 403, 429, 503, 418])
    sentences.add(((await load('', status).catch((thrown: unknown) => thrown)) as AppError).message)
  const offline = fakeServer(() => {
    throw new TypeError('Failed to fetch')
  })
  await expect(loadManifest(url, offline)).rejects.toThrow(/could not reach https:/)
  expect(offline.requests.length).toBe(4)
  expect(offline.waits).toEqual([500, 1000, 2000])
  expect(sentences.size).toBe(5)
})

it('a transfer that breaks off is told as such, with how far it came, and is tried again', async () => {
  const server = fakeServer(() => {
    let sent = false
    const body = new ReadableStream({
      pull(controller) {
        if (sent) return controller.error(new TypeError('network error'))
        sent = true
        controller.enqueue(new Uint8Array(30))
      },
    })
    return new Response(body, { headers: { 'content-length': '100' } })
  })
  await expect(loadManifest(url, server)).rejects.toMatchObject({
    code: 'data/corrupt',
    message: expect.stringMatching(/the transfer of https:.* broke off after 30 of 100 bytes/) as string,
  })
  expect(server.requests.length).toBe(4)
})

it('names the fields that fail, three at most', async () => {
  const broken = { ...manifest, sqrtSGeV: -1, scheme: 'x', lambdaTeV: 2, universes: 0, seed: 0.5 }
  await expect(load(broken)).rejects.toThrow(/sqrtSGeV: .*; lambdaTeV: .*; scheme: .*; and 2 more/)
})

it('tells a newer manifest from a broken one', async () => {
  await expect(load({ ...manifest, schemaVersion: 7 })).rejects.toMatchObject({
    code: 'data/unsupported',
    message: expect.stringContaining('schema version 7, this app reads up to 1'),
  })
})

it('compares shapes, sizes, chunks and edges', async () => {
  const { spectra } = manifest.arrays
  const withSpectra = (change: object) => ({ ...manifest, arrays: { spectra: { ...spectra, ...change } } })
  await expect(load(withSpectra({ shape: [11, 3] }))).rejects.toThrow(/132 bytes, but its file has 248/)
  await expect(load(withSpectra({ chunks: { rows: 5, sha256: spectra.chunks?.sha256 } }))).rejects.toThrow(
    /10 rows in chunks of 5, that is 2 chunks, but 3 hashes/,
  )
  await expect(load(withSpectra({ file: '../../etc/passwd.npy' }))).rejects.toThrow(/arrays.spectra.file/)
  const observables = [{ ...manifest.observables[0], edges: [50, 60, 55] }]
  await expect(load({ ...manifest, observables })).rejects.toThrow(/do not ascend: 60, then 55/)
})

it('lets no manifest touch the prototypes', () => {
  const text = JSON.stringify(manifest).replace('{', '{"__proto__":{"polluted":1},')
  parseManifest(new TextEncoder().encode(text), url)
  expect('polluted' in {}).toBe(false)
})

it('finds files beside absolute and relative manifests', () => {
  expect(besideUrl(url, 'a.npy')).toBe('https://example.org/app/data/small/a.npy')
  expect(besideUrl('./data/manifest.json?x=a/b#c/d', 'a.npy')).toBe('./data/a.npy')
  expect(besideUrl('manifest.json', 'a.npy')).toBe('a.npy')
})
