import { expect, it } from 'vitest'
import { eventsMap } from '../../../testing/small-events.ts'
import { setMeans } from '../state/shown-sets.ts'
import { compareSets } from './compare-sets.ts'
import type { MapEncoder } from './map-encoder.ts'

const map = eventsMap({ models: 3, sets: 30, perSet: 4 })
const { models, model, places, perSet, latent, dimensions } = map
const means = setMeans(map).scaled

async function compared(ids: readonly string[], encoders: readonly MapEncoder[] = []) {
  const job = compareSets({
    ...{ ids, encoders, models, model, places, perSet, means, neighbours: 5 },
    ...{ shown: latent, dimensions },
  })
  for (;;) {
    const { done, value } = await job.next()
    if (done) return value.maps
  }
}

it('lays the map of the page beside closed forms of the same sets', async () => {
  const [shown, linear, axes, pair] = await compared(['shown', 'linear-2', 'pca-2', 'met-ht'])
  expect(shown.xy).toEqual(latent)
  // The small map is the best linear one itself.
  expect(linear.meanKept).toBe(1)
  linear.xy.forEach((z, i) => expect(z).toBeCloseTo(latent[i], 4))
  expect(axes.xy).toHaveLength(180)
  expect([pair.xy[20], pair.xy[21]]).toEqual([means[160], means[161]])
})

it('lays encoders beside them, whatever their dimensions, and leaves out one that is not there', async () => {
  const own = { ...map.encoder, id: 'mine' }
  const [layer] = own.mlp.layers
  const one = { ...own, id: 'one', mlp: { layers: [{ ...layer, ...firstColumn(layer) }] } }
  const found = await compared(['shown', 'mine', 'one', 'nobody'], [own, one])
  expect(found.map(({ id, latentDim }) => [id, latentDim])).toEqual([
    ['shown', 2],
    ['mine', 2],
    ['one', 1],
  ])
  found[1].xy.forEach((z, i) => expect(z).toBeCloseTo(latent[i], 4))
})

const firstColumn = ({ kernel, bias, outputs }: (typeof map.encoder.mlp.layers)[number]) => ({
  outputs: 1,
  kernel: kernel.filter((_, i) => i % outputs === 0),
  bias: bias.slice(0, 1),
})
