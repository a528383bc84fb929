import { expect, it } from 'vitest'
import { eventsMap } from '../../../testing/small-events.ts'
import { setMeans } from '../state/shown-sets.ts'
import { compareSets } from './compare-sets.ts'

const map = eventsMap({ models: 3, sets: 30, perSet: 4 })
const { models, model, places, perSet, latent, dimensions } = map
const means = setMeans(map).scaled

function compared(ids: readonly string[]) {
  const job = compareSets({
    ...{ ids, models, model, places, perSet, means, neighbours: 5 },
    ...{ shown: latent, dimensions },
  })
  for (;;) {
    const { done, value } = job.next()
    if (done) return value.maps
  }
}

it('lays the map of the page beside closed forms of the same sets', () => {
  const [shown, linear, axes, pair] = compared(['shown', 'linear-2', 'pca-2', 'met-ht'])
  expect(shown.xy).toEqual(latent)
  // The small map is the best linear one itself.
  expect(linear.meanKept).toBe(1)
  linear.xy.forEach((z, i) => expect(z).toBeCloseTo(latent[i], 4))
  expect(axes.xy).toHaveLength(180)
  expect([pair.xy[20], pair.xy[21]]).toEqual([means[160], means[161]])
})

it('leaves out a training that is not there', () => {
  expect(compared(['shown', 'trained']).map(({ id }) => id)).toEqual(['shown'])
})
