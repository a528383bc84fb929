import type { EventTable } from '../../../../generator/event-table.ts'
import { featureSets } from '../../../../generator/observables.ts'
import { initBackend, type BackendOptions } from '../../../../ml/backends.ts'
import { createRatioEngine } from '../../../../ml/ratio/create-ratio-engine.ts'
import {
  ratioCheckpointFromBytes,
  ratioCheckpointToBytes,
  type RatioRecord,
} from '../../../../ml/ratio/ratio-checkpoint.ts'
import type { RatioTrainingConfig } from '../../../../ml/ratio/ratio-config.ts'
import type { RatioNetwork } from '../../../../ml/ratio/ratio-network.ts'
import { ratioMlp } from '../../../../ml/ratio/ratio-parameters.ts'
import { presetTraining, type RatioPreset } from '../../../../ml/ratio/ratio-presets.ts'
import { trainRatio, type RatioReport } from '../../../../ml/ratio/train-ratio.ts'
import type { BackendChoice } from '../../../../ml/training-config.ts'
import type { TopPairProcess } from '../../../../physics/top-pair/hadronic.ts'
import { lossLimit, type LossLimit } from './loss-limit.ts'
import { normaliseRatios, type NormalisedNetwork } from './normalise-ratios.ts'
import { recalibrateRatios } from './recalibrate-ratios.ts'
import { buildRatioSample } from './build-ratio-sample.ts'
import type { TermPart } from './classifier-rows.ts'
import type { RatioSample } from './ratio-sample.ts'

/** One network, as a worker is asked for it. */
export interface TrainRatioRequest {
  events: EventTable
  /** One term for a classifier, any number for joint-ratio regression. */
  terms: string[]
  part?: TermPart
  /** Makes events other than those trained on, once a classifier waits to be recalibrated on them; absent: it is left as trained. */
  calibrationEvents?: () => Generator<number, EventTable>
  /** Seeds start, split and batches; replicas should also have events of their own. */
  replica: number
  preset: RatioPreset
  /** Changes to the preset's training. */
  changes?: Partial<RatioTrainingConfig>
  backend: BackendChoice
  /** Of events without cuts, whose m_tt and y_tt have a density in closed form: see lossLimit. */
  exactPlane?: TopPairProcess | null
  /** Names the events: a checkpoint is only continued on the same ones. */
  dataKey: string
  resumeFrom?: Uint8Array
}

export type TrainRatioEvent =
  | { kind: 'start'; backend: string; rows: number; negativeShare: number; limit: LossLimit | null }
  | { kind: 'step'; step: number; steps: number; loss: number; msPerStep: number }
  /** Every fiftieth part of the planned epochs carries a checkpoint. */
  | { kind: 'epoch'; epochs: number; record: RatioRecord; improved: boolean; checkpoint: Uint8Array | null }
  /** After training: events are made, then the recalibration is fitted. */
  | { kind: 'recalibration'; fraction: number }

export interface TrainRatioOutcome {
  network: RatioNetwork
  /** The network without the recalibration that it has; null where it has none. */
  asTrained: RatioNetwork | null
  parameters: Float32Array
  config: RatioTrainingConfig
  bestEpoch: number
  validationLoss: number
  stoppedEarly: boolean
  history: RatioRecord[]
  negativeShare: number
  /** By which learned terms were brought to their rate on the training events. */
  factors: number[]
  backend: string
}

/** Epochs between checkpoints: about fifty in a training. */
const checkpoints = 50

/** Sees the training after each step, and may ask for its state there. */
export type AfterRatioStep = (
  report: Pick<RatioReport, 'step' | 'steps' | 'evaluation'>,
  takeCheckpoint: () => Promise<Uint8Array>,
) => Promise<void>

