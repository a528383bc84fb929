import { join } from 'node:path'
import { defineCommand } from '../../../cli/command.ts'
import { modelFolder, writeFiles } from '../../../cli/files.ts'
import { product } from '../../../product.ts'
import { AppError } from '../../../errors.ts'
import { recordAnswers } from '../record-answers.ts'
import { recordTraining } from '../record-training.ts'
import { openDatasetFolder, openModelFolder, defaultModelOf } from './open-files.ts'
import { openShippedClassifier } from './open-classifier.ts'
import { defaultDatasetId } from './shipped-data.ts'

export const recordDrellYanCommand = defineCommand({
  summary:
    'what Train, Interpret and Compare of Drell-Yan begin with, into models/recorded (after train-models)',
  options: {
    out: {
      ...{ kind: 'output', what: 'folder', default: join(modelFolder, 'recorded') },
      help: 'folder of recorded results',
    },
    only: { kind: 'choice', choices: ['training', 'answers'], help: 'one of the two files; absent: both' },
  },
  run: async ({ out, only }, log) => {
    const header = await openDatasetFolder(defaultDatasetId)
    const stamp = { date: new Date().toISOString().slice(0, 10), made: product }
    const files: { name: string; bytes: string }[] = []
    if (only !== 'answers')
      files.push({ name: 'drell-yan-training.json', bytes: await recordTraining(header, stamp, log) })
    if (only !== 'training') {
      const encoder = await openModelFolder(defaultModelOf(header), header, log)
      const classifier = await openShippedClassifier('dpn', header)
      if (!classifier)
        throw new AppError(
          'input/invalid',
          `No classifier of ${defaultDatasetId} is here to be measured. Train it with train-models.`,
        )
      const bytes = recordAnswers({ header, encoder, classifier }, stamp, log)
      files.push({ name: 'drell-yan-answers.json', bytes })
    }
    writeFiles(out, files)
    return Object.fromEntries(files.map(({ name, bytes }) => [name, bytes.length]))
  },
})
