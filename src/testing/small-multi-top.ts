import { emptySampleEvents, type SampleEvents } from '../dataset/event-samples/sample-events.ts'
import { createRng, type Rng } from '../numerics/rng.ts'

/** An object as tests write it: place in `sampleObjects`, pT [GeV], η, φ. */
export type SmallObject = readonly [type: number, pt: number, eta: number, phi: number]

export interface SmallEvent {
  objects: readonly SmallObject[]
  met?: number
  weight?: number
}

/** Events of given objects as a sample has them. */
export function sampleOf(events: readonly SmallEvent[]): SampleEvents {
  const rows = events.flatMap(({ objects }) => objects)
  const sample = emptySampleEvents(events.length, rows.length)
  events.forEach(({ objects, met = 0, weight = 1 }, i) => {
    sample.first[i + 1] = sample.first[i] + objects.length
    sample.met[i] = met
    sample.weight[i] = weight
  })
  rows.forEach(([type, pt, eta, phi], k) => {
    sample.types[k] = type
    sample.pt[k] = pt
    sample.eta[k] = eta
    sample.phi[k] = phi
  })
  return sample
}

/** Seeded events of a toy class: more tops give more and harder jets, b-jets and leptons. For tests only. */
export function toyClass(tops: number, events: number, seed: number): SampleEvents {
  const rng = createRng(seed, `toy/${tops}`)
  return sampleOf(Array.from({ length: events }, () => toyEvent(tops, rng)))
}

function toyEvent(tops: number, rng: Rng): SmallEvent {
  const some = (mean: number): number => Math.floor(mean + 2 * rng.uniform())
  const object = (type: number): SmallObject => [
    type,
    25 - (40 + 15 * tops) * Math.log(1 - rng.uniform()),
    4 * (rng.uniform() - 0.5),
    Math.PI * (2 * rng.uniform() - 1),
  ]
  const leptons = rng.uniform() < 0.25 * tops ? 1 : 0
  return {
    objects: [
      ...Array.from({ length: some(1 + tops) }, () => object(0)),
      ...Array.from({ length: some(0.4 * tops) }, () => object(1)),
      ...Array.from({ length: leptons }, () => object(2 + rng.integer(4))),
    ],
    met: 20 - 30 * (1 + leptons) * Math.log(1 - rng.uniform()),
    weight: 0.5 + rng.uniform(),
  }
}
