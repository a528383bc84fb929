import type { Kernels } from '../../../../kernels/create-kernels.ts'
import {
  trainTwoClass,
  twoClassDefaults,
  type TwoClassSettings,
} from '../../../../ml/two-class/train-two-class.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { auroc } from '../../../../statistics/anomaly/roc.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { splitEvents, type ModelEvents } from '../models.ts'
import { drawSets } from '../sets.ts'
import { independentSets } from './independent-sets.ts'

/** Scaled features of events one after the other for the network: [sets, perSet × features] for [sets, perSet] places. */
export type SetInputs = (model: ModelEvents, places: Uint32Array) => Float32Array

export interface SupervisedRequest {
  kernels: Kernels
  a: ModelEvents
  b: ModelEvents
  /** Events of a set. */
  perSet: number
  seed: number
  /** Numbers that the network is given for one event. */
  inputsPerEvent: number
  setInputs: SetInputs
  /** How events are divided; by the same seed for all who compare. */
  splitSeed: number
  settings?: Partial<TwoClassSettings>
}

/** Sets of each model in an epoch: as many as events, up to this number. */
const mostSetsPerEpoch = 6000

/**
 * How well a network tells sets of two models apart that is trained for these two alone (dense 128, 64, 32, dropout .1): on
 * sets of the training events drawn anew in each epoch, stopped by the validation events, measured on the test events.
 *
 * @returns yields the share of epochs done; the area with its error
 */
export function* supervisedAuc(request: SupervisedRequest): Generator<number, Estimate> {
  const { kernels, a, b, perSet, seed, inputsPerEvent, setInputs, splitSeed } = request
  const settings = { ...twoClassDefaults, ...request.settings, seed }
  const rng = createRng(seed, 'supervised')
  const [ofA, ofB] = [a, b].map((model, k) => {
    const parts = splitEvents(model.events, splitSeed)
    const sets = (indices: Uint32Array, count: number, name: string) =>
      setInputs(model, drawSets({ model, indices, sets: count, perSet, rng: rng.split(`${k}/${name}`) }))
    const tests = independentSets(model, parts.test, perSet, rng.split(`${k}/test`))
    return {
      epoch: (number: number) =>
        sets(parts.train, Math.min(mostSetsPerEpoch, parts.train.length), `${number}`),
      validation: () => sets(parts.validation, Math.min(2000, parts.validation.length), 'validation'),
      test: () => setInputs(model, tests.places),
      together: tests.together,
    }
  })
  const training = trainTwoClass({
    ...{ kernels, inputs: inputsPerEvent * perSet, settings },
    draw: (epoch) => ({ a: ofA.epoch(epoch), b: ofB.epoch(epoch) }),
    validation: { a: ofA.validation(), b: ofB.validation() },
  })
  let step = training.next()
  while (!step.done) {
    yield (step.value.epoch + 1) / settings.epochs
    step = training.next()
  }
  const score = step.value
  return auroc(score(ofA.test()), score(ofB.test()), ofA.together, ofB.together)
}
