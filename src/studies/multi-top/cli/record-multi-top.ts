import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defineCommand } from '../../../cli/command.ts'
import { fileFetch, modelFolder, samplesFolder, transformerFolder, writeFiles } from '../../../cli/files.ts'
import { product } from '../../../product.ts'
import { recordTraining } from '../record-training.ts'

const shipped = join(transformerFolder, 'multi-top-small-5h')

export const recordMultiTopCommand = defineCommand({
  summary: 'the training that Train of top multiplicity begins with, into models/recorded',
  options: {
    out: {
      ...{ kind: 'output', what: 'file', default: join(modelFolder, 'recorded', 'multi-top-training.json') },
      help: 'the recorded training, as the page reads it',
    },
  },
  run: async ({ out }, log) => {
    const url = (...path: string[]) => pathToFileURL(join(...path)).href
    const text = await recordTraining(
      {
        page: url(samplesFolder, '..', '/'),
        model: { cardUrl: url(shipped, 'card.json'), weightsUrl: url(shipped, 'weights.bin') },
        http: { fetch: fileFetch },
      },
      (id) => url(samplesFolder, `${id}.json`),
      { date: new Date().toISOString().slice(0, 10), made: product },
      log,
    )
    writeFiles(dirname(out), [{ name: basename(out), bytes: text }])
    return { out, bytes: text.length }
  },
})
