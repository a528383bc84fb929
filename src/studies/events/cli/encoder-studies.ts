import { AppError } from '../../../errors.ts'
import { defineCommand } from '../../../cli/command.ts'
import { countRange } from '../../../cli/options/ranges.ts'
import { resumable, resumeOptions } from '../../../cli/resumable-run.ts'
import { runParts } from '../../../cli/run-parts.ts'
import { areNeighbours, gluinoOf } from '../analysis/encoder/gluino-grid.ts'
import { cloudsOf, nearestClouds } from '../analysis/encoder/map-quality.ts'
import { mapReport } from '../analysis/encoder/map-report.ts'
import { eventsDatasets } from '../datasets.ts'
import { readKnownPairs } from './known-pairs.ts'
import { modelsOf } from './open-models.ts'
import { readModels, trainEncoderOfSets } from './train-and-write.ts'
import { configOf, trainingOptions } from './training-options.ts'

/** One training of a study. */
interface Part {
  id: string
  seed: number
  latentDim: number
  /** Model that is left out of the training. */
  without?: string
}

export const encoderStudiesCommand = defineCommand({
  summary: 'trains encoders of sets of events anew: by seed, with more dimensions, without one of the models',
  options: {
    study: {
      kind: 'choice',
      choices: ['seeds', 'dimensions', 'hold-out'],
      required: true,
      help: 'seeds: mean area, what orders the map, and its areas beside limits; dimensions: 2 beside --more; hold-out: where a model lies that was not trained on',
    },
    dataset: {
      ...{ kind: 'choice', choices: eventsDatasets.map(({ id }) => id), default: 'gluinos' },
      help: 'whose models',
    },
    repeat: { kind: 'number', ...countRange(1, 100), default: '5', help: 'trainings, of as many seeds' },
    pairs: {
      ...{ kind: 'file', what: 'answer of latent-distances' },
      help: 'with networks of single events (--sets 1), for the order of pairs, and with limits; of all models of the dataset',
    },
    more: { kind: 'number', ...countRange(3, 64), default: '8', help: 'latent dimensions beside 2' },
    ...trainingOptions,
    ...resumeOptions,
  },
  run: async (options, log, texts) => {
    const { study, dataset, samples, events, repeat, more } = options
    const ids = modelsOf(dataset)
    if (study === 'hold-out' && ids.some((id) => gluinoOf(id) === undefined))
      throw new AppError(
        'input/invalid',
        `hold-out compares with the grid of gluino masses, ${dataset} has none. Choose --dataset gluinos.`,
      )
    const known = options.pairs === undefined ? undefined : await readKnownPairs(options.pairs, ids)
    const { models, hash } = await readModels(samples, dataset)
    const seeds = Array.from({ length: repeat }, (_, i) => options.seed + i)
    const parts = seeds.flatMap((seed): Part[] => {
      const own = { seed, latentDim: options['latent-dim'] }
      if (study === 'seeds') return [{ id: `seed ${seed}`, ...own }]
      if (study === 'dimensions')
        return [2, more].map((latentDim) => ({ id: `seed ${seed}, ${latentDim}-D`, seed, latentDim }))
      return ids.map((without) => ({ id: `seed ${seed}, without ${without}`, ...own, without }))
    })
    const request = {
      ...{ command: 'encoder-studies', options, texts },
      rests: { 'the samples of sha256': hash, ...(known && { 'the pairs of sha256': known.hash }) },
    }
    const trainings = await resumable(request, log, (run) =>
      runParts(
        run,
        parts,
        () => true,
        async ({ id, seed, latentDim, without }, own) => {
          log(`== ${id}`)
          const trainedOn = models.filter((model) => model.id !== without)
          const config = configOf({ ...options, seed, 'latent-dim': latentDim }, trainedOn.length)
          const spec = { id: 'study', title: id, config, perSet: events }
          const { outcome, encoder } = await trainEncoderOfSets(spec, trainedOn, log, own)
          const clouds = await cloudsOf(models, encoder)
          const { step, heldOutLoss } = outcome
          const report = mapReport(clouds, known?.pairs ?? [], { perSet: events, seed })
          const trained = { training: id, seed, latentDim, step, heldOutLoss, ...report }
          if (without === undefined) return trained
          const heldOut = clouds.find((cloud) => cloud.id === without)!
          const [nearest] = nearestClouds(
            heldOut,
            clouds.filter((cloud) => cloud !== heldOut),
          )
          return { ...trained, without, nearest, neighbours: areNeighbours(without, nearest, ids) }
        },
      ),
    )
    return { study, dataset, trainings }
  },
})
