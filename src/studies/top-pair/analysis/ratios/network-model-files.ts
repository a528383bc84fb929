import type { ModelFiles } from '../../../../ml/model-files.ts'
import type { RatioCard } from '../../../../ml/ratio/ratio-card.ts'
import { writeRatioModelFiles } from '../../../../ml/ratio/ratio-model-files.ts'
import { ratioPresets } from '../../../../ml/ratio/ratio-presets.ts'
import { product } from '../../../../product.ts'
import type { FitSetup, NetworkTask } from '../fit/fit-setup.ts'
import { fitVersion } from '../fit/fit-version.ts'
import { setupDetector, setupProcess, setupSelections } from '../fit/setup-process.ts'
import { networkSetup } from './network-setup.ts'
import type { TrainRatioOutcome } from './ratio-job.ts'

/** What the card of a set-up's network says of its events. @param events  trained on, validation included */
export function taskCard(
  setup: FitSetup,
  { replica }: Pick<NetworkTask, 'replica'>,
  events: number,
): Pick<RatioCard, 'setup' | 'made'> {
  return {
    setup: networkSetup(setupProcess(setup), setupSelections[setup.selection], setupDetector(setup)),
    made: {
      ...{ preset: setup.preset, seed: setup.seed, replica: replica + 1 },
      product: `${product}, ${fitVersion}`,
      ...{ points: setup.trainingPoints ?? ratioPresets[setup.preset].events, events, source: null },
    },
  }
}

/**
 * card.json, model.json and weights.bin, equal for equal trainings.
 *
 * @param comparisons  with exact ratios, where there are some
 */
export function networkModelFiles(
  outcome: TrainRatioOutcome,
  card: Pick<RatioCard, 'setup' | 'made'>,
  comparisons: readonly { term: string; loss: number | null; bayesLoss: number | null }[] = [],
  precision?: RatioCard['precision'],
): Promise<ModelFiles> {
  const { network, config, history, bestEpoch, parameters, backend } = outcome
  const { features, terms, scaler, decoder } = network
  const title = `${card.made.preset}-replica-${card.made.replica}`
  const id = `ratio-${terms.join('-')}-${title}`.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return writeRatioModelFiles(
    {
      ...card,
      id: id.slice(0, 64),
      title: `${terms.join(', ')}, ${title}`,
      features: [...features],
      terms: [...terms],
      scaler,
      decoder,
      training: config,
      outputs: network.mlp.layers[network.mlp.layers.length - 1].outputs,
      epochs: { best: bestEpoch, done: history.length },
      metrics: {
        validationLoss: outcome.validationLoss,
        ...Object.fromEntries(outcome.factors.map((factor, t) => [`factor ${terms[t]}`, factor])),
        ...Object.fromEntries(
          comparisons.flatMap(({ term, loss, bayesLoss }) => [
            [`loss ${term}`, loss],
            [`Bayes loss ${term}`, bayesLoss],
          ]),
        ),
      },
      engine: backend,
      ...(precision && { precision }),
    },
    parameters,
  )
}
