import { describe, expect, it } from 'vitest'
import { particleStatus, PartonEventWriter } from '../../../../generator/parton-events/parton-events.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { sampleOf } from '../../../../testing/small-multi-top.ts'
import { attentionObjects as n } from '../interpret/object-attention.ts'
import { eventTokens } from '../tokens/event-tokens.ts'
import { partnerAttention } from './partner-attention.ts'
import { topProducts, topsOfJets } from './top-of-jets.ts'

/** Massless, of 100 GeV across the beam. */
const at = (eta: number, phi: number): Float64Array =>
  Float64Array.of(100 * Math.cosh(eta), 100 * Math.cos(phi), 100 * Math.sin(phi), 100 * Math.sinh(eta))

/** Gluons to t t̄ with a b each; the top's W goes to quarks, the other's to a lepton. */
function pair() {
  const writer = new PartonEventWriter()
  writer.begin(0, 1, 100, 0.1)
  const add = (id: number, status: number, mother: number, momentum: Float64Array): void =>
    writer.add(id, status, mother, 0, 0, momentum, 0)
  const { incoming, decayed, final } = particleStatus
  add(21, incoming, -1, at(9, 0))
  add(21, incoming, -1, at(-9, 0))
  add(6, decayed, -1, at(0.5, 0))
  add(-6, decayed, -1, at(-0.5, 3))
  add(5, final, 2, at(0.4, 0.2))
  add(24, decayed, 2, at(0.6, 0))
  add(-5, final, 3, at(-1, 3.1))
  add(-24, decayed, 3, at(0, 2.8))
  add(2, final, 5, at(1.2, -0.6))
  add(-1, final, 5, at(0, 0.9))
  add(11, final, 7, at(0.3, 2.5))
  add(-12, final, 7, at(-0.3, 2.9))
  return writer.take()
}

describe('truth about jets', () => {
  it('quarks are of the top quark that they come from, leptons are none', () => {
    const products = topProducts(pair(), 0)
    expect(products.map(({ top }) => top)).toEqual([0, 1, 0, 0])
    expect(products[1].eta).toBeCloseTo(-1, 10)
    expect(products[1].phi).toBeCloseTo(3.1, 10)
  })

  it('jets take the nearest quark within 0.4 that no nearer jet has, also across φ = π', () => {
    const raw = eventTokens(
      sampleOf([{ objects: [[1, 50, 0.41, 0.2], [1, 40, -1, -3.12], [0, 60, 1.1, -0.6], [0, 30, 0.45, 0.3], [0, 25, 2.5, 2]] }]), // prettier-ignore
    )
    const tops = topsOfJets(raw.values, raw.filled, topProducts(pair(), 0))
    // b-jets in falling energy, then jets; the jet beside the first b-jet lost its quark to it.
    expect([...tops].filter((_, slot) => raw.filled[slot * 6] === 1).sort()).toEqual([-1, -1, 0, 0, 1])
    expect(tops[4]).toBe(-1) // 25 GeV at η = 2.5 has the most energy
  })
})

describe('attention on partners', () => {
  const rng = createRng(1)
  const events = (favour: number) =>
    Array.from({ length: 200 }, () => {
      const tops = Int8Array.from({ length: 12 }, (_, slot) => (slot < 6 ? rng.integer(2) : -1))
      const attention = Float64Array.from({ length: n * n }, (_, k) => {
        const [i, j] = [Math.floor(k / n), k % n]
        const partners = i < 6 && j < 6 && tops[i] === tops[j]
        return (partners ? favour : 1) * (1 + j) // later slots get more, whoever they are
      })
      return { tops, attention }
    })

  it('is chance, and what places give, where attention knows nothing of the event', () => {
    const [{ abovePlaces, aboveChance, chance }] = partnerAttention(events(1), 1)
    expect(Math.abs(aboveChance.value)).toBeLessThan(4 * aboveChance.error)
    expect(Math.abs(abovePlaces.value)).toBeLessThan(1e-9)
    expect(chance.value).toBeGreaterThan(0.3)
    expect(chance.value).toBeLessThan(0.6)
  })

  it('is above both where partners are favoured', () => {
    const [{ abovePlaces, aboveChance, share }] = partnerAttention(events(4), 1)
    expect(aboveChance.value).toBeGreaterThan(10 * aboveChance.error)
    expect(abovePlaces.value).toBeGreaterThan(10 * abovePlaces.error)
    expect(share.value).toBeGreaterThan(0.6)
  })

  it('is no favour where a place alone draws it', () => {
    const own = Array.from({ length: 100 }, () => ({
      tops: Int8Array.of(0, 0, 1, 1, -1, -1, -1, -1, -1, -1, -1, -1),
      attention: Float64Array.from({ length: n * n }, (_, k) => (Math.floor(k / n) % 2 === k % 2 ? 0.1 : 1)),
    }))
    const [{ aboveChance, abovePlaces }] = partnerAttention(own, 1)
    expect(aboveChance.value).not.toBeCloseTo(0, 2)
    expect(abovePlaces.value).toBeCloseTo(0, 12)
  })
})
