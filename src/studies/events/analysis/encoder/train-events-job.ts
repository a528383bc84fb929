import type { BackendOptions } from '../../../../ml/backends.ts'
import { encoderJob, type AfterStep, type EncoderJobRequest } from '../../../../ml/encoder-job.ts'
import { fitScaling, type FeatureScaling } from '../features/event-features.ts'
import { splitSeed } from '../map-encoder.ts'
import { splitEvents, type ModelEvents } from '../models.ts'
import { stepsPerEpoch } from './encoder-settings.ts'
import { heldOutSets, setSource } from './set-batches.ts'

/** The preview is sets as the network takes them, [sets, perSet × 16], by the scaling of trainingScaling(). */
export interface TrainEventsRequest extends EncoderJobRequest {
  models: readonly ModelEvents[]
  /** Events of a set. */
  perSet: number
}

/** Evaluations of a training: each brings a checkpoint of 7 MB, which is kept to scrub back to. */
const evaluations = 24

/** By the list of models, which may still grow: the recorded training needs one before Play is pressed. */
const scalings = new WeakMap<readonly ModelEvents[], { of: number; scaling: FeatureScaling }>()

/** Scaling of the features that an encoder of these models is trained with: that of their training events. */
export function trainingScaling(models: readonly ModelEvents[]): FeatureScaling {
  const known = scalings.get(models)
  if (known?.of === models.length) return known.scaling
  const scaling = fitScaling(
    models.map(({ features, events }) => ({ features, indices: splitEvents(events, splitSeed).train })),
  )
  scalings.set(models, { of: models.length, scaling })
  return scaling
}

/** Trains an encoder of sets of events; stops by sets of validation events, and never sees one to test on. */
export function trainEventsJob(
  { models, perSet, ...request }: TrainEventsRequest,
  backendOptions: BackendOptions,
  afterStep?: AfterStep,
) {
  const { config } = request
  const scaling = trainingScaling(models)
  const splits = models.map(({ events }) => splitEvents(events, splitSeed))
  const shared = { models, scaling, perSet, setsPerModel: config.replicasPerUniverse }
  const source = setSource({ ...shared, indices: splits.map(({ train }) => train), seed: config.seed })
  const heldOut = heldOutSets({
    ...{ ...shared, indices: splits.map(({ validation }) => validation), seed: splitSeed },
  })
  const evaluateEvery = Math.max(1, Math.min(stepsPerEpoch, Math.round(config.steps / evaluations)))
  return encoderJob(request, { source, heldOut, evaluateEvery }, backendOptions, afterStep)
}
