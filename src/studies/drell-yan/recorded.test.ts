import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readRecordedTraining } from '../../core/training/recorded-training-file.ts'
import { drellYanDefaults } from './default-intent.ts'
import { readRecordedAnswers, writeRecordedAnswers } from './recorded-answers.ts'
import { drellYanProductVersion } from './state/products.ts'
import { trainingKey } from './state/training-key.ts'

const shipped = (path: string): string =>
  readFileSync(new URL(`../../../models/${path}`, import.meta.url), 'utf8')
const card = JSON.parse(shipped(`${drellYanDefaults.model}/card.json`)) as {
  dataset: { manifestSha256: string }
  weightsSha256: string
}
const { manifestSha256: manifestHash } = card.dataset
const answers = shipped('recorded/drell-yan-answers.json')

it('the recorded training is that of the settings that the page opens with', () => {
  const { key, seen } = readRecordedTraining(shipped('recorded/drell-yan-training.json'))
  const { order, training } = drellYanDefaults
  expect(key).toBe(trainingKey(manifestHash, order, training))
  expect(seen).toMatchObject({ step: training.steps, steps: training.steps })
  expect(seen.moments.length).toBeGreaterThan(10)
})

it('the recorded answers are of the dataset and encoder that the page opens with, by this version', () => {
  const { version, evaluation, retrieval, limits, comparison, classes } = readRecordedAnswers(answers)
  expect(version).toBe(drellYanProductVersion)
  for (const made of [evaluation, retrieval, limits, comparison])
    expect(made).toMatchObject({
      manifestHash,
      encoder: drellYanDefaults.model,
      encoderHash: card.weightsSha256,
    })
  expect(comparison).toMatchObject({ ids: drellYanDefaults.compare.maps, compared: { neighbours: 15 } })
  const { method, classes: count } = drellYanDefaults.classifier
  expect(JSON.parse(classes.key)).toEqual([manifestHash, method, count, 'spectrum', 2000, 1, ''])
})

it('answers come back as they were written, curves thinned; a damaged file is refused', () => {
  const read = readRecordedAnswers(answers)
  const again = readRecordedAnswers(writeRecordedAnswers(read))
  expect(again.evaluation.classes[3].scores).toEqual(read.evaluation.classes[3].scores)
  expect(again.comparison.compared.maps[1].meanKept).toBe(read.comparison.compared.maps[1].meanKept)
  expect(() => readRecordedAnswers(answers.replace('"bayes"', '"bay"'))).toThrow(
    /recorded answer is not as expected.*bayes/s,
  )
})
