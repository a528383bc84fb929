import type { BackendOptions } from '../../../../ml/backends.ts'
import {
  encoderJob,
  type AfterStep,
  type EncoderData,
  type EncoderJobRequest,
} from '../../../../ml/encoder-job.ts'
import type { TrainingConfig } from '../../../../ml/training-config.ts'
import { fitScaling, scaleFeatures, type FeatureScaling } from '../features/event-features.ts'
import { splitSeed } from '../map-encoder.ts'
import { splitEvents, type ModelEvents } from '../models.ts'
import { stepsPerEpoch } from './encoder-settings.ts'
import { heldOutSets, setSource } from './set-batches.ts'

/** Events that an encoder learns from, in sets. */
export interface EventsToLearn {
  models: readonly ModelEvents[]
  /** Events of a set. */
  perSet: number
  config: Pick<TrainingConfig, 'seed' | 'replicasPerUniverse'>
  /** Names the events of the models, where they are prepared before a training asks for them. */
  content?: string
}

/** The preview is sets as the network takes them, [sets, perSet × 16], by the scaling of trainingScaling(). */
export type TrainEventsRequest = EncoderJobRequest & EventsToLearn

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

type Prepared = Pick<EncoderData, 'source' | 'heldOut'>

function prepare({ models, perSet, config }: EventsToLearn): Prepared {
  const scaling = trainingScaling(models)
  const scaled = models.map(({ features }) => scaleFeatures(features, scaling))
  const splits = models.map(({ events }) => splitEvents(events, splitSeed))
  const shared = { models, scaled, perSet, setsPerModel: config.replicasPerUniverse }
  const source = setSource({ ...shared, indices: splits.map(({ train }) => train), seed: config.seed })
  const heldOut = heldOutSets({
    ...{ ...shared, indices: splits.map(({ validation }) => validation), seed: splitSeed },
  })
  return { source, heldOut }
}

/** What the last training, or the one that is expected, learns from: scaled events of all models, a copy of which is large. */
let prepared: { key: string; value: Prepared } | undefined

function preparedFor(request: EventsToLearn): Prepared {
  const { content, models, perSet, config } = request
  if (content === undefined) return prepare(request)
  const listed = models.map(({ id, events }) => [id, events])
  const key = JSON.stringify([content, listed, perSet, config.seed, config.replicasPerUniverse])
  if (prepared?.key !== key) prepared = { key, value: prepare(request) }
  return prepared.value
}

/** Forms the sets of the first step, so that a training of the same content begins with it. */
export function prepareTraining(request: EventsToLearn & { content: string }): void {
  preparedFor(request).source.next(0)
}

/** Trains an encoder of sets of events; stops by sets of validation events, and never sees one to test on. */
export function trainEventsJob(
  { models, perSet, content, ...request }: TrainEventsRequest,
  backendOptions: BackendOptions,
  afterStep?: AfterStep,
) {
  const { config } = request
  const data = preparedFor({ models, perSet, content, config })
  const evaluateEvery = Math.max(1, Math.min(stepsPerEpoch, Math.round(config.steps / evaluations)))
  return encoderJob(request, { ...data, evaluateEvery }, backendOptions, afterStep)
}
