import { expect, it } from 'vitest'
import { defaultIntent } from '../../share/default-intent.ts'
import { presetOf, presetSetup, withOperators } from './setup-choice.ts'

it('begins with the thesis-inspired preset, and tells a changed one', () => {
  expect(presetOf(defaultIntent.fit)).toBe('thesis-inspired')
  expect(presetOf({ ...defaultIntent.fit, seed: 2 })).toBeNull()
  const energetic = presetSetup('energetic')
  expect(energetic && presetOf(energetic)).toBe('energetic')
  // A zero that is written out is the same as one that is left out.
  expect(energetic && presetOf({ ...energetic, truth: { td8: 0 } })).toBe('energetic')
  expect(presetSetup('own')).toBeNull()
})

it('keeps operators in order and drops the truth of one that is gone', () => {
  expect(withOperators(defaultIntent.fit, ['tq8', 'tG'])).toEqual({
    operators: ['tG', 'tq8'],
    truth: { tq8: -0.65 },
  })
})
