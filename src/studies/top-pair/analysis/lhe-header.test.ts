import { describe, expect, it } from 'vitest'
import { benchmarksFromNames } from './lhe-benchmarks.ts'
import { headerPoints, operatorCalled } from './lhe-header.ts'

const header = (weights: string, lambda = '1.000000e+03') => `<header>
<slha>
BLOCK SMINPUTS #
      3 1.184000e-01 # aS
BLOCK DIM6 #
      1 ${lambda} # Lambda
      5 0.000000e+00 # ctd8
      6 5.000000e-01 # ctq8
      7 0.0 # cmine
</slha>
<initrwgt>
<weightgroup name="mg_reweighting">
${weights}
</weightgroup>
</initrwgt>
</header>`
const weight = (id: string, ...lines: string[]) =>
  `<weight id='${id}'>${lines.map((line) => `set param_card ${line} # orig: 0.0`).join('\n')}</weight>`
const read = (weights: string, lambda?: string) =>
  Object.fromEntries(
    [...headerPoints(header(weights, lambda))].map(([id, point]) => [id, Object.fromEntries(point)]),
  )

describe('weights that the header of a file explains', () => {
  it('start from its card and are set entry by entry', () => {
    const weights = [
      weight('rwgt_1', 'dim6 5 0.0', 'dim6 6 0'),
      weight('rwgt_2', 'dim6 5 2.0'),
      weight('rwgt_3', 'DIM6 5 -2.0D+00', 'dim6 6 1', 'dim6 7 0.0'),
    ]
    expect(read(weights.join('\n'))).toEqual({
      rwgt_1: { td8: 0, tq8: 0 },
      rwgt_2: { td8: 2, tq8: 0.5 },
      rwgt_3: { td8: -2, tq8: 1 },
    })
  })

  it('are divided by the square of its Lambda', () => {
    expect(read(weight('a', 'dim6 5 8'), '2000.')).toEqual({ a: { td8: 2, tq8: 0.125 } })
  })

  it.each([
    ['another operator is set', weight('a', 'dim6 7 1')],
    ['another parameter is set', weight('a', 'sminputs 3 0.12', 'dim6 5 1')],
    ['an entry is not there', weight('a', 'dim6 9 1')],
    ['a value is no number', weight('a', 'dim6 5 one')],
    ['it says something else', '<weight id="1001"> muR=0.10000E+01 muF=0.10000E+01 </weight>'],
    ['its tag is cut', '<weight id="a'],
  ])('are not taken where %s', (_, weights) => expect(read(weights)).toEqual({}))

  it('make benchmarks', () => {
    const points = headerPoints(
      header([0, 2, -2].map((c) => weight(`w${c}`, `dim6 5 ${c}`, 'dim6 6 0')).join('\n')),
    )
    expect(benchmarksFromNames(['w0', 'w2', 'w-2', '1001'], points)).toEqual({
      operators: ['td8'],
      points: { w0: [0], w2: [2], 'w-2': [-2] },
    })
    expect(benchmarksFromNames(['w0', 'w2'], points)).toBeNull()
  })
})

it.each([
  [['sm', 'ctd8=2', 'ctd8=-2'], { sm: [0], 'ctd8=2': [2], 'ctd8=-2': [-2] }],
  [
    ['EFTrwgt1_ctd8_0.0', 'EFTrwgt2_ctd8_2.0', 'EFTrwgt_ctd8_-2'],
    { 'EFTrwgt1_ctd8_0.0': [0], 'EFTrwgt2_ctd8_2.0': [2], 'EFTrwgt_ctd8_-2': [-2] },
  ],
])('names as generators write them: %s', (names, points) => {
  expect(benchmarksFromNames(names)).toEqual({ operators: ['td8'], points })
})

it.each([
  ['td8', 'td8'],
  ['ctd8', 'td8'],
  ['cQq18', 'Qq18'],
  ['ctG', 'tG'],
  ['cQD8', 'Qd8'],
  ['mine', undefined],
  ['c'.repeat(100_000), undefined],
])('the operator %.9s', (name, operator) => expect(operatorCalled(name)).toBe(operator))
