import { finish } from '../analysis/corpus.ts'
import { encoderLimits } from '../analysis/encoder-limits.ts'
import { binnedObservables, fisherLimits } from '../analysis/fisher-limits.ts'
import { observableNames } from '../../../physics/drell-yan/spectrum-templates.ts'
import { operatorNames } from '../../../physics/smeft/operators.ts'
import { defineCommand } from '../../../cli/command.ts'
import { datasetOption, modelOption } from '../../../cli/folder-options.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import { openDatasetFolder, openModelFolder } from './open-files.ts'
import { AppError } from '../../../errors.ts'

export const limitsCommand = defineCommand({
  summary:
    'what no network can beat on a dataset: Fisher information, Bayes accuracy; with --model its scores',
  options: {
    data: datasetOption,
    model: { ...modelOption, help: `${modelOption.help}: its scores beside the limits` },
    observable: {
      kind: 'choice',
      choices: ['both', ...observableNames],
      default: 'both',
      help: 'bins behind the Fisher information',
    },
    universes: {
      kind: 'number',
      ...countRange(10, 2000),
      default: '100',
      help: 'held-out universes behind the accuracies',
    },
    replicas: { kind: 'number', ...countRange(2, 500), default: '40', help: 'replicas of each' },
    seed: { kind: 'number', ...seedRange, default: '700001', help: 'of the held-out universes' },
  },
  run: async (options, log) => {
    const header = await openDatasetFolder(options.data)
    const { universeModel: model, manifest } = header
    const encoder = options.model === undefined ? null : await openModelFolder(options.model, header, log)
    const { observable } = options
    const binned = binnedObservables(model)
    if (observable !== 'both' && !binned.includes(observable))
      throw new AppError(
        'input/invalid',
        `--observable is ${observable}, of which ${manifest.id} has no bins; it must be one of both, ${binned.join(', ')}.`,
      )
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
        universes: options.universes,
        replicas: options.replicas,
        seed: options.seed,
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
})
