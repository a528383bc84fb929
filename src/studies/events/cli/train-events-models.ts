import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkFolderContent } from '../../../cli/check-folder-content.ts'
import { defineCommand } from '../../../cli/command.ts'
import { modelFolder, samplesFolder } from '../../../cli/files.ts'
import { countRange } from '../../../cli/options/ranges.ts'
import { resumable, resumeOptions } from '../../../cli/resumable-run.ts'
import { runParts } from '../../../cli/run-parts.ts'
import { modelFileNames } from '../../../ml/model-files.ts'
import { eventsTraining } from '../analysis/encoder/encoder-settings.ts'
import type { EventsDataset } from '../datasets.ts'
import {
  readModels,
  trainEventsAndWrite,
  type EncoderToTrain,
  type SampledModels,
} from './train-and-write.ts'

const perSet = 10

/** Encoders that are shipped: deep sets, so that one map serves sets of any size. */
const shipped: (Omit<EncoderToTrain, 'config'> & { dataset: EventsDataset['id'] })[] = [
  {
    ...{ id: 'events-gluinos-2d', dataset: 'gluinos', title: 'Map of gluinos, 2-D', perSet },
    description: 'Deep set with the pair loss on sets of ten events of nine gluino models.',
  },
  {
    ...{ id: 'events-dark-matter-2d', dataset: 'dark-matter', title: 'Map of dark matter, 2-D', perSet },
    description: 'Deep set with the pair loss on sets of ten events of thirteen models.',
  },
]

export const trainEventsModelsCommand = defineCommand({
  summary: 'trains every encoder of sets of events that the page ships, into models/ (seeded)',
  options: {
    only: { kind: 'choice', choices: shipped.map(({ id }) => id), help: 'one model; absent: all' },
    out: {
      ...{ kind: 'output', what: 'folder', default: modelFolder },
      help: 'folder that holds a folder for each model',
    },
    steps: { kind: 'number', ...countRange(1, 50_000), default: '1000', help: 'training steps of each' },
    ...resumeOptions,
  },
  run: async (options, log, texts) => {
    const { out, steps } = options
    const models = shipped
      .filter(({ id }) => options.only === undefined || id === options.only)
      .map((spec) => ({ id: spec.id, spec, folder: join(out, spec.id) }))
    for (const { folder } of models) checkFolderContent('out', folder, modelFileNames)
    const read = new Map<string, SampledModels>()
    for (const { spec } of models) read.set(spec.dataset, await readModels(samplesFolder, spec.dataset))
    const rests = Object.fromEntries(
      [...read].map(([id, { hash }]) => [`the samples of ${id} of sha256`, hash]),
    )
    const whole = ({ folder }: { folder: string }) => existsSync(join(folder, 'weights.bin'))
    return resumable({ command: 'train-events-models', options, texts, rests }, log, (run) =>
      runParts(run, models, whole, ({ id, spec, folder }, own) => {
        log(`== ${id}`)
        const samples = read.get(spec.dataset)!
        const usual = eventsTraining({ models: samples.models.length, perSet, network: 'deep-set' })
        const config = { ...usual, steps, backend: 'kernels' as const }
        return trainEventsAndWrite({ ...spec, config }, samples, folder, log, own)
      }),
    )
  },
})
