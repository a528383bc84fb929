import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import '../../testing/matchers.ts'
import { ParticleBuffer } from '../shower/particle-buffer.ts'
import { Detector } from './detector.ts'
import { eventFeatures, featureNames } from './event-features.ts'
import { ObjectList, objectType, type ReconstructedEvent } from './reconstructed.ts'
import { jetResolution, leptonEfficiency, leptonResolution, tagEfficiency } from './response.ts'

/** Massless particles as [id, pT, η, φ]. */
function particles(...rows: [number, number, number, number][]): ParticleBuffer {
  const buffer = new ParticleBuffer()
  for (const [id, pt, eta, phi] of rows)
    buffer.add(id, pt * Math.cosh(eta), pt * Math.cos(phi), pt * Math.sin(phi), pt * Math.sinh(eta))
  return buffer
}

const events = 20_000

function detectMany(buffer: ParticleBuffer, met: 'truth' | 'smeared' = 'truth'): ReconstructedEvent[] {
  const detector = new Detector({ met })
  const rng = createRng(1)
  return Array.from({ length: events }, () => detector.detect(buffer, rng))
}

const deviation = (values: number[]): [mean: number, deviation: number] => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  return [mean, Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length)]
}

function expectShare(count: number, expected: number): void {
  expect(Math.abs(count / events - expected)).toBeLessThan(
    4 * Math.sqrt((expected * (1 - expected)) / events),
  )
}

describe('response', () => {
  it('is that of the card', () => {
    expect(jetResolution(100, 0)).toBeCloseToRel(Math.sqrt(0.00091204 + 0.0027092 + 0.00025281), 1e-4)
    expect(jetResolution(100, -2)).toBeCloseToRel(Math.sqrt(0.0025 + 0.00498436), 1e-6)
    expect(jetResolution(100, 3.3)).toBeUndefined()
    expect(tagEfficiency('b', 100, 0)).toBeCloseToRel((0.8 * 0.2913126 * 30) / 9.6, 1e-6)
    expect(tagEfficiency('c', 100, 0)).toBeCloseToRel((0.2 * 0.9640276) / 1.34, 1e-6)
    expect(tagEfficiency('light', 100, 0)).toBeCloseToRel(0.00273, 1e-12)
    expect(tagEfficiency('b', 100, 2.6)).toBe(0)
    expect(leptonEfficiency('electron', 30, 2)).toBeCloseToRel(0.85 * 0.83, 1e-12)
    expect(leptonEfficiency('muon', 30, 2.6)).toBeCloseToRel(0.85 * 0.98, 1e-12)
    expect([leptonEfficiency('electron', 30, 2.6), leptonEfficiency('muon', 9, 0)]).toEqual([0, 0])
    expect(leptonResolution('electron', 100, 100, 0)).toBeCloseToRel(Math.hypot(0.0017, 0.0101), 1e-12)
    expect(leptonResolution('muon', 0, 200, 1)).toBeCloseToRel(Math.hypot(0.015, 0.03), 1e-12)
  })
})

