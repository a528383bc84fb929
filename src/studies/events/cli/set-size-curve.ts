import { defineCommand } from '../../../cli/command.ts'
import { modelOption } from '../../../cli/folder-options.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import { AppError } from '../../../errors.ts'
import { setSizeCurve } from '../analysis/distances/set-size-curve.ts'
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
      required: true,
      help: 'two models of the dataset, such as vector-m500,znunu-j',
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
      help: `${modelOption.help}, which takes sets of its own size alone; left out: the best linear map of all models of the dataset at each size`,
    },
    networks: { kind: 'flag', help: 'train a network for the pair at each size, a minute or so each' },
    seed: { kind: 'number', ...seedRange, default: '1', help: 'of sets and networks' },
  },
  run: async ({ dataset, samples, pair: names, sizes, model, networks: supervised, seed }, log) => {
    const known = modelsOf(dataset)
    const places = names.map((name) => known.indexOf(name))
    const [a, b] = places
    if (places.length !== 2 || a === b || places.some((place) => place < 0))
      throw new AppError(
        'input/invalid',
        `--pair is ${names.join(',')}; it takes two different models of ${dataset}: ${known.join(', ')}.`,
      )
    const models = await openModels(dataset, known, samples)
    const encoders = model === undefined ? null : [await openEncoder(model)]
    const steps = setSizeCurve({ models, pair: [a, b], sizes, encoders, supervised, seed })
    let step = await steps.next()
    while (!step.done) {
      if (step.value.kind === 'point') log(`sets of ${step.value.point.perSet}`)
      step = await steps.next()
    }
    return { dataset, pair: names, seed, ...step.value }
  },
})
