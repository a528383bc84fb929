import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import { checkpointFromBytes, checkpointToBytes, type Checkpoint } from './checkpoint.ts'
import { contrastiveLoss } from './losses/contrastive-loss.ts'
import { DivergedError, trainEncoder, type BatchSource, type TrainingReport } from './train-encoder.ts'
import type { TrainingRequest, TrainingResult } from './train-encoder.ts'
import type { TrainingConfig } from './training-config.ts'
import { createTfjsEngine } from './tfjs-engine.ts'

const features = 6
const config: TrainingConfig = {
  seed: 5,
  loss: 'supcon-euclidean',
  temperature: 0.5,
  margin: 4,
  latentDim: 2,
  widths: [12, 8],
  dropout: 0.1,
  learningRate: 0.01,
  optimiser: 'adamw',
  weightDecay: 0.01,
  universesPerBatch: 6,
  replicasPerUniverse: 4,
  steps: 20,
  universes: 'fresh',
  fixedUniverses: 10,
  patience: 100,
  backend: 'cpu',
}

/** Universes: points in a plane, 8 sigma wide, seen through 6 noisy features. */
function gaussianSource(seed: number): BatchSource {
  const { universesPerBatch, replicasPerUniverse } = config
  const rows = universesPerBatch * replicasPerUniverse
  return {
    features,
    next(step) {
      const rng = createRng(seed).split(step)
      const x = new Float32Array(rows * features)
      const labels = new Int32Array(rows)
      for (let u = 0; u < universesPerBatch; u++) {
        const centre = [0, 1].map(() => 8 * (2 * rng.uniform() - 1))
        for (let r = 0; r < replicasPerUniverse; r++) {
          const i = u * replicasPerUniverse + r
          labels[i] = u
          for (let k = 0; k < features; k++) x[i * features + k] = (centre[k] ?? 0) + rng.normal()
        }
      }
      return { x, labels, rows }
    },
  }
}

const heldOut = gaussianSource(99).next(0)

function request(
  changes: Partial<TrainingConfig> = {},
  more: Partial<TrainingRequest> = {},
): TrainingRequest {
  const changed = { ...config, ...changes }
  return {
    config: changed,
    engine: createTfjsEngine(changed, features),
    source: gaussianSource(1),
    heldOut,
    evaluateEvery: 5,
    ...more,
  }
}

async function finish(
  asked: TrainingRequest,
  onReport: (report: TrainingReport) => Promise<void> | void = () => {},
): Promise<TrainingResult> {
  const training = trainEncoder(asked)
  for (;;) {
    const next = await training.next()
    if (next.done) return next.value
    await onReport(next.value)
  }
}

beforeAll(async () => void (await tf.setBackend('cpu')))

