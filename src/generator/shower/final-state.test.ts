import { describe, expect, it } from 'vitest'
import { integrate } from '../../numerics/quadrature.ts'
import { createRng } from '../../numerics/rng.ts'
import { createShowerCoupling } from './coupling.ts'
import { FinalStateShower, splittingCutoff, splittings } from './final-state.ts'
import { ParticleBuffer } from './particle-buffer.ts'

const coupling = createShowerCoupling()
const events = 20_000

/** Mean number of splittings of a parton without its products, by quadrature. */
function splittingsOf(id: number, pt: number, opening: number, dead: number): number {
  const rateOf = (z: number, angle: number): number => {
    if (id !== 21) return splittings.quark(z)
    const mass = Math.sqrt(z * (1 - z)) * angle * pt
    const open = 3 + (mass > 2 * 1.5 ? 1 : 0) + (mass > 2 * 4.75 ? 1 : 0)
    return splittings.gluonToGluons(z) + (splittings.gluonToQuarks(z) * open) / 5
  }
  const lowest = Math.max(dead, (2 * splittingCutoff) / pt)
  const atAngle = (logAngle: number): number => {
    const angle = Math.exp(logAngle)
    const edge = splittingCutoff / (angle * pt)
    const end = Math.log((1 - edge) / edge)
    // z = 1 / (1 + e^-t) spreads both ends.
    const atT = (t: number): number => {
      const z = 1 / (1 + Math.exp(-t))
      const rate = rateOf(z, angle)
      return (coupling.alphaS(Math.min(z, 1 - z) * angle * pt) / Math.PI) * rate * z * (1 - z)
    }
    return integrate(atT, -end, 0, 24) + integrate(atT, 0, end, 24)
  }
  return integrate(atAngle, Math.log(lowest), Math.log(opening), 48)
}

describe('splittings in the final state', () => {
  it.each([
    [21, 100, 1, 0],
    [21, 20, 1.7, 0],
    [2, 100, 1, 0],
    [-1, 1000, 0.4, 0],
    [5, 60, 1, 4.75 / 60],
  ])('%d of %d GeV does not split within %f as often as by quadrature', (id, pt, opening, dead) => {
    const shower = new FinalStateShower(coupling)
    const out = new ParticleBuffer()
    const rng = createRng(1, `${id}`)
    let whole = 0
    for (let i = 0; i < events; i++) {
      out.clear()
      shower.shower(id, pt, 0.3, 1, opening, rng, out)
      if (out.count === 1) whole++
    }
    const expected = Math.exp(-splittingsOf(id, pt, opening, dead))
    const error = Math.sqrt((expected * (1 - expected)) / events)
    expect(Math.abs(whole / events - expected)).toBeLessThan(4 * error)
  })

  it('keeps flavour, transverse momentum and its centre', () => {
    const shower = new FinalStateShower(coupling)
    const out = new ParticleBuffer()
    const rng = createRng(2)
    let most = 0
    for (let i = 0; i < 500; i++) {
      out.clear()
      shower.shower(2, 300, -0.7, 2, 1, rng, out)
      most = Math.max(most, out.count)
      let [pt, eta, charge] = [0, 0, 0]
      for (let row = 0; row < out.count; row++) {
        const [e, px, py, pz] = out.momenta.subarray(4 * row, 4 * row + 4)
        const own = Math.hypot(px, py)
        expect(Math.abs(e * e - own * own - pz * pz)).toBeLessThan(1e-9 * e * e)
        pt += own
        eta += own * Math.asinh(pz / own)
        const { [row]: id } = out.ids
        charge += id === 21 ? 0 : Math.sign(id)
      }
      expect(pt).toBeCloseTo(300, 8)
      expect(eta / pt).toBeCloseTo(-0.7, 8)
      expect(charge).toBe(1)
    }
    expect(most).toBeGreaterThan(8)
  })
})
