import { expect, it } from 'vitest'
import { setupSchema } from '../../intent.ts'
import { binsComplaint, parseRapidityEdges } from './rapidity-edges.ts'

it('reads edges with any separator and refuses what is no number of |y|', () => {
  expect(parseRapidityEdges('0, 0.8;2.4')).toEqual({ values: [0, 0.8, 2.4] })
  for (const bad of ['', 'wide', '-1 2', '0, 21', '0 1 2 3 4 5 6 7 8 9 10 11 12 13'])
    expect(parseRapidityEdges(bad)).toHaveProperty('complaint')
})

const inY = (yEdges: number[], rest: object = {}) =>
  binsComplaint(setupSchema.parse({ bins: 'mll-y-fb', yEdges, ...rest }))

it.each([
  ['edges that fall', inY([0, 1.6, 0.8]), /runs from 1.6 to 0.8/],
  ['edges twice', inY([0, 0, 2.4]), /runs from 0 to 0/],
  ['edges that part nothing', inY([0, 2.4]), /2 edges of \|y\| \(0, 2.4\) make 1 bin.*at least 3/],
  [
    'edges beyond the leptons',
    inY([0, 1.2, 1.6, 3], { absEtaMax: 1.5 }),
    /begins at 1.6, but leptons with \|eta\| < 1.5/,
  ],
  [
    'edges beyond the energy',
    inY([0, 1, 1.9], { sqrtSGeV: 5000 }),
    /begins at 1, but pairs of 2200 GeV at sqrt\(s\) = 5000 GeV end at \|y\| = 0.821/,
  ],
])('refuses %s with both numbers', (_, complaint, words) => {
  expect(complaint).toMatch(words)
})

it('takes the usual edges, and asks nothing of them where |y| is not binned', () => {
  expect(inY([0, 0.4, 0.8, 1.2, 1.6, 2.4])).toBeNull()
  expect(inY([1, 0], { bins: 'mll-fb' })).toBeNull()
})
