import { expect, it } from 'vitest'
import { sliderFill, sliderKey } from './slider-keys.ts'

it('steps by 1/50 of the half width, finer with Shift, and stops at the ends', () => {
  expect(sliderKey('ArrowRight', false, 0, 0.5)).toBe(0.01)
  expect(sliderKey('ArrowDown', true, 0, 0.5)).toBe(-0.001)
  expect(sliderKey('PageUp', false, 0.45, 0.5)).toBe(0.5)
  expect(sliderKey('Home', false, 0.2, 0.5)).toBe(-0.5)
})

it('stops at zero instead of stepping over it', () => {
  expect(sliderKey('ArrowLeft', false, 0.004, 0.5)).toBe(0)
  let value = 0
  for (let k = 0; k < 10; k++) value = sliderKey('ArrowRight', false, value, 0.0062) ?? NaN
  for (let k = 0; k < 10; k++) value = sliderKey('ArrowLeft', false, value, 0.0062) ?? NaN
  expect(value).toBe(0)
})

it('resets with 0 and leaves other keys alone', () => {
  expect(sliderKey('0', false, 0.3, 1)).toBe(0)
  expect(sliderKey('Tab', false, 0.3, 1)).toBeUndefined()
})

it('fills from the centre to the value and never beyond the track', () => {
  expect(sliderFill(0.5, 1)).toEqual({ from: 50, to: 75 })
  expect(sliderFill(-2, 1)).toEqual({ from: 0, to: 50 })
  expect(sliderFill(0, 0)).toEqual({ from: 50, to: 50 })
})
