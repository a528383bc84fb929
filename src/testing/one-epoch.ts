import { checkpointFromBytes } from '../ml/checkpoint.ts'
import { architectureOf, foldBatchNorm, parametersFromFlat } from '../ml/encoder-parameters.ts'
import { runMlp } from '../ml/mlp.ts'
import type { BackendName } from '../ml/training-config.ts'
import { drainAsync } from '../numerics/drain.ts'
import { createRng } from '../numerics/rng.ts'
import { eventsTraining, stepsPerEpoch } from '../studies/events/analysis/encoder/encoder-settings.ts'
import { trainEventsJob, trainingScaling } from '../studies/events/analysis/encoder/train-events-job.ts'
import type { ModelEvents } from '../studies/events/analysis/models.ts'
import { drawSets, setInputs } from '../studies/events/analysis/sets.ts'

const perSet = 10
const places = 50

/** What an epoch ends with: places of sets of the first model, [50, 2], and the held-out loss. */
export interface OneEpoch {
  latents: Float32Array
  heldOutLoss: number
}

/** One epoch of small batches of a deep set on an engine, here or in a browser. */
export async function oneEpoch(
  models: readonly ModelEvents[],
  backend: BackendName,
  seed: number,
): Promise<OneEpoch> {
  const [first] = models
  const indices = Uint32Array.from({ length: first.events }, (_, i) => i)
  const drawn = drawSets({ model: first, indices, sets: places, perSet, rng: createRng(1) })
  const inputs = setInputs(first.features, drawn, trainingScaling(models))
  const usual = eventsTraining({ models: models.length, perSet, network: 'deep-set' })
  const config = { ...usual, seed, replicasPerUniverse: 8, steps: stepsPerEpoch, backend, patience: 1000 }
  const request = { models, perSet, config, preview: new Float32Array(0) }
  const { checkpoint } = await drainAsync(trainEventsJob(request, {}))
  // Of the last step: which one was best may hang on the last digit.
  const { features, engine, history } = await checkpointFromBytes(checkpoint)
  const mlp = foldBatchNorm(parametersFromFlat(architectureOf(config, features), engine.parameters))
  return { latents: runMlp(mlp, inputs, places), heldOutLoss: history[history.length - 1].heldOutLoss }
}

/** Largest difference of two maps over the width of the first, about their means: the loss does not see where a map lies. */
export function mapDifference(ours: Float32Array, theirs: Float32Array): number {
  const [one, other] = [centred(ours), centred(theirs)]
  return Math.max(...one.map((z, i) => Math.abs(z - other[i]))) / (Math.max(...ours) - Math.min(...ours))
}

function centred(latents: Float32Array): Float32Array {
  const mean = [0, 1].map(
    (k) => latents.reduce((sum, z, i) => sum + (i % 2 === k ? z : 0), 0) / (latents.length / 2),
  )
  return latents.map((z, i) => z - mean[i % 2])
}