describe('detector', () => {
  it('smears jets and tags them as the formulas say', () => {
    const seen = detectMany(particles([5, 100, 0.5, 1], [1, 60, -2, -2], [12, 50, 0, 3]))
    const jets = (eta: number) =>
      seen.flatMap((event) =>
        Array.from({ length: event.count }, (_, i) => i)
          .filter((i) => Math.abs(event.eta[i] - eta) < 1e-6)
          .map((i) => ({ pt: event.pt[i], type: event.types[i] })),
      )
    for (const [eta, pt] of [
      [0.5, 100],
      [-2, 60],
    ]) {
      const own = jets(eta)
      expect(own.length).toBe(events)
      const [mean, width] = deviation(own.map((jet) => jet.pt / pt))
      const expected = jetResolution(pt * Math.cosh(eta), eta)!
      expect(Math.abs(mean - 1)).toBeLessThan((4 * expected) / Math.sqrt(events))
      expect(Math.abs(width / expected - 1)).toBeLessThan(4 / Math.sqrt(2 * events))
    }
    const efficiencies = jets(0.5).map(({ pt }) => tagEfficiency('b', pt, 0.5))
    expectShare(jets(0.5).filter(({ type }) => type === objectType.bJet).length, deviation(efficiencies)[0])
    const worst = (value: (event: ReconstructedEvent) => number, expected: number) =>
      Math.max(...seen.map((event) => Math.abs(value(event) / expected - 1)))
    expect(worst(({ met }) => met, 50)).toBeLessThan(1e-9)
    expect(worst(({ metPhi }) => metPhi, 3)).toBeLessThan(1e-9)
  })

  it('sees leptons as often as the formulas say, and isolated ones alone', () => {
    const alone = detectMany(particles([11, 40, 0.3, 1], [-13, 40, 2.6, 2], [13, 9, 0, 3]))
    const count = (list: ReconstructedEvent[], type: number) =>
      list.filter(({ types, count: n }) => Array.from(types).slice(0, n).includes(type)).length
    expectShare(count(alone, objectType.electron), 0.95 * 0.95)
    expectShare(count(alone, objectType.antimuon), 0.85 * 0.98)
    expect(count(alone, objectType.muon)).toBe(0)
    // The electron of a jet is in it, seen or not.
    const inJet = detectMany(particles([11, 40, 0.3, 1], [21, 6, 0.4, 1.1]))
    expect(count(inJet, objectType.electron)).toBe(0)
    const [mean] = deviation(inJet.map(({ pt }) => pt[0]))
    expect(Math.abs(mean - 46)).toBeLessThan(0.5)
  })

  it('balances objects with missing momentum and a soft term where asked', () => {
    const seen = detectMany(particles([21, 200, 0, 0]), 'smeared')
    const [, width] = deviation(
      seen.map(({ met, metPhi, pt, phi }) => met * Math.cos(metPhi) + pt[0] * Math.cos(phi[0])),
    )
    expect(Math.abs(width / 8 - 1)).toBeLessThan(4 / Math.sqrt(2 * events))
  })

  it('puts objects in order', () => {
    const list = new ObjectList()
    for (const [type, pt] of [
      [objectType.photon, 90],
      [objectType.jet, 30],
      [objectType.antimuon, 20],
      [objectType.muon, 50],
      [objectType.bJet, 70],
      [objectType.positron, 10],
    ])
      list.add(type, pt, pt, 0, 0)
    const { types, pt } = list.finish(0, 0)
    expect([...Array.from(pt)]).toEqual([70, 30, 10, 50, 20, 90])
    expect(Array.from(types)).toEqual([1, 0, 3, 4, 5, 6])
  })
})

describe('the sixteen features', () => {
  const list = new ObjectList()
  list.add(objectType.jet, 0, 80, -1, 3)
  list.add(objectType.bJet, 0, 200, -0.5, 2)
  list.add(objectType.jet, 0, 300, 2.9, 2)
  list.add(objectType.jet, 0, 19, 0, 2)
  list.add(objectType.muon, 0, 400, 0, 2)
  const event = list.finish(250, -3)

  it('count jets alone and are reflected', () => {
    const features = eventFeatures(event)
    const dphi = 2 + 3 - 2 * Math.PI
    expect([...features.subarray(0, 4)]).toEqual([250, 280, 2, 1])
    expect(features[4]).toBe(200)
    expect(features[5]).toBe(0.5)
    expect(features[6]).toBeCloseTo(-dphi, 12)
    expect(features[7]).toBe(80)
    expect(features[8]).toBe(1)
    expect(features[9]).toBeCloseTo(-(3 + 3 - 2 * Math.PI), 12)
    expect([...features.subarray(10)]).toEqual([0, 0, 0, 0, 0, 0])
    expect(featureNames.length).toBe(16)
  })

  it('do not change under rotation and reflection', () => {
    const turned = { ...event, phi: Array.from(event.phi, (x) => -(x + 1)), metPhi: -(event.metPhi + 1) }
    const mirrored = { ...turned, eta: Array.from(event.eta, (x) => -x) }
    const before = eventFeatures(event)
    eventFeatures(mirrored).forEach((x, k) => expect(x).toBeCloseTo(before[k], 12))
  })
})
