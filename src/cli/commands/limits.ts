import { finish } from '../../analysis/drell-yan/corpus.ts'
import { encoderLimits } from '../../analysis/drell-yan/encoder-limits.ts'
import { binnedObservables, fisherLimits } from '../../analysis/drell-yan/fisher-limits.ts'
import { operatorNames } from '../../physics/smeft/operators.ts'
import { choiceOption, numberOption, required } from '../arguments.ts'
import type { Command } from '../command.ts'
import { openDatasetFolder, openModelFolder } from '../open-files.ts'

export const limitsCommand: Command = {
  summary:
    'what no network can beat on a dataset: Fisher information, Bayes accuracy; with --model its scores',
  options: {
    data: { default: 'dy-nc-13tev', help: 'shipped dataset id, or a folder with manifest.json' },
    model: { help: 'shipped model id, or a folder with card.json: its scores beside the limits' },
    observable: { default: 'both', help: 'bins behind the Fisher information: both, mll or ptl' },
    universes: { default: '100', help: 'held-out universes behind the accuracies' },
    replicas: { default: '40', help: 'replicas of each' },
    seed: { default: '700001', help: 'seed of the held-out universes' },
  },
  run: async (options) => {
    const header = await openDatasetFolder(required(options, 'data'))
    const { model, manifest } = header
    const encoder = options.model === undefined ? null : await openModelFolder(options.model, header)
    const observable = choiceOption(options, 'observable', ['both', ...binnedObservables(model)] as const)
    const { singularValues, rank, directions, fisher, single, profiled, withPrior, bins } = fisherLimits(
      model,
      observable,
    )
    const n = operatorNames.length
    const perOperator = (values: Float64Array) =>
      Object.fromEntries(
        operatorNames.map((name, o) => [name, Number.isFinite(values[o]) ? values[o] : null]),
      )
    const scores = finish(
      encoderLimits(model, encoder?.mlp ?? null, {
        universes: numberOption(options, 'universes'),
        replicas: numberOption(options, 'replicas'),
        seed: numberOption(options, 'seed'),
        order: manifest.order,
      }),
    )
    return {
      data: manifest.id,
      model: encoder?.id ?? null,
      unit: 'coefficients in TeV^-2, Fisher information in TeV^4, linear theory at the SM',
      observable,
      bins,
      rank,
      singularValues: Array.from(singularValues.subarray(0, rank)),
      directions: Array.from({ length: rank }, (_, k) =>
        perOperator(directions.subarray(k * n, (k + 1) * n)),
      ),
      fisher: Array.from({ length: n }, (_, i) => Array.from(fisher.subarray(i * n, (i + 1) * n))),
      sigma: {
        alone: perOperator(single),
        /** null: an unmeasured direction leaves it free */
        othersFree: perOperator(profiled),
        othersWithinPrior: perOperator(withPrior),
      },
      ...scores,
    }
  },
}
