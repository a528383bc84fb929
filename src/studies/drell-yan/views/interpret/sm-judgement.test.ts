import { expect, it } from 'vitest'
import { unitNoise } from '../../analysis/replicas.ts'
import { smallBins as bins, smallCorpus } from '../../../../testing/small-universes.ts'
import { smJudgement } from './sm-judgement.ts'

const { universeModel: model } = (await smallCorpus()).header
const at = (whitened: ArrayLike<number>, noisy: boolean, kind: 'live' | 'measurement', absorbed = 0) =>
  smJudgement(model, { whitened: Float32Array.from(whitened), noisy, kind, absorbed })
const three = Array.from({ length: bins }, (_, b) => (b === 0 ? 3 : 0))

it('tells chi2 and p of a spectrum with noise, less what the covariance has absorbed', () => {
  expect(at(three, true, 'measurement', 3)).toContain(
    `covariance of data and theory, all ${bins} bins: χ² = 9.00 / ${bins - 3} (p = `,
  )
})

it('tells an expectation the chi2 that its measurements have on average', () => {
  expect(at(three, false, 'live')).toContain(
    `D = 3.00; measurements of it have χ² = ${9 + bins}.0 / ${bins} `,
  )
  // The same from 4,000 measurements: D^2 + n, its spread sqrt(2 n + 4 D^2).
  const draws = 4000
  let sum = 0
  for (let i = 0; i < draws; i++)
    unitNoise(bins, 2, 0, i).forEach((g, b) => (sum += (three[b] + g) ** 2 / draws))
  expect(Math.abs(sum - 9 - bins)).toBeLessThan(4 * Math.sqrt((2 * bins + 36) / draws))
})
