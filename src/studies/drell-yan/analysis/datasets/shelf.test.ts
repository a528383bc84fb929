import { expect, it } from 'vitest'
import { fakeServer, wholeOf } from '../../../../testing/fake-server.ts'
import { smallCorpus } from '../../../../testing/small-universes.ts'
import { smallModelFiles } from '../../../../testing/small-encoder.ts'
import { readShelf } from './shelf.ts'

const { files, header } = await smallCorpus()
const { card } = await smallModelFiles(4)

const content: Record<string, string | Uint8Array | undefined> = {
  'good/manifest.json': files.get('manifest.json'),
  'models/good/card.json': card,
  'models/odd/card.json': card.replace('"schemaVersion": 1', '"schemaVersion": 9'),
  'models/page/card.json': '<!doctype html><title>Log in</title>',
}

const server = () =>
  fakeServer(({ url }) => {
    const found = content[url.replace('https://x/', '')]
    if (found === undefined) return new Response(null, { status: 404 })
    return wholeOf(typeof found === 'string' ? new TextEncoder().encode(found) : found)
  })

const model = (id: string) => ({
  id,
  cardUrl: `https://x/models/${id}/card.json`,
  modelUrl: `https://x/models/${id}/model.json`,
  weightsUrl: `https://x/models/${id}/weights.bin`,
})

it('reads what is there and tells what is not, one request each, no weights', async () => {
  const { fetch, requests, delay } = server()
  const shelf = await readShelf(
    {
      datasets: [
        { id: 'good', manifestUrl: 'https://x/good/manifest.json' },
        { id: 'gone', manifestUrl: 'https://x/gone/manifest.json' },
      ],
      models: ['good', 'odd', 'page'].map(model),
    },
    { fetch, delay },
  )
  expect(shelf.datasets[0]).toMatchObject({ id: 'good', hash: header.manifestHash })
  expect(shelf.datasets[1]).toMatchObject({ id: 'gone', error: { code: 'data/not-found' } })
  expect(shelf.models[0]).toMatchObject({ id: 'good', card: { id: 'small-encoder' } })
  expect(shelf.models[1]).toMatchObject({ id: 'odd', error: { code: 'model/corrupt' } })
  expect(shelf.models[2]).toHaveProperty('error.message')
  expect(requests).toHaveLength(5)
})
