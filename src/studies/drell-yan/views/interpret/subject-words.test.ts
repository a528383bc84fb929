import { expect, it } from 'vitest'
import { beginningSentence, inSentence } from './subject-words.ts'

it.each([
  ['live', 'Live universe', 'the live universe', 'The live universe'],
  ['universe', 'Universe 7', 'universe 7', 'Universe 7'],
  ['universe', 'Standard Model', 'the Standard Model', 'The Standard Model'],
  ['replica', 'Standard Model, replica 2', 'the Standard Model, replica 2', 'The Standard Model, replica 2'],
  ['measurement', 'CMS 13 TeV', 'CMS 13 TeV', 'CMS 13 TeV'],
  ['dropped', 'spectra.npy, row 3', 'spectra.npy, row 3', 'spectra.npy, row 3'],
] as const)('%s "%s"', (kind, title, within, beginning) => {
  expect(inSentence({ kind, title })).toBe(within)
  expect(beginningSentence({ kind, title })).toBe(beginning)
})
