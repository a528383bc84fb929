import { describe, expect, it } from 'vitest'
import { createRng, type Rng } from '../../numerics/rng.ts'
import '../../testing/matchers.ts'
import { AntiKt, type Jets } from './anti-kt.ts'

const radius = 0.4

/** By its definition: all pairs at every step. */
function bruteForce(momenta: Float64Array, particles: number): number[][] {
  const list = Array.from({ length: particles }, (_, i) => ({
    ...{ p: [...momenta.subarray(4 * i, 4 * i + 4)], of: [i] },
  }))
  const jets: { p: number[]; of: number[] }[] = []
  const pt2 = (p: number[]): number => p[1] ** 2 + p[2] ** 2
  const y = (p: number[]): number => 0.5 * Math.log((p[0] + p[3]) / (p[0] - p[3]))
  const delta2 = (a: number[], b: number[]): number => {
    const dphi = Math.abs(Math.atan2(a[2], a[1]) - Math.atan2(b[2], b[1]))
    return (y(a) - y(b)) ** 2 + Math.min(dphi, 2 * Math.PI - dphi) ** 2
  }
  while (list.length > 0) {
    let [a, b, least] = [-1, -1, Infinity]
    for (let i = 0; i < list.length; i++) {
      const beam = 1 / pt2(list[i].p)
      if (beam < least) [a, b, least] = [i, -1, beam]
      for (let j = 0; j < i; j++) {
        const own = (Math.min(beam, 1 / pt2(list[j].p)) * delta2(list[i].p, list[j].p)) / (radius * radius)
        if (own < least) [a, b, least] = [i, j, own]
      }
    }
    if (b < 0) jets.push(...list.splice(a, 1))
    else {
      const [first, second] = [list[a], list[b]]
      list.splice(a, 1)
      list[b] = { p: first.p.map((x, k) => x + second.p[k]), of: [...first.of, ...second.of] }
    }
  }
  return jets.toSorted((one, two) => pt2(two.p) - pt2(one.p)).map(({ of }) => of.toSorted((i, j) => i - j))
}

function randomEvent(rng: Rng, particles: number): Float64Array {
  const momenta = new Float64Array(4 * particles)
  const axes = Array.from({ length: 5 }, () => [4 * rng.uniform() - 2, 2 * Math.PI * rng.uniform()])
  for (let i = 0; i < particles; i++) {
    const [eta0, phi0] = axes[rng.integer(5)]
    const pt = Math.exp(5 * rng.uniform())
    const [eta, phi] = [eta0 + 0.4 * rng.normal(), phi0 + 0.4 * rng.normal()]
    const m = rng.uniform() < 0.3 ? 5 * rng.uniform() : 0
    const pz = pt * Math.sinh(eta)
    momenta.set([Math.hypot(m, pt, pz), pt * Math.cos(phi), pt * Math.sin(phi), pz], 4 * i)
  }
  return momenta
}

const members = ({ count, jetOf }: Jets): number[][] =>
  Array.from({ length: count }, (_, jet) => [...jetOf.keys()].filter((i) => jetOf[i] === jet))

describe('anti-kT', () => {
  it('finds the jets of the definition, whatever came before', () => {
    const rng = createRng(1)
    const finder = new AntiKt(radius)
    for (let event = 0; event < 150; event++) {
      const particles = 1 + rng.integer(70)
      const momenta = randomEvent(rng, particles)
      const jets = finder.cluster(momenta, particles)
      expect(members(jets)).toEqual(bruteForce(momenta, particles))
      members(jets).forEach((own, jet) => {
        for (let k = 0; k < 4; k++) {
          const sum = own.reduce((total, i) => total + momenta[4 * i + k], 0)
          expect(Math.abs(sum - jets.momenta[4 * jet + k])).toBeLessThan(1e-9 * jets.momenta[4 * jet])
        }
      })
    }
  })

  it('does not care for soft or collinear particles', () => {
    const rng = createRng(2)
    const finder = new AntiKt(radius)
    const momenta = randomEvent(rng, 30)
    const before = finder.cluster(momenta, 30)
    const more = new Float64Array(4 * 131)
    // The first particle as two halves, and a hundred soft ones.
    more.set(momenta)
    for (let k = 0; k < 4; k++) more[k] = more[120 + k] = momenta[k] / 2
    for (let i = 31; i < 131; i++) {
      const [eta, phi] = [6 * rng.uniform() - 3, 2 * Math.PI * rng.uniform()]
      more.set(
        [1e-9 * Math.cosh(eta), 1e-9 * Math.cos(phi), 1e-9 * Math.sin(phi), 1e-9 * Math.sinh(eta)],
        4 * i,
      )
    }
    const after = finder.cluster(more, 131)
    for (let at = 0; at < 4 * before.count; at++)
      expect(Math.abs(after.momenta[at] - before.momenta[at])).toBeLessThan(1e-6)
  })

  it('takes nothing, and what flies along the beam', () => {
    const finder = new AntiKt(radius)
    expect(finder.cluster([], 0)).toEqual({
      count: 0,
      momenta: new Float64Array(0),
      jetOf: new Int32Array(0),
    })
    const { count, momenta } = finder.cluster([50, 0, 0, 50, 30, 30, 0, 0, 50, 0, 0, -50], 3)
    expect(count).toBe(3)
    expect([...momenta.subarray(0, 4)]).toEqual([30, 30, 0, 0])
  })
})