describe('trainEncoder', () => {
  it('continues from a saved checkpoint to the bit', async () => {
    let saved: Uint8Array | undefined
    let middle: Checkpoint | undefined
    const straight = request()
    // 13: between two evaluations, so that the running mean of the loss is carried over too.
    const whole = await finish(straight, async (report) => {
      if (report.step === 13) saved = await checkpointToBytes((middle = await report.takeCheckpoint()))
    })
    const resumeFrom = await checkpointFromBytes(saved!)
    expect(resumeFrom).toEqual(middle)
    const steps: number[] = []
    const resumed = request({}, { resumeFrom })
    const rest = await finish(resumed, (report) => void steps.push(report.step))
    expect(steps).toEqual([14, 15, 16, 17, 18, 19, 20])
    expect(rest).toEqual(whole)
    expect(await resumed.engine.state()).toEqual(await straight.engine.state())
  })

  it('learns: held-out loss well below chance, without collapse, on a round map', async () => {
    let last: TrainingReport | undefined
    const result = await finish(request({ steps: 120, dropout: 0 }), (report) => void (last = report))
    // The first two features carry all there is; the best scale of them is what a linear map can reach.
    const ideal = [0.3, 0.5, 0.7, 1].map((scale) => {
      const z = Float32Array.from(
        { length: heldOut.rows * 2 },
        (_, i) => scale * heldOut.x[(i >> 1) * 6 + (i & 1)],
      )
      return contrastiveLoss(config, z, heldOut.labels, 2).value
    })
    const untrained = Math.log(heldOut.rows - 1) // all in one place
    expect(result.heldOutLoss).toBeLessThan(Math.min(...ideal) + 0.3 * (untrained - Math.min(...ideal)))
    expect(last?.evaluation?.spread.collapsed).toBe(false)
    expect(last?.evaluation?.spread.effectiveRank).toBeGreaterThan(1.3)
    expect(result.history.map(({ step }) => step)).toEqual(Array.from({ length: 24 }, (_, i) => 5 * (i + 1)))
  })

  it('stops early and returns the best encoder, not the last', async () => {
    const snapshots = new Map<number, Float32Array>()
    const asked = request({ steps: 400, patience: 3, learningRate: 0.1, dropout: 0.5 })
    const result = await finish(asked, async (report) => {
      if (report.evaluation) snapshots.set(report.step, (await report.takeCheckpoint()).engine.parameters)
    })
    expect(result.stopped).toBe('early')
    const lastStep = Math.max(...snapshots.keys())
    expect(result.bestStep).toBe(lastStep - 15)
    expect(result.parameters.flat).toEqual(snapshots.get(result.bestStep))
    expect(result.heldOutLoss).toBe(Math.min(...result.history.map((record) => record.heldOutLoss)))
  })

  it('names step and learning rate where the numbers end, and keeps the last good encoder', async () => {
    const good = gaussianSource(1)
    const source: BatchSource = {
      features,
      next(step) {
        const batch = good.next(step)
        if (step === 7) batch.x[17] = Number.NaN
        return batch
      },
    }
    const asked = request({}, { source })
    const error = await finish(asked).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    if (!(error instanceof DivergedError)) throw new Error(`not a DivergedError: ${String(error)}`)
    expect(error.code).toBe('ml/diverged')
    expect(error.message).toMatch(/step 7 with learning rate .*NaN, index 17.*encoder of step 5 is kept/)
    expect(error.last?.bestStep).toBe(5)
    expect(error.last?.parameters.flat.every(Number.isFinite)).toBe(true)
    expect((await asked.engine.state()).steps).toBe(7)
  })

  it('refuses a checkpoint of other settings with both values', async () => {
    let resumeFrom: Checkpoint | undefined
    await finish(request({ steps: 1 }), async (report) => void (resumeFrom = await report.takeCheckpoint()))
    await expect(finish(request({ widths: [12, 9] }, { resumeFrom }))).rejects.toThrow(
      /widths 12,8, this one 12,9/,
    )
  })

  it('leaves the number of tensors as it was', async () => {
    const before = tf.memory().numTensors
    await finish(request({ steps: 6 }))
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('checkpointFromBytes', () => {
  it('recognises altered, torn and foreign bytes', async () => {
    let bytes = new Uint8Array()
    await finish(request({ steps: 1 }), async (report) => {
      bytes = await checkpointToBytes(await report.takeCheckpoint())
    })
    const altered = bytes.slice()
    altered[bytes.length - 5] ^= 1
    await expect(checkpointFromBytes(altered)).rejects.toThrow(/sha256/)
    await expect(checkpointFromBytes(bytes.subarray(0, 900))).rejects.toThrow(/sha256/)
    await expect(checkpointFromBytes(new Uint8Array(3))).rejects.toThrow(/3 bytes that do not begin with/)
  })
})

it('refuses a batch whose pairs do not fit', () => {
  const many = { ...config, universesPerBatch: 256, replicasPerUniverse: 64 }
  expect(() => createTfjsEngine(many, features)).toThrow(/16384 rows, at most 4096/)
})
