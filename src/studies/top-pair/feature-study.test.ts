import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { modelFolder } from '../../cli/files.ts'
import { smallFeatureStudy } from '../../testing/small-feature-study.ts'
import { readFeatureStudy } from './feature-study.ts'

it('comes back as it was written; another thing from the host is refused with what is wrong', () => {
  expect(readFeatureStudy(JSON.stringify(smallFeatureStudy))).toEqual(smallFeatureStudy)
  expect(() => readFeatureStudy('<!doctype html>')).toThrow(/not JSON/)
  expect(() => readFeatureStudy(JSON.stringify({ ...smallFeatureStudy, terms: 7 }))).toThrow(/terms/)
})

it('the shipped one has every step, and no loss of networks below the exact limit by more than its error', () => {
  const { losses, terms, intervals } = readFeatureStudy(
    readFileSync(join(modelFolder, 'recorded', 'features.json'), 'utf8'),
  )
  expect(intervals.map(({ step }) => step)).toEqual(['binned', 'parton', '11', '14', 'ml4eft-18', 'exact'])
  terms.forEach((_, t) => {
    expect(losses.partonLearned![t]).toBeGreaterThanOrEqual(losses.partonExact[t])
    for (const { terms: learned } of losses.learned)
      expect(learned[t].loss).toBeGreaterThan(losses.finalState[t] - 4 * learned[t].error)
  })
})
