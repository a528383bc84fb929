import { defineCommand } from '../../../cli/command.ts'
import { modelOption } from '../../../cli/folder-options.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import { drainAsync } from '../../../numerics/drain.ts'
import { twoClassDefaults } from '../../../ml/two-class/train-two-class.ts'
import { distanceReport, type AucOfSets, type PairDistances } from '../analysis/distances/distance-report.ts'
import { aucOfSets, limitCheck } from '../analysis/distances/limit-check.ts'
import { nearestModels, orderOfPairs, representatives } from '../analysis/distances/order-of-pairs.ts'
import { placements, type Placement } from '../analysis/distances/placement.ts'
import { twinReport } from '../analysis/distances/twin-report.ts'
import { linearEncoder } from '../analysis/map-encoder.ts'
import type { ModelEvents } from '../analysis/models.ts'
import { encoderFor } from './open-encoder.ts'
import { openModels, sampleOptions, twinsOf } from './open-models.ts'

const yesNo = ['yes', 'no'] as const

export const latentDistancesCommand = defineCommand({
  summary:
    'how far models of events lie apart on the map, how well anything tells them apart, and what could be known',
  options: {
    ...sampleOptions,
    only: {
      kind: 'words',
      most: 600,
      help: 'some of its models, such as vector-m500,znunu-j; default: all',
    },
    model: {
      ...modelOption,
      cure: 'Train it in the page and export it.',
      help: `${modelOption.help}; left out: the best linear map of these models, which needs no training`,
    },
    'per-set': {
      kind: 'number',
      ...countRange(1, 50),
      help: 'events of a set on the linear map, 10 if left out, or of a deep set; another model has its own',
    },
    sets: {
      kind: 'numbers',
      least: 1,
      most: 6,
      ...countRange(1, 50),
      or: ['none'],
      default: '1,10',
      help: 'events of the sets that a network of each pair is trained on for aucSupervised; none: no such networks, in seconds in place of minutes',
    },
    epochs: {
      kind: 'number',
      ...countRange(1, 200),
      default: `${twoClassDefaults.epochs}`,
      help: 'of these networks, at most',
    },
    jet: {
      kind: 'flag',
      help: 'networks of pairs with a limit also on what the limit knows, pT and |η| of the leading jet alone, for aucJet',
    },
    exact: {
      kind: 'choice',
      choices: yesNo,
      default: 'yes',
      help: 'limits of Neyman and Pearson of the jet at parton level, where they are known (mediators and Z beside a jet); no bound for further jets, which differ between scalars and others',
    },
    twin: {
      kind: 'words',
      most: 100,
      help: 'one of the models: half of its events become a model under another name, which nothing should tell from it',
    },
    permutations: { kind: 'number', ...countRange(19, 9999), default: '499', help: 'of the test of --twin' },
    representatives: {
      kind: 'number',
      ...countRange(1, 22),
      default: '3',
      help: 'how many models stand for all, by energy distance',
    },
    'leave-one-out': {
      kind: 'flag',
      help: 'where each model comes to lie on the linear map of the others',
    },
    seed: { kind: 'number', ...seedRange, default: '1', help: 'of sets, networks, permutations, bootstraps' },
  },
  run: async (options, log) => {
    const { dataset, seed } = options
    const opened = await openModels(dataset, options.only, options.samples)
    const chosen = opened.flatMap((model) => (options.twin?.includes(model.id) ? twinsOf(model) : [model]))
    const encoder = await encoderFor(options, () => chosen)
    const { perSet } = encoder
    const supervised = Array.isArray(options.sets) ? options.sets : []
    const ids = chosen.map(({ id }) => id)
    const pairs: PairDistances[] = []
    const training = { epochs: options.epochs }
    const exact = options.exact === 'yes'
    const report = distanceReport({
      ...{ models: chosen, encoder, seed, pairs: null, supervised, exact, training },
      jetAlone: options.jet,
    })
    let told = ''
    for await (const event of report) {
      if (event.kind === 'pair') pairs.push(event.pair)
      else if (event.label !== told) log(`${(100 * event.fraction).toFixed(0)} % ${(told = event.label)}`)
    }
    const twins = options.twin?.map((id) => [ids.indexOf(id), ids.indexOf(`${id}-twin`)] as const) ?? []
    const tests = await Promise.all(
      twins.map((pair) =>
        twinReport({ models: chosen, encoder, seed, pair, permutations: options.permutations }),
      ),
    )
    const k = Math.min(options.representatives, ids.length)
    return {
      dataset,
      encoder: encoder.id,
      perSet,
      seed,
      models: ids,
      pairs: pairs.map(printed),
      spearman: orderOfPairs(pairs, ids, { perSet: 1, seed }),
      limits: {
        latent: limitCheck(pairs, perSet, ({ aucLatent }) => aucLatent),
        supervised: supervised.map((size) =>
          limitCheck(pairs, size, ({ aucSupervised }) => aucOfSets(aucSupervised, size)),
        ),
        ...(options.jet && {
          jet: supervised.map((size) => limitCheck(pairs, size, ({ aucJet }) => aucOfSets(aucJet, size))),
        }),
        about: whatLimitsBound,
      },
      representatives: representatives(pairs, ids, k).medoids.map((m) => ids[m]),
      nearest: nearestModels(pairs, ids),
      ...(options['leave-one-out'] && { leftOut: await leftOut(chosen, perSet, seed) }),
      ...(tests.length > 0 && {
        twins: tests.map(({ chance, ...test }) => ({ ...test, permutations: chance.length })),
      }),
    }
  },
})

/** Beside the limits, since their numbers are read without this page. */
const whatLimitsBound =
  'The limit is of pT and |eta| of the one jet of the hard process. It bounds what sees these alone; networks of events see further jets, which differ where other partons make a model (madeAlike: false): there it is no bound.'

async function leftOut(models: readonly ModelEvents[], perSet: number, seed: number): Promise<Placement[]> {
  const encoderWithout = (left: number) =>
    linearEncoder(
      models.filter((_, m) => m !== left),
      perSet,
    )
  return drainAsync(placements({ models, encoderWithout, seed }))
}

/** Numbers by name, with their errors under the same names; areas by the events of a set. */
function printed({ a, b, aucSupervised, aucJet, aucExact, separation, madeAlike, ...latent }: PairDistances) {
  const of = (name: 'value' | 'error') => {
    const bySize = (areas: readonly AucOfSets[]) =>
      Object.fromEntries(areas.map(({ perSet, auc }) => [perSet, auc[name]]))
    const { centroid, pooled, energy, sliced, aucLatent } = latent
    return {
      ...{ centroid: centroid[name], pooled: pooled[name], energy: energy[name], sliced: sliced[name] },
      aucLatent: aucLatent[name],
      aucSupervised: aucSupervised.length > 0 ? bySize(aucSupervised) : null,
      aucJet: aucJet.length > 0 ? bySize(aucJet) : null,
      aucExact: aucExact && bySize(aucExact),
    }
  }
  return { a, b, madeAlike, ...of('value'), errors: of('error'), ...separation }
}
