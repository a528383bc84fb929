import { expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { densityContours } from './density-contours.ts'

it('draws two clusters as two rings of the inner contour, nested in the outer', () => {
  const rng = createRng(8)
  const x = Float32Array.from({ length: 4000 }, (_, i) => (i % 2 ? 4 : -4) + 0.5 * rng.normal())
  const y = Float32Array.from({ length: 4000 }, () => 0.5 * rng.normal())
  const [inner] = densityContours(x, y, 4000, [0.5, 0.9])
  expect(inner.lines).toHaveLength(2)
  const masked = densityContours(x, y, 4000, [0.5], { mask: Uint8Array.from(x, (_, i) => i % 2) })
  expect(masked[0].lines).toHaveLength(1)
  expect(masked[0].lines[0][0]).toBeGreaterThan(2)
  expect(densityContours(x, y, 0, [0.5])).toEqual([])
})
