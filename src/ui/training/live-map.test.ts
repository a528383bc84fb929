import { expect, it } from 'vitest'
import { firstTwoAxes, steadyBounds } from './live-map.ts'

const picture = (...latent: number[]) => ({ latent: Float32Array.from(latent) })

it('takes the first two of any number of latent axes', () => {
  const { x, y } = firstTwoAxes(Float32Array.of(1, 2, 3, 4, 5, 6), 2)
  expect([...x, ...y]).toEqual([1, 4, 2, 5])
})

it('holds every picture from a moment on, and only those', () => {
  const pictures = [picture(0, 0, 100, 100), picture(0, 0, 2, 1), picture(-4, 0, 0, 0)]
  expect(steadyBounds(pictures, 2, 1)).toEqual({ xMin: -4, xMax: 2, yMin: 0, yMax: 1 })
  expect(steadyBounds(pictures, 2, 0)?.xMax).toBe(100)
  expect(steadyBounds(pictures, 2, 3)).toBeNull()
})
