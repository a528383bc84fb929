import { describe, expect, it } from 'vitest'
import { toyClass } from '../../../../testing/small-multi-top.ts'
import { eventToken } from '../tokens/token-layout.ts'
import { eventsOnMap } from './map-events.ts'
import { tsneMap, type TsneNews } from './tsne-map.ts'

const classes = [0, 2, 4].map((tops) => ({ id: `${tops}t`, sample: toyClass(tops, 300, 5) }))
const parts = classes.map(({ id }) => [`p p > ${id}`])
const map = eventsOnMap(classes, parts, { perClass: 30, seed: 1 })

describe('events on the map', () => {
  it('are as many of each class as asked for, of the test part, as raw and standardised numbers', () => {
    expect([map.events, map.tokens, map.componentCount]).toEqual([90, 100, 20])
    expect([0, 1, 2].map((c) => map.labels.filter((label) => label === c).length)).toEqual([30, 30, 30])
    const njet = eventToken('njet')
    const mean = (c: number): number => {
      let sum = 0
      for (let i = 0; i < 90; i++) if (map.labels[i] === c) sum += map.raw[i * 100 + njet] / 30
      return sum
    }
    expect(mean(2)).toBeGreaterThan(mean(0) + 2)
    expect(map.values.some((x, at) => map.filled[at] === 0 && x !== 0)).toBe(false)
  })

  it('have components by falling variance, and no more events than the test part has', () => {
    const { shares } = map
    expect([...shares]).toEqual([...shares].sort((a, b) => b - a))
    expect(shares.reduce((sum, x) => sum + x, 0)).toBeLessThanOrEqual(1)
    expect(eventsOnMap(classes, parts, { perClass: 1000, seed: 1 }).events).toBe(3 * 45)
    const other = eventsOnMap(classes, parts, { perClass: 30, seed: 2 })
    expect(other.values.join()).not.toBe(map.values.join())
  })
})

it('t-SNE of events is told as it forms, and says how pure its neighbours are', async () => {
  const { values, events, tokens: dimensions, labels } = map
  const loop = tsneMap({ values, events, dimensions, labels, metric: 'manhattan', perplexity: 10, seed: 1 })
  const news: TsneNews[] = []
  let step = await loop.next()
  while (!step.done) {
    if (step.value) news.push(step.value)
    step = await loop.next()
  }
  const { map: places, kl, purity } = step.value
  expect(news.map(({ fraction }) => fraction)).toEqual(news.map((_, k) => (20 * k) / 1000))
  expect(kl).toBeLessThan(news[0].kl)
  expect(places).toHaveLength(180)
  expect(purity.neighbours).toBe(15)
  expect(purity.space.value).toBeGreaterThan(0.4)
  expect(purity.map.error).toBeGreaterThan(0)
})
