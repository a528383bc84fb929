import { checkFolderContent } from '../../../cli/check-folder-content.ts'
import { defineCommand } from '../../../cli/command.ts'
import { resumable, resumeOptions } from '../../../cli/resumable-run.ts'
import { modelFileNames } from '../../../ml/model-files.ts'
import { eventsDatasets } from '../datasets.ts'
import { readModels, trainEventsAndWrite } from './train-and-write.ts'
import { configOf, trainingOptions } from './training-options.ts'

export const trainEventsCommand = defineCommand({
  summary: 'trains an encoder of sets of events and writes card.json, model.json, weights.bin',
  options: {
    dataset: {
      ...{ kind: 'choice', choices: eventsDatasets.map(({ id }) => id), default: 'gluinos' },
      help: 'whose models it learns to tell apart',
    },
    out: {
      ...{ kind: 'output', what: 'folder', required: true },
      help: 'where card.json, model.json and weights.bin are written',
    },
    id: { kind: 'id', default: 'my-events-encoder', help: 'of the model' },
    title: { kind: 'text', most: 200, default: 'My encoder of sets', help: 'on the card' },
    ...trainingOptions,
    ...resumeOptions,
  },
  run: async (options, log, texts) => {
    const { id, title, out, dataset, samples, events } = options
    checkFolderContent('out', out, modelFileNames)
    const read = await readModels(samples, dataset)
    const count = read.models.length
    const config = configOf(options, count)
    const description = `Trained with the command line on sets of ${events} events of ${count} models.`
    return resumable(
      { command: 'train-events', options, texts, rests: { 'the samples of sha256': read.hash } },
      log,
      (run) =>
        trainEventsAndWrite({ id, title, description, dataset, config, perSet: events }, read, out, log, run),
    )
  },
})
