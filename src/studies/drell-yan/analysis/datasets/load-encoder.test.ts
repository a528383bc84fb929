import { describe, expect, it } from 'vitest'
import type { AppError } from '../../../../errors.ts'
import { fakeServer, partOf } from '../../../../testing/fake-server.ts'
import { smallBins, smallCorpus } from '../../../../testing/small-universes.ts'
import { smallModelFiles } from '../../../../testing/small-encoder.ts'
import { mlpOutputs } from '../../../../ml/mlp.ts'
import { loadEncoder } from './load-encoder.ts'

const { manifest } = await smallCorpus()
const location = {
  id: 'small',
  cardUrl: 'https://x/card.json',
  modelUrl: 'https://x/model.json',
  weightsUrl: 'https://x/weights.bin',
}

async function load(
  change: Partial<Record<'card' | 'model' | 'weights', Uint8Array | string>>,
  features = smallBins,
) {
  const files = { ...(await smallModelFiles(features)), ...change }
  const server = fakeServer((request) => {
    const content = { 'card.json': files.card, 'model.json': files.model, 'weights.bin': files.weights }[
      request.url.replace('https://x/', '')
    ]
    if (content === undefined) return new Response(null, { status: 404 })
    return partOf(typeof content === 'string' ? new TextEncoder().encode(content) : content, request)
  })
  return { loaded: await loadEncoder(location, manifest, server), server }
}

const refusal = async (...of: Parameters<typeof load>) =>
  (await load(...of).then(
    () => expect.unreachable('was not refused'),
    (error: unknown) => error,
  )) as AppError

describe('a shipped encoder', () => {
  it('is read in three requests and folded into a network for the bins of the dataset', async () => {
    const { loaded, server } = await load({})
    expect(server.requests).toHaveLength(3)
    expect(loaded.id).toBe('small-encoder')
    expect(loaded.hash).toBe(loaded.card?.weightsSha256)
    expect(loaded.mlp.layers[0].inputs).toBe(smallBins)
    expect(mlpOutputs(loaded.mlp)).toBe(2)
  })

  it('is refused for another number of bins, with both numbers', async () => {
    const error = await refusal({}, 7)
    expect(error.code).toBe('model/mismatch')
    expect(error.message).toMatch(/expects 7 bins, dataset small-dy has 11/)
  })

  it.each([
    ['a card that is no JSON', { card: '{' }, /card\.json/],
    ['a card of something else', { card: '{"schemaVersion": 1}' }, /card\.json/],
    ['a web page as card', { card: '<!DOCTYPE html>' }, /card\.json|web page/],
    ['cut weights', { weights: new Uint8Array(40) }, /weights\.bin has 40 bytes/],
    ['an empty model', { model: '{}' }, /model\.json/],
  ])('is refused: %s', async (_, change, words) => {
    const error = await refusal(change)
    expect(error.message).toMatch(words)
    expect(['model/corrupt', 'data/corrupt']).toContain(error.code)
  })

  it('is refused when one bit of its weights is another', async () => {
    const { weights } = await smallModelFiles(smallBins)
    weights[17] ^= 4
    expect((await refusal({ weights })).message).toMatch(/sha256/)
  })
})
