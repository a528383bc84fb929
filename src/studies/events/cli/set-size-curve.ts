import { defineCommand } from '../../../cli/command.ts'
import { modelOption } from '../../../cli/folder-options.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import { AppError } from '../../../errors.ts'
import { setSizeCurve, type SetSizeEvent } from '../analysis/distances/set-size-curve.ts'
import { sizeCurves } from '../analysis/distances/size-curves.ts'
import type { EventsDataset } from '../datasets.ts'
import { openEncoder } from './open-encoder.ts'
import { modelsOf, openModels, sampleOptions } from './open-models.ts'

export const setSizeCurveCommand = defineCommand({
  summary:
    'how well two models of events come apart on the map, by a network of their own and at best, against the size of sets',
  options: {
    ...sampleOptions,
    pair: {
      kind: 'words',
      most: 100,
      help: 'two models of the dataset, such as vector-m500,znunu-j; left out: all whose limit for ten events is between .55 and .9',
    },
    sizes: {
      kind: 'numbers',
      least: 1,
      most: 12,
      ...countRange(1, 50),
      default: '1,3,10,30',
      help: 'events of a set',
    },
    model: {
      ...modelOption,
      cure: 'Train it in the page and export it.',
      help: `${modelOption.help}, which takes sets of its own size alone, or of any where it is a deep set; left out: the best linear map of all models of the dataset at each size`,
    },
    networks: {
      kind: 'flag',
      help: 'train a network for the pair at each size, a minute or so each; not for all pairs',
    },
    seed: { kind: 'number', ...seedRange, default: '1', help: 'of sets and networks' },
  },
  run: async ({ dataset, samples, pair: names, sizes, model, networks: supervised, seed }, log) => {
    const known = modelsOf(dataset)
    const pair = names && placesOf(names, dataset)
    if (!pair && supervised)
      throw new AppError(
        'input/invalid',
        '--networks trains for one pair, and --pair names none. Choose two models of the dataset.',
      )
    const models = await openModels(dataset, known, samples)
    const request = { models, sizes, encoders: model === undefined ? null : [await openEncoder(model)], seed }
    if (pair) {
      const curve = await lastOf(setSizeCurve({ ...request, pair, supervised }), log)
      return { dataset, pair: names, seed, ...curve }
    }
    const pairs = await lastOf(sizeCurves(request), log)
    return { dataset, seed, pairs, rising: pairs.filter(({ rises }) => rises).length, of: pairs.length }
  },
})

/** @throws AppError 'input/invalid' unless these are two models of the dataset */
function placesOf(names: readonly string[], dataset: EventsDataset['id']): [number, number] {
  const known = modelsOf(dataset)
  const [a, b] = names.map((name) => known.indexOf(name))
  if (names.length === 2 && a !== b && a >= 0 && b >= 0) return [a, b]
  throw new AppError(
    'input/invalid',
    `--pair is ${names.join(',')}; it takes two different models of ${dataset}: ${known.join(', ')}.`,
  )
}

async function lastOf<T>(steps: AsyncGenerator<SetSizeEvent, T>, log: (line: string) => void): Promise<T> {
  let told = ''
  for (;;) {
    const step = await steps.next()
    if (step.done) return step.value
    const { value } = step
    if (value.kind === 'stage' && value.label !== told) log((told = value.label))
  }
}
