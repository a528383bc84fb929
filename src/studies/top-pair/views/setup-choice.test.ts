import { expect, it } from 'vitest'
import { topPairDefaults } from '../default-intent.ts'
import { setupNameOf, setupNamed, withOperators } from './setup-choice.ts'

it('begins with new physics in the tail, and tells a changed preset', () => {
  expect(setupNameOf(topPairDefaults.fit)).toBe('signal')
  expect(setupNameOf({ ...topPairDefaults.fit, networks: 'trained', replicas: 1 })).toBe('signal')
  expect(setupNameOf({ ...topPairDefaults.fit, seed: 2 })).toBeNull()
  const energetic = setupNamed('energetic')
  expect(energetic && setupNameOf(energetic)).toBe('energetic')
  // A zero that is written out is the same as one that is left out.
  expect(energetic && setupNameOf({ ...energetic, truth: { td8: 0 } })).toBe('energetic')
  expect(setupNamed('own')).toBeNull()
})

it('keeps operators in order and drops the truth of one that is gone', () => {
  expect(withOperators(topPairDefaults.fit, ['tq8', 'tG'])).toEqual({
    operators: ['tG', 'tq8'],
    truth: { tq8: topPairDefaults.fit.truth.tq8 },
  })
})
