import { expect, it } from 'vitest'
import { leftOut, shapeTitle } from './shape-words.ts'

const shape = { kind: 'resonance', massGeV: 400, widthGeV: 20, strength: 0.2 } as const

it('names a shape', () => {
  expect(shapeTitle(shape)).toBe('a resonance at 400 GeV')
  expect(shapeTitle({ ...shape, kind: 'slope' })).toBe('a slope')
})

it.each([
  [null, 'none', 'live', null],
  [shape, 'none', 'live', 'Shown here without a resonance at 400 GeV, which Interpret adds.'],
  [
    shape,
    'replica',
    'live',
    'Shown here without a resonance at 400 GeV and the noise of a replica, which Interpret adds.',
  ],
  [null, 'replica', 'live', 'Shown here without the noise of a replica, which Interpret adds.'],
  [null, 'replica', 'measurement', null], // it has its own, and gets no more
] as const)('says what a view of the focus leaves out: %j, %s, %s', (drawn, noise, kind, text) => {
  expect(leftOut({ shape: drawn, noise, focus: { kind } })).toBe(text)
})
