import { expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { averagingFactor, parseProcess } from './process.ts'

it.each([
  ['g g > t tbar (note, with > and words)', 'g g > t t~'],
  ['  u   ubar >go go (squarks decoupled)', 'u u~ > go go'],
  ['g g > sq sq* (one chirality)', 'g g > sq sq*'],
  ['u u~ > ul ul~', 'u u~ > uL uL*'],
  ['g b > t t tbar W- (mb=0)', 'g b > t t t~ W-'],
  ['t > b mu+ vmu', 't > b mu+ vmu'],
  ['u d~ > w+ h', 'u d~ > W+ H'],
  ['d dbar > y1 g', 'd d~ > Zp g'],
  ['g g > y0 g', 'g g > phi g'],
])('%s is read as %s', (text, name) => {
  expect(parseProcess(text).name).toBe(name)
})

it.each(['', '>', 'g g', 'g > ', 'g g g > t t~', 'g g > t > t~'])('"%s" is no process', (text) => {
  expect(() => parseProcess(text)).toThrow(/is no process/)
})

it.each([
  // 2 spins and 8 or 3 colours of each incoming leg; 1/2 for each pair of equal outgoing ones.
  ['g g > t t~', 1 / 256],
  ['g g > t t~ t t~', 1 / 1024],
  ['g b > t t t~ W-', 1 / 192],
  ['u u~ > g g g', 1 / 216],
  ['u u~ > go go', 1 / 72],
  ['t > b mu+ vmu', 1 / 6],
])('averages of %s', (name, factor) => {
  expect(averagingFactor(parseProcess(name))).toBeCloseToRel(factor, 1e-14)
})
