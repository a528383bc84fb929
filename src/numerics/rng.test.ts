import { describe, expect, it } from 'vitest'
import { createRng, shuffle } from './rng.ts'

describe('random streams', () => {
  it('repeat for a seed and differ between seeds and names', () => {
    const draw = (seed: number, name: string) => {
      const rng = createRng(seed).split(name)
      return [rng.uniform(), rng.normal(), rng.integer(1000)]
    }
    expect(draw(1, 'a')).toEqual(draw(1, 'a'))
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'))
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'))
  })

  it('a split stream does not depend on what was drawn before', () => {
    const fresh = createRng(5).split('x').uniform()
    const used = createRng(5)
    for (let i = 0; i < 17; i++) used.normal()
    expect(used.split('x').uniform()).toBe(fresh)
  })

  it('has the moments of the uniform and the normal', () => {
    const rng = createRng(11)
    const n = 200_000
    let [u, u2, g, g2, g4] = [0, 0, 0, 0, 0]
    for (let i = 0; i < n; i++) {
      const a = rng.uniform()
      const b = rng.normal()
      u += a / n
      u2 += (a * a) / n
      g += b / n
      g2 += (b * b) / n
      g4 += b ** 4 / n
    }
    // Four standard errors of each moment.
    expect(Math.abs(u - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n))
    expect(Math.abs(u2 - 1 / 3)).toBeLessThan(4 * Math.sqrt(4 / 45 / n))
    expect(Math.abs(g)).toBeLessThan(4 / Math.sqrt(n))
    expect(Math.abs(g2 - 1)).toBeLessThan(4 * Math.sqrt(2 / n))
    expect(Math.abs(g4 - 3)).toBeLessThan(4 * Math.sqrt(96 / n))
  })

  it('neighbouring streams are uncorrelated', () => {
    const n = 50_000
    let sum = 0
    for (let i = 0; i < n; i++)
      sum += (createRng(1, `/${i}`).normal() * createRng(1, `/${i + 1}`).normal()) / n
    expect(Math.abs(sum)).toBeLessThan(4 / Math.sqrt(n))
  })

  it('a hundred thousand named streams start differently', () => {
    const seen = new Set<number>()
    for (let i = 0; i < 100_000; i++) seen.add(createRng(3, `replica/${i}`).uniform())
    expect(seen.size).toBe(100_000)
  })

  it('shuffles without losing anything', () => {
    const values = shuffle(
      Array.from({ length: 50 }, (_, i) => i),
      createRng(2),
    )
    expect(values).not.toEqual([...values].sort((a, b) => a - b))
    expect([...values].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i))
  })
})
