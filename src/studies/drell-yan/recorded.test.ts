import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { drain } from '../../numerics/drain.ts'
import { empiricalPValue } from '../../statistics/anomaly/roc.ts'
import { knownUniverses, positiveUniverses } from './analysis/anomaly/known-universes.ts'
import { empiricalScores } from './analysis/anomaly/scorer.ts'
import { openDatasetFolder, openModelFolder } from './cli/open-files.ts'
import { defaultDatasetId } from './cli/shipped-data.ts'
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
  const { version, evaluation, retrieval, limits, known, comparison, classes } = readRecordedAnswers(answers)
  expect(version).toBe(drellYanProductVersion)
  for (const made of [evaluation, retrieval, limits, known, comparison])
    expect(made).toMatchObject({
      manifestHash,
      encoder: drellYanDefaults.model,
      encoderHash: card.weightsSha256,
    })
  expect(comparison).toMatchObject({ ids: drellYanDefaults.compare.maps, compared: { neighbours: 15 } })
  const { method, classes: count } = drellYanDefaults.classifier
  expect(JSON.parse(classes.key)).toEqual([manifestHash, method, count, 'spectrum', 2000, 1, ''])
})

it('recorded scores of known spectra are those that the page would draw', async () => {
  const { calibration } = readRecordedAnswers(answers).known
  const header = await openDatasetFolder(defaultDatasetId)
  const { mlp } = await openModelFolder(drellYanDefaults.model, header, () => undefined)
  const { universeModel, whitenedMeans, table, manifest } = header
  const kept = positiveUniverses(table.flags, manifest.order)
  const drawn = drain(knownUniverses(universeModel, mlp, whitenedMeans, kept, manifest.order))
  for (const name of empiricalScores) {
    const scores = drawn.calibration[name]
    expect(calibration[name]).toHaveLength(scores.length)
    calibration[name].forEach((score, i) => expect(Math.abs(score / scores[i] - 1)).toBeLessThan(1e-5))
    // What is read off them: a p-value moves by two spectra of 4,000 at most.
    for (const score of scores.filter((_, i) => i % 97 === 0)) {
      const moved = empiricalPValue(calibration[name], score) - empiricalPValue(scores, score)
      expect(Math.abs(moved)).toBeLessThan(2.5 / scores.length)
    }
  }
  const request = [universeModel, mlp, whitenedMeans, kept, manifest.order, undefined] as const
  expect(drain(knownUniverses(...request, calibration))).toEqual({ ...drawn, calibration })
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
