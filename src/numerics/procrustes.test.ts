import { expect, it } from 'vitest'
import { applyProcrustes, procrustes } from './procrustes.ts'
import { createRng } from './rng.ts'

const n = 60
const rng = createRng(4)
const cloud = Float64Array.from({ length: 2 * n }, (_, i) => rng.normal() * (i % 2 ? 1 : 3) + 5)

function moved(angle: number, mirror: 1 | -1, scale: number): Float64Array {
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  return cloud.map((_, i) => {
    const [x, y] = [cloud[i - (i % 2)], mirror * cloud[i - (i % 2) + 1]]
    return i % 2 ? scale * (s * x + c * y) - 7 : scale * (c * x - s * y) + 2
  })
}

it.each([
  ['turned', 0.7, 1, 1],
  ['turned by more than half a turn', 4, 1, 0.2],
  ['mirrored', -1.2, -1, 30],
] as const)('finds a cloud that was %s, moved and scaled', (_, angle, mirror, scale) => {
  const other = moved(angle, mirror, scale)
  const fit = procrustes(cloud, other, n)
  expect(fit.mirrored).toBe(mirror === -1)
  expect(fit.scale).toBeCloseTo(1 / scale, 10)
  expect(fit.disparity).toBeLessThan(1e-12)
  const back = applyProcrustes(fit, other, n)
  for (let i = 0; i < 2 * n; i++) expect(back[i]).toBeCloseTo(cloud[i], 4)
})

it('what is left is the disparity, and no turn on a grid leaves less', () => {
  const noise = createRng(9)
  const other = moved(1, 1, 2).map((value) => value + 3 * noise.normal())
  const fit = procrustes(cloud, other, n)
  const left = (points: ArrayLike<number>) =>
    cloud.reduce((sum, value, i) => sum + (value - points[i]) ** 2, 0)
  const mean = [0, 1].map((k) => cloud.reduce((sum, v, i) => sum + (i % 2 === k ? v / n : 0), 0))
  const spread = cloud.reduce((sum, value, i) => sum + (value - mean[i % 2]) ** 2, 0)
  const best = left(applyProcrustes(fit, other, n))
  expect(best / spread).toBeCloseTo(fit.disparity, 5)
  for (const turn of [-0.05, 0.05])
    for (const stretch of [0.97, 1, 1.03]) {
      const [c, s] = [Math.cos(turn), Math.sin(turn)]
      const [a, b, p, q] = fit.rotation
      const rotation = Float64Array.of(c * a - s * p, c * b - s * q, s * a + c * p, s * b + c * q)
      const scale = fit.scale * stretch
      const centre = [0, 1].map((k) => other.reduce((sum, v, i) => sum + (i % 2 === k ? v / n : 0), 0))
      const shift = [
        mean[0] - scale * (rotation[0] * centre[0] + rotation[1] * centre[1]),
        mean[1] - scale * (rotation[2] * centre[0] + rotation[3] * centre[1]),
      ] as const
      expect(left(applyProcrustes({ ...fit, rotation, scale, shift }, other, n))).toBeGreaterThan(best)
    }
})

it('a collapsed cloud has nothing to lay down', () => {
  const point = new Float64Array(2 * n).fill(3)
  expect(procrustes(cloud, point, n)).toMatchObject({ scale: 0, disparity: 1 })
  expect(procrustes(point, point, n).disparity).toBe(0)
})
