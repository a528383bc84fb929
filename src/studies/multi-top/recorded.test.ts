import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readRecordedTraining } from '../../core/training/recorded-training-file.ts'
import { stepsOf } from './analysis/training/training-settings.ts'
import { multiTopDefaults } from './default-intent.ts'
import { recordedLosses } from './state/recorded-losses.ts'
import { trainingKey } from './state/transformer-setup.ts'

it('the recorded training is that of the settings that the page opens with, with both losses', () => {
  const url = new URL('../../../models/recorded/multi-top-training.json', import.meta.url)
  const { key, seen, beside } = readRecordedTraining(readFileSync(url, 'utf8'))
  const { training, seed } = multiTopDefaults
  expect(key).toBe(trainingKey(training, null, seed))
  expect(seen).toMatchObject({ step: stepsOf(training), previewItems: { length: 300 } })
  expect(seen.moments).toHaveLength(training.epochs)
  const { records, levels } = recordedLosses(key, beside)
  expect(records).toHaveLength(training.epochs)
  expect(records.at(-1)?.validationClassification).toBeLessThan(levels?.chance ?? 0)
  expect(() => recordedLosses(key, { records })).toThrow(/recorded training is not as expected.*levels/s)
})
