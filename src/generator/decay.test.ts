import { describe, expect, it } from 'vitest'
import '../testing/matchers.ts'
import { createRng } from '../numerics/rng.ts'
import { createDecayAngles, drawDecay, momentumCount, placeMomenta } from './decay.ts'

const [mTop, mW] = [172.5, 80.4]

/** Sum of the named particles of [6, 4] momenta. */
function total(p: Float64Array, particles: number[]): number[] {
  return [0, 1, 2, 3].map((k) => particles.reduce((sum, particle) => sum + p[4 * particle + k], 0))
}

function mass([e, x, y, z]: number[]): number {
  return Math.sqrt(Math.max(0, e * e - x * x - y * y - z * z))
}

describe('decay kinematics', () => {
  it('closes: masses of both tops, both W bosons and the pair, massless leptons and b', () => {
    const rng = createRng(1)
    const angles = createDecayAngles()
    const p = new Float64Array(momentumCount)
    for (let i = 0; i < 200; i++) {
      const frame = {
        mTop,
        mW,
        mtt: 346 + 3000 * rng.uniform(),
        y: 4 * rng.uniform() - 2,
        c: 2 * rng.uniform() - 1,
      }
      drawDecay(rng, mTop, mW, angles)
      placeMomenta(frame, angles, p)
      const all = total(p, [0, 1, 2, 3, 4, 5])
      expect(mass(all)).toBeCloseToRel(frame.mtt, 1e-11)
      expect(0.5 * Math.log((all[0] + all[3]) / (all[0] - all[3]))).toBeCloseTo(frame.y, 10)
      expect(Math.hypot(all[1], all[2])).toBeLessThan(1e-9)
      const top = total(p, [0, 1, 2])
      expect(mass(top)).toBeCloseToRel(mTop, 1e-9)
      expect(mass(total(p, [3, 4, 5]))).toBeCloseToRel(mTop, 1e-9)
      expect(mass(total(p, [0, 1]))).toBeCloseToRel(mW, 1e-8)
      expect(mass(total(p, [3, 4]))).toBeCloseToRel(mW, 1e-8)
      // Squares cancel from (GeV scale of the boosted event)^2 down to rounding.
      for (const particle of [0, 1, 2, 3, 4, 5]) expect(mass(total(p, [particle]))).toBeLessThan(1e-3)
      const boosted = (top[0] * Math.cosh(frame.y) - top[3] * Math.sinh(frame.y)) as number
      expect(boosted).toBeCloseToRel(0.5 * frame.mtt, 1e-10)
      const along = top[3] * Math.cosh(frame.y) - top[0] * Math.sinh(frame.y)
      expect(along / Math.sqrt(0.25 * frame.mtt ** 2 - mTop ** 2)).toBeCloseTo(frame.c, 8)
    }
  })

  it('puts the lepton along its direction (r, n, k) in the top rest frame', () => {
    const angles = createDecayAngles()
    const p = new Float64Array(momentumCount)
    drawDecay(createRng(2), mTop, mW, angles)
    angles.plus.set([0, 0, 1])
    angles.minus.set([1, 0, 0])
    const frame = { mTop, mW, mtt: 800, y: 0, c: 0.3 }
    placeMomenta(frame, angles, p)
    const top = total(p, [0, 1, 2])
    // Along k the lepton flies with the top; the l- along r lies in the plane of beam and top on the side of beam 1.
    const cosine =
      (p[1] * top[1] + p[2] * top[2] + p[3] * top[3]) / (p[0] * Math.hypot(top[1], top[2], top[3]))
    expect(cosine).toBeCloseTo(1, 12)
    const normal = [-top[2], top[1]] // beam x top
    expect(p[13] * normal[0] + p[14] * normal[1]).toBeCloseTo(0, 8)
  })

  it('distributes the lepton in the W frame by the helicity fractions', () => {
    const rng = createRng(3)
    const angles = createDecayAngles()
    const n = 100_000
    let [z, z2] = [0, 0]
    for (let i = 0; i < n; i++) {
      drawDecay(rng, mTop, mW, angles)
      z += angles.zPlus / n
      z2 += angles.zPlus ** 2 / n
    }
    // Density (1 - z)(1 + x + (1 - x) z), normalised: moments from F_0 = 1/(1 + 2 x), F_L = 1 - F_0.
    const longitudinal = 1 / (1 + 2 * (mW / mTop) ** 2)
    expect(longitudinal).toBeCloseTo(0.697, 3)
    expect(Math.abs(z + 0.5 * (1 - longitudinal))).toBeLessThan(4 * Math.sqrt(0.25 / n))
    expect(Math.abs(z2 - (0.2 * longitudinal + 0.4 * (1 - longitudinal)))).toBeLessThan(
      4 * Math.sqrt(0.07 / n),
    )
  })
})
