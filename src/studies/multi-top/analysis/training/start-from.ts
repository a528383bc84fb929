import { AppError } from '../../../../errors.ts'
import type { TransformerConfig } from '../../../../ml/transformer/transformer-config.ts'
import type { TransformerModel } from '../../../../ml/transformer/transformer-files.ts'
import {
  initialiseTransformer,
  TransformerLayout,
} from '../../../../ml/transformer/transformer-parameters.ts'
import { createRng } from '../../../../numerics/rng.ts'

/**
 * Weights of a trained transformer that another training starts from; with a new head where the classes are others.
 *
 * @throws AppError 'model/mismatch' for another architecture
 */
export function startFrom(
  { card, parameters }: TransformerModel,
  { spec, seed }: TransformerConfig,
  sameClasses = false,
): Float32Array {
  const from = new TransformerLayout(card.training.spec)
  const to = new TransformerLayout(spec)
  const differs = (['tokens', 'width', 'heads', 'blocks'] as const).find(
    (name) => from.spec[name] !== spec[name],
  )
  if (differs)
    throw new AppError(
      'model/mismatch',
      `${card.id} has ${differs} ${from.spec[differs]}, the training asks for ${spec[differs]}. Choose its size, or start from scratch.`,
      { what: differs, expected: from.spec[differs], actual: spec[differs] },
    )
  if (sameClasses) return parameters.slice()
  const start = initialiseTransformer(to, createRng(seed).split('initialise'))
  for (const { name } of to.regions)
    if (!name.startsWith('classes')) to.view(start, name).set(from.view(parameters, name))
  return start
}
