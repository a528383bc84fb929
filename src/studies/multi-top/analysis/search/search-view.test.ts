import { expect, it } from 'vitest'
import { eventLine } from '../../../../dataset/dark-machines/event-line.ts'
import { writeTransformerFiles } from '../../../../ml/transformer/transformer-files.ts'
import {
  initialiseTransformer,
  TransformerLayout,
} from '../../../../ml/transformer/transformer-parameters.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { servedSamples } from '../../../../testing/served-samples.ts'
import { toyClass } from '../../../../testing/small-multi-top.ts'
import { smallTransformer } from '../../../../testing/small-transformer.ts'
import { eventsOnMap } from '../map/map-events.ts'
import { searchScores } from './anomaly-scores.ts'
import { searchView, type SearchRequest } from './search-view.ts'

it('scores test events of the Standard Model, the signal and the map; another signal reads no class again', async () => {
  const { card } = await smallTransformer()
  const spec = { ...card.training.spec, classes: 3 }
  const { card: text, weights } = await writeTransformerFiles(
    { ...card, classes: ['1t', '2t', '4t'], training: { ...card.training, spec } },
    initialiseTransformer(new TransformerLayout(spec), createRng(4)),
  )
  const server = await servedSamples({
    ...Object.fromEntries([1, 2, 4].map((tops) => [`${tops}t`, { sample: toyClass(tops, 300, 5) }])),
    near: { sample: toyClass(3, 200, 7) },
    far: { sample: toyClass(4, 200, 9) },
  })
  const http = { fetch: server.fetch, delay: server.delay }
  const [one, two, four, near, far] = server.addresses
  const toys = [1, 4].map((tops) => ({ id: `${tops}t`, sample: toyClass(tops, 150, 5) }))
  const map = eventsOnMap(toys, [['a'], ['b']], { perClass: 10, seed: 1 })
  const ask = async (signal: typeof near, own: SearchRequest['own'] = null) => {
    const loop = searchView(
      {
        ...{ transformer: { card: text, weights }, samples: [one, two, four], signal, map },
        ...{ splitSeed: 1, seed: 1, own },
      },
      http,
    )
    let next = await loop.next()
    while (!next.done) next = await loop.next()
    return next.value
  }
  const view = await ask(near)
  expect([view.test, view.signal.of]).toEqual([135, 200])
  const { standardModel, signal } = view
  expect(view.reports.map(({ background }) => background)).toEqual([
    'classes alike',
    'by cross-section',
    '1t',
    '2t',
    '4t',
  ])
  for (const score of searchScores) {
    expect(standardModel.scores[score].length).toBe(standardModel.weights.length)
    expect(signal.scores[score].length).toBe(signal.weights.length)
    expect(view.map[score].length).toBe(20)
    // A cut at 10 % lets at most that share through.
    const cut = view.reports[0].scores![score].efficiencies[0]
    let above = 0
    let total = 0
    standardModel.weights.forEach((w, i) => {
      total += w
      if (standardModel.scores[score][i] > cut.cut) above += w
    })
    expect(above / total).toBeLessThanOrEqual(0.1)
  }
  expect(view.ownEvents).toBeNull()
  const before = server.requests.length
  const beside = await ask(far, ownFile(30, 25))
  expect(beside.standardModel).toEqual(standardModel)
  expect(server.requests.slice(before).every(({ url }) => url.includes('/far.'))).toBe(true)
  const { name, selected, scores, reports } = beside.ownEvents!
  expect([name, selected.length]).toEqual(['mine.csv', 25])
  for (const score of searchScores) {
    expect(scores[score].length).toBe(30)
    const { cut, efficiency } = reports![0].scores![score].efficiencies[0]
    const above = Array.from(selected).filter((row) => scores[score][row] > cut)
    expect(efficiency.value).toBeCloseTo(above.length / 25, 12)
  }
  const other = await smallTransformer()
  const files = await writeTransformerFiles(other.card, other.parameters)
  const samples = [one, two, four]
  const request = { transformer: files, samples, signal: far, map, splitSeed: 1, seed: 1, own: null }
  await expect(searchView(request, http).next()).rejects.toThrow(
    /tells 2 classes apart, the Standard Model has 3/,
  )
})

/** A file of events with a b-jet and a jet each, some of them with a lepton besides. */
function ownFile(events: number, withLepton: number): NonNullable<SearchRequest['own']> {
  const lines = Array.from({ length: events }, (_, i) => {
    const objects = [[1, 90 + i], [0, 60], ...(i < withLepton ? [[3, 40]] : [])]
    const pt = objects.map(([, own]) => own)
    const flat = objects.map((_own, k) => k - 1)
    const event = { types: objects.map(([type]) => type), energy: pt, pt, eta: flat, phi: flat }
    return eventLine(i, 'mine', 1, { ...event, count: objects.length, met: 50, metPhi: 0 })
  })
  return { id: 'events-1', name: 'mine.csv', bytes: new TextEncoder().encode(lines.join('')) }
}