/** Trains one ratio network. One report per step, one per epoch. */
export async function* trainRatioJob(
  request: TrainRatioRequest,
  backendOptions: BackendOptions = {},
  afterStep?: AfterRatioStep,
): AsyncGenerator<TrainRatioEvent, TrainRatioOutcome, void> {
  const { events, terms, part, preset, replica, dataKey } = request
  const config = { ...presetTraining(preset, terms[0], replica), ...request.changes }
  const sample = buildRatioSample(events, { features: featureSets[preset.features], terms, preset, part })
  const report = await initBackend(request.backend, backendOptions)
  const backend = report.find((entry) => entry.chosen)?.name ?? 'cpu'
  const engine = await createRatioEngine(backend, config, sample.table)
  const { rows } = sample.table
  const limit = part && part !== 'whole' ? null : sampleLimit(request, sample, config)
  yield { kind: 'start', backend: engine.name, rows, negativeShare: sample.negativeShare, limit }
  try {
    const training = trainRatio({
      config,
      engine,
      table: sample.table,
      dataKey: [dataKey, preset.features, ...terms, part ?? 'whole'].join('/'),
      resumeFrom: request.resumeFrom && (await ratioCheckpointFromBytes(request.resumeFrom)),
    })
    const every = Math.max(1, Math.round(config.epochs / checkpoints))
    for (;;) {
      const next = await training.next()
      if (next.done) {
        const { parameters, stopped, ...rest } = next.value
        const architecture = {
          inputs: sample.table.features,
          widths: config.widths,
          outputs: sample.table.outputs,
        }
        const learned: RatioNetwork = {
          features: sample.features,
          terms: sample.terms,
          scaler: sample.scaler,
          mlp: ratioMlp(architecture, parameters),
          decoder: sample.decoder,
        }
        const { network, factors, asTrained } = yield* corrected(learned, request)
        return {
          ...rest,
          network,
          asTrained,
          factors,
          parameters,
          config,
          stoppedEarly: stopped === 'early',
          negativeShare: sample.negativeShare,
          backend: engine.name,
        }
      }
      const trained = next.value
      const takeCheckpoint = () => ratioCheckpointToBytes(trained.takeCheckpoint())
      if (afterStep) await afterStep(trained, takeCheckpoint)
      const { step, steps, loss, msPerStep, epochs, evaluation } = trained
      yield { kind: 'step', step, steps, loss, msPerStep }
      if (!evaluation) continue
      const { improved, epoch, validationLoss, learningRate } = evaluation
      const record = { epoch, loss: evaluation.loss, validationLoss, learningRate }
      const checkpoint = record.epoch % every === 0 || record.epoch === epochs ? await takeCheckpoint() : null
      yield { kind: 'epoch', epochs, record, improved, checkpoint }
    }
  } finally {
    engine.dispose()
  }
}

function sampleLimit(
  { events, preset, exactPlane = null }: TrainRatioRequest,
  sample: RatioSample,
  config: RatioTrainingConfig,
): LossLimit | null {
  const plane = preset.features === 'parton' ? exactPlane : null
  return lossLimit(events, sample, preset.method, config, plane)
}

/** Recalibrated where there are events for it, else brought to the known rates. */
async function* corrected(
  learned: RatioNetwork,
  { events, part = 'whole', calibrationEvents }: TrainRatioRequest,
): AsyncGenerator<TrainRatioEvent, NormalisedNetwork & Pick<TrainRatioOutcome, 'asTrained'>> {
  // One sign of a term's weights has another rate than the term.
  if (part !== 'whole') return { network: learned, factors: [], asTrained: null }
  const normalised = normaliseRatios(learned, events)
  if (!calibrationEvents || learned.decoder.kind !== 'classifier') return { ...normalised, asTrained: null }
  const unseen = yield* recalibrationShares(calibrationEvents(), 0)
  const network = yield* recalibrationShares(recalibrateRatios(learned, unseen), 0.5)
  return { network, factors: [1], asTrained: normalised.network }
}

async function* recalibrationShares<T>(
  run: Generator<number, T>,
  from: number,
): AsyncGenerator<TrainRatioEvent, T> {
  for (;;) {
    const next = run.next()
    if (next.done) return next.value
    yield { kind: 'recalibration', fraction: from + next.value / 2 }
  }
}
