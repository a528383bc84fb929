import { samplesFolder } from '../../../cli/files.ts'
import { countRange, seedRange } from '../../../cli/options/ranges.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import type { OptionValues } from '../../../cli/options/option-values.ts'
import { backendNames, type TrainingConfig } from '../../../ml/training-config.ts'
import { encoderNetworks, eventsTraining, stepsPerEpoch } from '../analysis/encoder/encoder-settings.ts'

/** Of every command that trains encoders of sets. */
export const trainingOptions = {
  samples: {
    ...{ kind: 'text', most: 1000, default: samplesFolder },
    help: 'folder of the samples of events',
  },
  network: {
    ...{ kind: 'choice', choices: encoderNetworks, default: 'layers' },
    help: 'layers: events of a set side by side; deep-set: the mean over the events of a set, for sets of any size',
  },
  events: { kind: 'number', ...countRange(1, 50), default: '10', help: 'in a set' },
  loss: {
    kind: 'choice',
    choices: ['pair', 'supcon-euclidean', 'supcon-cosine'],
    default: 'pair',
    help: 'contrastive loss; margin 1, or temperature .5',
  },
  'latent-dim': { kind: 'number', ...countRange(1, 64), default: '2', help: 'latent dimensions' },
  steps: {
    ...{ kind: 'number', ...countRange(1, 50_000), default: '2400' },
    help: `of 512 sets; ${stepsPerEpoch} are an epoch`,
  },
  patience: {
    ...{ kind: 'number', ...countRange(1, 1000), default: '8' },
    help: 'evaluations without improvement before it stops',
  },
  seed: { kind: 'number', ...seedRange, default: '1', help: 'of the training' },
  backend: { kind: 'choice', choices: ['auto', ...backendNames], default: 'kernels', help: 'engine' },
} as const satisfies OptionTable

export function configOf(options: OptionValues<typeof trainingOptions>, models: number): TrainingConfig {
  const { network, events, loss, steps, patience, seed, backend } = options
  const latentDim = options['latent-dim']
  const usual = eventsTraining({ models, perSet: events, network, latentDim })
  return { ...usual, loss, steps, patience, seed, backend }
}
