import { expect, it } from 'vitest'
import { uncounted } from '../../numerics/kept-neighbours.ts'
import { keptColours, keptOf, keptSentence, keptShort } from './kept-words.ts'

const words = { truth: 'sets', maps: ['this map'] }
const all = { k: 15, chance: 0.01, maps: [{ mean: 3.21 }], sample: null }
const some = { ...all, sample: { size: 15_384, of: 26_000 } }

it('says how many neighbours a map keeps, and of how many dots that was counted where it is a sample', () => {
  expect(keptShort(all, words)).toBe('of 15 true neighbours, 3.2 in this map')
  expect(keptShort(some, words)).toMatch(/3\.2 in this map \(a sample of 15.384 dots\)$/)
  expect(keptSentence(all, words)).toMatch(/3\.2 are among the 15 nearest in this map \(0\.0 by chance\)$/)
  expect(keptSentence(some, words)).toMatch(/by chance; counted on a sample of 15.384 of 26.000\)$/)
})

it('a dot that was not counted has no number and no colour', () => {
  const map = { neighbours: new Int32Array(45), kept: Uint8Array.of(6, uncounted, 15), mean: 10.5 }
  const kept = { ...some, truth: new Int32Array(45), maps: [map] }
  expect([0, 1, 2, 9].map((dot) => keptOf(kept, 0, dot))).toEqual([
    '6 of 15',
    undefined,
    '15 of 15',
    undefined,
  ])
  const { colours } = keptColours(kept, 0, 3, (dot) => dot)
  if (colours.kind !== 'value') throw new Error('no ramp')
  expect(Array.from(colours.value)).toEqual([expect.closeTo(0.4), NaN, 1])
})
