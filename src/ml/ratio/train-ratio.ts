import { AppError } from '../../errors.ts'
import { createRng, shuffle } from '../../numerics/rng.ts'
import { ratioLearningRate, stepsPerEpoch, type RatioTrainingConfig } from './ratio-config.ts'
import { checkRatioResumable, type RatioCheckpoint, type RatioRecord } from './ratio-checkpoint.ts'
import type { RatioEngine, RatioTable } from './ratio-engine.ts'

export interface RatioTrainingRequest {
  config: RatioTrainingConfig
  /** Already holds the table. */
  engine: RatioEngine
  table: Pick<RatioTable, 'rows' | 'features' | 'outputs'>
  /** Names the table: a training is only continued on the rows it began with. */
  dataKey: string
  resumeFrom?: RatioCheckpoint
}

/** One per step; `evaluation` after the last step of each epoch. */
export interface RatioReport {
  step: number // steps done
  steps: number
  epoch: number // whole epochs done
  epochs: number
  loss: number
  learningRate: number
  msPerStep: number // smoothed, engine only
  evaluation?: RatioRecord & { improved: boolean; epochsSinceBest: number }
  /** The state after this step. Call before asking for the next report. */
  takeCheckpoint(): RatioCheckpoint
}

export interface RatioTrainingResult {
  parameters: Float32Array // those of bestEpoch
  bestEpoch: number
  validationLoss: number
  stopped: 'finished' | 'early'
  history: RatioRecord[]
}

/** Training met a number that is not finite; `last` is the best network before it, if there was one. */
export class RatioDivergedError extends AppError {
  readonly last: RatioTrainingResult | undefined

  constructor(message: string, context: Record<string, unknown>, last: RatioTrainingResult | undefined) {
    super('ml/diverged', message, context)
    this.last = last
  }
}

/** Rows of both parts of a table; a function of the seed alone. */
export function splitRows(
  config: Pick<RatioTrainingConfig, 'seed' | 'validationShare'>,
  rows: number,
): { training: Int32Array; validation: Int32Array } {
  const held = Math.round(config.validationShare * rows)
  if (held < 1 || held >= rows)
    throw new AppError(
      'input/invalid',
      `${rows} rows cannot be divided with ${100 * config.validationShare} % for validation: both parts need at least one. Use more events.`,
      { rows, held },
    )
  const order = shuffle(
    Int32Array.from({ length: rows }, (_, i) => i),
    createRng(config.seed).split('split'),
  )
  return { training: order.slice(held).sort(), validation: order.slice(0, held).sort() }
}

/**
 * Trains until all epochs are done or `config.patience` of them brought no better validation loss, and returns the
 * network of the best epoch, to which the engine is rolled back. Await something that lets messages in between
 * reports if it must be cancellable.
 *
 * @throws RatioDivergedError 'ml/diverged' where loss or gradient are not finite
 */
export async function* trainRatio(
  request: RatioTrainingRequest,
): AsyncGenerator<RatioReport, RatioTrainingResult, void> {
  const { config, engine, table, dataKey, resumeFrom } = request
  const { training, validation } = splitRows(config, table.rows)
  const perEpoch = stepsPerEpoch(config, training.length)
  const steps = perEpoch * config.epochs
  let step = 0
  let best: RatioCheckpoint['best'] = null
  let epochsSinceBest = 0
  let lossSum = 0
  let history: RatioRecord[] = []
  if (resumeFrom) {
    checkRatioResumable(resumeFrom, config, table, dataKey)
    engine.restore(resumeFrom.engine)
    ;({ step, best, epochsSinceBest, lossSum } = resumeFrom)
    history = [...resumeFrom.history]
  }
  const result = (stopped: RatioTrainingResult['stopped']): RatioTrainingResult | undefined =>
    best
      ? {
          parameters: best.parameters.slice(),
          bestEpoch: best.epoch,
          validationLoss: best.validationLoss,
          stopped,
          history,
        }
      : undefined
  const finish = (stopped: RatioTrainingResult['stopped']): RatioTrainingResult => {
    const final = result(stopped)
    if (!final)
      throw new AppError(
        'input/invalid',
        `Training was asked for ${config.epochs} epochs; ask for at least 1.`,
      )
    engine.restore({ ...engine.state(), parameters: final.parameters })
    return final
  }

  let msPerStep = 0
  let order: Int32Array | null = null
  while (step < steps && epochsSinceBest < config.patience) {
    const epoch = Math.floor(step / perEpoch)
    const part = step % perEpoch
    if (order === null || part === 0)
      order = shuffle(training.slice(), createRng(config.seed).split('epoch').split(epoch))
    const from = Math.floor((part * order.length) / perEpoch)
    const to = Math.floor(((part + 1) * order.length) / perEpoch)
    const learningRate = ratioLearningRate(config, step / perEpoch)
    const start = performance.now()
    const loss = await engine.step(order.subarray(from, to), learningRate)
    const elapsed = performance.now() - start
    msPerStep = msPerStep === 0 ? elapsed : 0.95 * msPerStep + 0.05 * elapsed
    if (!Number.isFinite(loss)) throw diverged(epoch, learningRate, result('early'))
    step++
    lossSum += loss
    const epochsDone = Math.floor(step / perEpoch)
    const report: RatioReport = {
      step,
      steps,
      epoch: epochsDone,
      epochs: config.epochs,
      loss,
      learningRate,
      msPerStep,
      takeCheckpoint: () => ({
        config,
        features: table.features,
        outputs: table.outputs,
        dataKey,
        step,
        engine: engine.state(),
        best,
        epochsSinceBest,
        lossSum,
        history: [...history],
      }),
    }
    if (step % perEpoch === 0) {
      const validationLoss = await engine.loss(validation)
      if (!Number.isFinite(validationLoss)) throw diverged(epoch, learningRate, result('early'))
      const improved = best === null || validationLoss < best.validationLoss
      if (improved) best = { epoch: epochsDone, validationLoss, parameters: engine.state().parameters }
      epochsSinceBest = improved || epochsDone <= config.patienceFrom ? 0 : epochsSinceBest + 1
      const record = { epoch: epochsDone, loss: lossSum / perEpoch, validationLoss, learningRate }
      history.push(record)
      lossSum = 0
      report.evaluation = { ...record, improved, epochsSinceBest }
    }
    yield report
  }
  return finish(step < steps ? 'early' : 'finished')
}

function diverged(
  epoch: number,
  learningRate: number,
  last: RatioTrainingResult | undefined,
): RatioDivergedError {
  const kept = last ? `The network of epoch ${last.bestEpoch} is kept.` : 'No network was kept.'
  return new RatioDivergedError(
    `The loss stopped being a number in epoch ${epoch + 1} with learning rate ${learningRate.toExponential(2)}. Lower the learning rate, or use events without negative weights. ${kept}`,
    { epoch, learningRate, bestEpoch: last?.bestEpoch ?? null },
    last,
  )
}
