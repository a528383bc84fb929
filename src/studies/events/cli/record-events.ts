import { basename, dirname, join } from 'node:path'
import { defineCommand } from '../../../cli/command.ts'
import { modelFolder, samplesFolder, writeFiles } from '../../../cli/files.ts'
import { product } from '../../../product.ts'
import { recordTraining } from '../record-training.ts'
import { openModels } from './open-models.ts'

export const recordEventsCommand = defineCommand({
  summary: 'the training that Train of models of new physics begins with, into models/recorded',
  options: {
    out: {
      ...{ kind: 'output', what: 'file', default: join(modelFolder, 'recorded', 'events-training.json') },
      help: 'the recorded training, as the page reads it',
    },
  },
  run: async ({ out }, log) => {
    const models = await openModels('gluinos', undefined, samplesFolder)
    const stamp = { date: new Date().toISOString().slice(0, 10), made: product }
    const text = await recordTraining(models, stamp, log)
    writeFiles(dirname(out), [{ name: basename(out), bytes: text }])
    return { out, bytes: text.length }
  },
})
