import { expect, it } from 'vitest'
import { emptySampleEvents, type SampleEvents } from '../../../../dataset/event-samples/sample-events.ts'
import { createRng } from '../../../../numerics/rng.ts'
import {
  eventFeatureNames,
  eventFeatures,
  featuresPerEvent,
  fitScaling,
  leadingJets,
  scaleFeatures,
} from './event-features.ts'

const perEvent = 6

/** Events with six objects each of all seven types, some beyond the cuts. */
function randomEvents(count: number): SampleEvents {
  const rng = createRng(5).split('events')
  const events = emptySampleEvents(count, count * perEvent)
  for (let i = 0; i < count; i++) {
    events.first[i + 1] = (i + 1) * perEvent
    events.met[i] = 200 + 300 * rng.uniform()
    events.metPhi[i] = Math.PI * (2 * rng.uniform() - 1)
  }
  for (let k = 0; k < count * perEvent; k++) {
    events.types[k] = rng.integer(7)
    events.pt[k] = 10 + 200 * rng.uniform()
    events.eta[k] = 6 * rng.uniform() - 3
    events.phi[k] = Math.PI * (2 * rng.uniform() - 1)
  }
  return events
}

const feature = (id: string) => eventFeatureNames.findIndex((own) => own.id === id)
const events = randomEvents(200)
const features = eventFeatures(events)
const mostDifference = (other: SampleEvents) =>
  eventFeatures(other).reduce((most, value, i) => Math.max(most, Math.abs(value - features[i])), 0)

it('does not change when an event is turned or reflected', () => {
  const angle = 1.1
  const turned = (phi: Float32Array) => phi.map((x) => x + angle - 2 * Math.PI * Number(x + angle > Math.PI))
  // Azimuths are float32: 4e-7 rad, twice.
  expect(mostDifference({ ...events, phi: turned(events.phi), metPhi: turned(events.metPhi) })).toBeLessThan(
    2e-6,
  )
  const reflected = (values: Float32Array) => values.map((x) => -x)
  expect(mostDifference({ ...events, phi: reflected(events.phi), metPhi: reflected(events.metPhi) })).toBe(0)
  expect(mostDifference({ ...events, eta: reflected(events.eta) })).toBe(0)
  // Only both azimuths together are a symmetry.
  expect(mostDifference({ ...events, metPhi: reflected(events.metPhi) })).toBeGreaterThan(0.1)
})

it('counts jets above 20 GeV within 2.8, b-jets among them, and no lepton or photon', () => {
  const one = emptySampleEvents(1, 6)
  one.first[1] = 6
  one.met[0] = 250
  one.metPhi[0] = 3
  one.types.set([0, 1, 0, 2, 0, 6])
  one.pt.set([50, 120, 19, 300, 90, 200])
  one.eta.set([-0.5, -1, 0, 0, 2.9, 0])
  one.phi.set([0, -3, 0, 0, 0, 0])
  const [met, ht, jets, bJets, ...momenta] = eventFeatures(one)
  expect([met, ht, jets, bJets]).toEqual([250, 170, 2, 1])
  // The b-jet leads: its η is −1, so all are mirrored; its azimuth lies 2π − 6 beyond that of MET.
  const expected = [120, 1, 2 * Math.PI - 6, 50, 0.5, -3, 0, 0, 0, 0, 0, 0]
  momenta.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6))
})

it('gives nought for jets that are missing', () => {
  const none = emptySampleEvents(1, 0)
  none.met[0] = 300
  expect([...eventFeatures(none)]).toEqual([300, ...new Array<number>(featuresPerEvent - 1).fill(0)])
})

it('scales pooled events to mean 0 and variance 1, models with equal weight', () => {
  const half = features.slice(0, 20 * featuresPerEvent)
  const all = Uint32Array.from({ length: 200 }, (_, i) => i)
  const models = [
    { features, indices: all },
    { features: half, indices: all.slice(0, 20) },
  ]
  const scaling = fitScaling(models)
  const met = feature('met')
  const moment = (power: number): number =>
    models.reduce((sum, { features: raw, indices }) => {
      const scaled = scaleFeatures(raw, scaling)
      return (
        sum +
        indices.reduce((part, i) => part + scaled[i * featuresPerEvent + met] ** power, 0) /
          (2 * indices.length)
      )
    }, 0)
  expect(moment(1)).toBeCloseTo(0, 5)
  expect(moment(2)).toBeCloseTo(1, 5)
  // Momenta by their logarithm, counts as they are.
  const scaled = scaleFeatures(features, scaling)
  expect(scaled[met]).toBeCloseTo((Math.log1p(features[met]) - scaling.mean[met]) / scaling.sd[met], 5)
  const jets = feature('njet')
  expect(scaled[jets]).toBeCloseTo((features[jets] - scaling.mean[jets]) / scaling.sd[jets], 5)
})

it('leaves a feature that never changes at nought', () => {
  const constant = new Float32Array(3 * featuresPerEvent).fill(7)
  const scaling = fitScaling([{ features: constant, indices: Uint32Array.of(0, 1, 2) }])
  scaleFeatures(constant, scaling).forEach((value) => expect(Math.abs(value)).toBeLessThan(1e-6))
  expect(() => fitScaling([{ features: constant, indices: new Uint32Array(0) }])).toThrow(/without an event/)
})

it('the leading jet alone is pT and |η|', () => {
  const rows = Float32Array.from({ length: 2 * featuresPerEvent }, (_, i) => i)
  const names = eventFeatureNames.map(({ id }) => id)
  const [pt, eta] = [names.indexOf('pt-1'), names.indexOf('eta-1')]
  expect([...leadingJets(rows)]).toEqual([pt, eta, featuresPerEvent + pt, featuresPerEvent + eta])
})
