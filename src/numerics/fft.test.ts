import { expect, it } from 'vitest'
import { fourier } from './fft.ts'
import { createRng } from './rng.ts'

const rng = createRng(4)
const numbers = (n: number) => Float64Array.from({ length: n }, () => rng.normal())

it('is the sum that defines it', () => {
  const [x, y] = [numbers(32), numbers(32)]
  const [real, imaginary] = [x.slice(), y.slice()]
  fourier(real, imaginary)
  for (let k = 0; k < 32; k++) {
    let [a, b] = [0, 0]
    for (let j = 0; j < 32; j++) {
      const angle = (-2 * Math.PI * j * k) / 32
      a += x[j] * Math.cos(angle) - y[j] * Math.sin(angle)
      b += x[j] * Math.sin(angle) + y[j] * Math.cos(angle)
    }
    expect(real[k]).toBeCloseTo(a, 12)
    expect(imaginary[k]).toBeCloseTo(b, 12)
  }
})

it('comes back, and refuses what is no power of two', () => {
  const [x, y] = [numbers(1024), numbers(1024)]
  const [real, imaginary] = [x.slice(), y.slice()]
  fourier(real, imaginary)
  fourier(real, imaginary, true)
  for (let j = 0; j < 1024; j++) expect(real[j] / 1024).toBeCloseTo(x[j], 12)
  expect(() => fourier(numbers(12), numbers(12))).toThrow(/power of two.*12/)
})
