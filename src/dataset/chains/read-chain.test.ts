import { describe, expect, it } from 'vitest'
import { readChain } from './read-chain.ts'

const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) })
const lines = (row: (i: number) => string, count = 30) =>
  Array.from({ length: count }, (_, i) => row(i)).join('\n')
const smefit = (of: object) => file('posterior.json', JSON.stringify(of))
const draws = (count: number) => Array.from({ length: count }, (_, i) => i / 10)

it('GetDist: weight, -ln L and parameters of several files, limits beside them', async () => {
  const chain = await readChain([
    file(
      'run_1.txt',
      lines((i) => `2 ${i} 0.${i} 5`),
    ),
    file('run.paramnames', 'td8\tc_{td}\nA_s* amplitude\n'),
    file(
      'run_2.txt',
      lines((i) => `3.0e0  ${i} -0.5 1`),
    ),
    file('run.ranges', 'td8 -2 N\n'),
    file('run.properties.ini', 'burn_removed = True\n'),
  ])
  expect(chain).toMatchObject({
    format: 'GetDist',
    names: ['td8', 'A_s'],
    weighted: true,
    ranges: { td8: { min: -2 } },
  })
  expect([chain.weights.length, chain.weights[0], chain.weights[59]]).toEqual([60, 2, 3])
  expect([...chain.values.slice(2, 4), chain.values[118]]).toEqual([0.1, 5, -0.5])
  expect(chain.logL?.[7]).toBe(-7)
})

it('UltraNest: weights, likelihoods and names of the header; equally weighted too', async () => {
  const weighted = await readChain([
    file('weighted_post.txt', `weight logl ctd8 ctq8\n${lines((i) => `${i}e-3 -${i} 0.5 0.25`)}`),
  ])
  expect(weighted).toMatchObject({ format: 'UltraNest', names: ['ctd8', 'ctq8'], weighted: true })
  expect([weighted.weights[3], weighted.logL?.[3], weighted.values[1]]).toEqual([0.003, -3, 0.25])
  const equal = await readChain([file('equal_weighted_post.txt', `ctd8 ctq8\n${lines(() => '0.5 0.25')}`)])
  expect(equal).toMatchObject({ names: ['ctd8', 'ctq8'], weighted: false, logL: null })
})

it('a table of emcee: columns by name, those of the sampler left out, a header in a comment too', async () => {
  const chain = await readChain([
    file('chain.csv', `,walker,td8,tq8,log_prob\n${lines((i) => `${i},1,0.5,0.25,-${i}`)}`),
  ])
  expect(chain).toMatchObject({ format: 'a table', names: ['td8', 'tq8'], weighted: false })
  expect(chain.logL?.[2]).toBe(-2)
  const plain = await readChain([file('chain.txt', `# td8 tq8\n${lines(() => '0.5 0.25')}`)])
  expect(plain.names).toEqual(['td8', 'tq8'])
})

it('SMEFiT: lists of draws, alone or under "samples"', async () => {
  const samples = { OtG: draws(20), O8dt: draws(20) }
  const beside = {
    ...{ logz: -3, max_loglikelihood: -1, best_fit_point: { OtG: 1, O8dt: 0 } },
    free_parameters: ['OtG'],
  }
  for (const of of [samples, { ...samples, single_parameter_fits: false }, { samples, ...beside }]) {
    const chain = await readChain([smefit(of)])
    expect(chain).toMatchObject({ format: 'SMEFiT', names: ['OtG', 'O8dt'], weighted: false })
    expect([...chain.values.slice(0, 4)]).toEqual([0, 0, 0.1, 0.1])
  }
})

it('SMEFiT: a fit of one coefficient alone is a posterior', async () => {
  const chain = await readChain([
    smefit({ samples: { OtG: draws(20), O8dt: [] }, logz: { OtG: -3 }, single_parameter_fits: true }),
  ])
  expect(chain).toMatchObject({ format: 'SMEFiT', names: ['OtG'] })
})

it('UltraNest of before: weights and -ln L without a header, names beside them', async () => {
  const chain = await readChain([
    file(
      'weighted_post.txt',
      lines((i) => `${i}.0e-03 ${i}.0e+00 5.0e-01 2.5e-01`),
    ),
    file('weighted_post.paramnames', 'ctd8\nctq8\n'),
  ])
  expect(chain).toMatchObject({ names: ['ctd8', 'ctq8'], weighted: true })
  expect([chain.weights[3], chain.logL?.[3], chain.values[1]]).toEqual([0.003, -3, 0.25])
})

describe('is refused in a sentence', () => {
  const names = file('run.paramnames', 'td8\ntq8\n')
  const table = (row: (i: number) => string) => file('chain.csv', `weight,td8\n${lines(row)}`)
  const cases: [string, Parameters<typeof readChain>[0], RegExp][] = [
    [
      'names of another count',
      [
        names,
        file(
          'run.txt',
          lines(() => '1 2 3'),
        ),
      ],
      /names 2 parameters, run\.txt has 3 columns: .* are 4/,
    ],
    ['names alone', [names], /comes without a chain/],
    [
      'rows of unequal length',
      [names, file('run.txt', `${lines(() => '1 2 3 4')}\n1 2 3`)],
      /line 31 has 3 columns/,
    ],
    ['a negative weight', [table((i) => `${i === 4 ? -1 : 1},2`)], /line 6: its weight is -1/],
    ['a weight that is none', [table((i) => `${i === 4 ? 'nan' : 1},2`)], /line 6: its weight is NaN/],
    ['weights of nothing', [table(() => '0,2')], /all its weights are 0/],
    ['a value that is none', [table((i) => `1,${i === 4 ? 'inf' : 1}`)], /line 6: td8 is Infinity/],
    ['few draws', [file('c.csv', 'td8\n1\n2\n')], /2 draws, a density needs 20/],
    [
      'no names',
      [
        file(
          'c.csv',
          lines(() => '1,2'),
        ),
      ],
      /2 columns without names/,
    ],
    [
      'lists of unequal length',
      [smefit({ OtG: draws(20), O8dt: draws(21) })],
      /20 draws of OtG and 21 of O8dt/,
    ],
    [
      'fits of one coefficient each',
      [smefit({ samples: { OtG: draws(20), O8dt: draws(21) }, single_parameter_fits: true })],
      /fits of one coefficient at a time .* 2 of them: they have no joint posterior/,
    ],
    [
      'the same of before',
      [smefit({ OtG: draws(20), O8dt: draws(21), single_parameter_fits: true })],
      /no joint posterior/,
    ],
    [
      'the unit cube of UltraNest',
      [file('weighted_post_untransformed.txt', `weight logl ctd8\n${lines(() => '0.1 -3 0.5')}`)],
      /places in the unit cube of the prior/,
    ],
    [
      'the summary of UltraNest',
      [smefit({ niter: 100, logz: -3, paramnames: ['ctd8'], posterior: { mean: [0] } })],
      /no posterior of SMEFiT.*chains\/equal_weighted_post\.txt of UltraNest/,
    ],
    ['other JSON', [smefit({ OtG: 'many' })], /no posterior of SMEFiT.*OtG/],
    ['half of a file', [file('posterior.json', '{"OtG": [1, 2')], /is no JSON/],
    ['two chains', [table(() => '1,2'), table(() => '1,2')], /files of several chains/],
  ]
  it.each(cases)('%s', async (_, files, words) => {
    await expect(readChain(files)).rejects.toThrow(words)
  })
})
