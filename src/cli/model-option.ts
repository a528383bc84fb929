import { AppError } from '../errors.ts'
import { sampleModels } from '../generator/samples/models.ts'
import { collisionOptions, type CollisionOptions } from './cross-section/options.ts'
import type { OptionTable } from './options/option.ts'

const modelOption = {
  kind: 'choice',
  choices: Object.keys(sampleModels),
  help: 'in place of --process: gluinos by mass and splitting to the neutralino, mediators of dark matter by kind and mass, in GeV; Z to neutrinos and W to leptons with a jet',
} as const satisfies OptionTable[string]

/** A collision by its process, or a model by its name. */
export const processOrModelOptions = {
  ...collisionOptions,
  process: { ...collisionOptions.process, required: undefined },
  model: modelOption,
} as const satisfies OptionTable

type OfModel = Pick<CollisionOptions, 'set' | 'mediator' | 'pt-min'> & { process?: string; model?: string }

/**
 * Options with those of the named model filled in; what is given beside it decides.
 *
 * @throws AppError 'input/invalid' where a model and a process are named, or neither
 */
export function withModel<O extends OfModel>(options: O): O & { process: string } {
  const { model, process } = options
  if (model === undefined) {
    if (process === undefined)
      throw new AppError('input/invalid', 'Neither --model nor --process is given. Name one of them.')
    return { ...options, process }
  }
  if (process !== undefined)
    throw new AppError(
      'input/invalid',
      `Both --model ${model} and --process ${process} are given. Name one of them.`,
    )
  const own = sampleModels[model]
  return {
    ...options,
    process: own.process,
    set: { ...own.set, ...options.set },
    mediator: options.mediator ?? own.mediator,
    'pt-min': options['pt-min'] ?? own.ptMin,
  }
}
