import { liveEvents, type LiveRequest } from '../studies/events/analysis/live/live-events.ts'
import { openEncoder } from '../studies/events/cli/open-encoder.ts'
import { timingOf } from './measure.ts'
import { below, type BenchRow } from './report.ts'

const models: Record<string, LiveRequest['model']> = {
  'a gluino of 1250 GeV, Δm 600 GeV': { kind: 'gluino', mGluino: 1250, mChi: 650 },
  'a vector of 800 GeV': { kind: 'vector', mMediator: 800, mChi: 50 },
  'an axial of 500 GeV near its threshold (χ 240 GeV)': { kind: 'axial', mMediator: 500, mChi: 240 },
}
const rounds = 5

/** Models generated as the page does: seconds to their first sets, and the longest piece between which a worker listens. */
export async function* liveModelsSuite(): AsyncGenerator<BenchRow, void> {
  const encoder = await openEncoder('events-gluinos-2d')
  for (const [name, model] of Object.entries(models)) {
    const firsts: number[] = []
    const longest: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const { first, portion } = await timesOf({ model, encoder, seed: round, events: 300 })
      // The first compiles and loads, as a page does before it is asked.
      if (round === 0) continue
      firsts.push(first)
      longest.push(portion)
    }
    yield { name: `first sets of ${name}`, value: timingOf(firsts), target: below(2000) }
    yield { name: 'longest piece of it', value: timingOf(longest), target: below(100) }
  }
}

async function timesOf(request: LiveRequest): Promise<{ first: number; portion: number }> {
  const begun = performance.now()
  let [last, portion, first] = [begun, 0, Infinity]
  const steps = liveEvents(request)
  for (let step = await steps.next(); !step.done; step = await steps.next()) {
    const now = performance.now()
    portion = Math.max(portion, now - last)
    last = now
    if (step.value?.places.length) first = Math.min(first, now - begun)
  }
  return { first, portion }
}
