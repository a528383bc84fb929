import { expect, it } from 'vitest'
import { eventsMap } from '../../../../testing/small-events.ts'
import { createInProcessJobs } from '../../../../testing/in-process.ts'
import type { EventsJobs } from '../../jobs.ts'
import { fewestSets } from '../models.ts'
import { liveEvents, type LiveNews, type LiveRequest } from './live-events.ts'

const { encoder } = eventsMap({ models: 3, sets: 20, perSet: 5 })

async function run(request: Partial<LiveRequest> = {}) {
  const news: LiveNews[] = []
  const steps = liveEvents({
    ...{ model: { kind: 'gluino', mGluino: 1000, mChi: 950 }, encoder, seed: 1, events: 300 },
    ...request,
  })
  for (;;) {
    const { done, value } = await steps.next()
    if (value) news.push(value)
    if (done) return news
  }
}

it('makes events of a shipped model: the same cross-section and acceptance, MET above the cut, equal for equal seeds', async () => {
  const news = await run()
  const last = news.at(-1)!
  // public/samples/gluino-m1000-dm50.json: σ = 0.22011 pb before the selection, which 20,061 of 71,750 events pass.
  expect(Math.abs(last.sigmaPb - 0.22011)).toBeLessThan(4 * last.sigmaErrorPb)
  expect(last.selected).toBe(300)
  const share = last.selected / last.generated
  expect(Math.abs(share - 20_061 / 71_750)).toBeLessThan(
    4 * Math.sqrt((share * (1 - share)) / last.generated),
  )
  for (let i = 0; i < 300; i++) expect(last.features[16 * i]).toBeGreaterThanOrEqual(200)
  // Never a dot before there are ten sets, and growing from then on.
  for (const { places, selected } of news)
    expect(places.length / 5).toBe(selected >= 5 * fewestSets ? Math.floor(selected / 5) : 0)
  expect(news.length).toBeGreaterThan(3)
  expect((await run()).at(-1)).toEqual(last)
  expect((await run({ seed: 2 })).at(-1)?.features).not.toEqual(last.features)
})

it('refuses dark matter that the mediator cannot decay to', async () => {
  await expect(run({ model: { kind: 'vector', mMediator: 400, mChi: 240 } })).rejects.toThrow(
    /mchi = 240 GeV is not below half/,
  )
})

const light: LiveRequest['model'][] = [
  { kind: 'gluino', mGluino: 1250, mChi: 650 },
  { kind: 'vector', mMediator: 800, mChi: 50 },
  { kind: 'axial', mMediator: 500, mChi: 240 },
]

it('is on the map with ten sets, and works in many small pieces until then', async () => {
  for (const model of light) {
    const steps = liveEvents({ model, encoder, seed: 3, events: 60 })
    let pieces = 0
    let first: LiveNews | undefined
    for (let step = await steps.next(); !step.done && !first; step = await steps.next()) {
      pieces++
      if (step.value?.places.length) first = step.value
    }
    expect(first!.places.length / 5).toBeGreaterThanOrEqual(fewestSets)
    expect(first!.selected).toBeLessThan(60)
    // How long a piece takes is measured by `npm run bench -- live-models`.
    expect(pieces).toBeGreaterThan(15)
  }
})

it('is given up for the next model within a few of its pieces', async () => {
  let pieces = 0
  const compute = createInProcessJobs<Pick<EventsJobs, 'live-model'>>({
    async *'live-model'(request) {
      const steps = liveEvents(request)
      for (;;) {
        const next = await steps.next()
        if (next.done) return next.value
        if (request.seed === 1) pieces++
        yield next.value
      }
    },
  })
  const of = (seed: number, events: number) => ({ model: light[0], encoder, seed, events })
  const superseded = compute.run('live-model', of(1, 2000))
  await expect.poll(() => pieces, { interval: 1, timeout: 5000 }).toBeGreaterThan(12)
  const before = pieces
  superseded.cancel()
  await expect(superseded.promise).rejects.toMatchObject({ code: 'job/cancelled' })
  const news = await compute.run('live-model', of(2, 60)).promise
  expect(news.selected).toBe(60)
  // Of some 700: the message comes through the event loop of this thread, which others use too.
  expect(pieces - before).toBeLessThan(20)
  compute.close()
})
