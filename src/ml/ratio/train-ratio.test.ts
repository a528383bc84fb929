import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../kernels/load-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import type { RatioTrainingConfig } from './ratio-config.ts'
import { ratioCheckpointFromBytes, ratioCheckpointToBytes, type RatioCheckpoint } from './ratio-checkpoint.ts'
import type { RatioEngine, RatioTable } from './ratio-engine.ts'
import { createRatioKernelEngine } from './ratio-kernel-engine.ts'
import { RatioDivergedError, splitRows, trainRatio, type RatioReport } from './train-ratio.ts'

const config: RatioTrainingConfig = {
  seed: 3,
  widths: [8],
  loss: 'cross-entropy',
  optimiser: 'adamw',
  weightDecay: 0.01,
  learningRate: 0.01,
  schedule: 'cosine',
  batches: { perEpoch: 4 },
  epochs: 6,
  validationShare: 0.25,
  patience: 100,
  patienceFrom: 0,
}

const rng = createRng(6)
const table: RatioTable = {
  rows: 400,
  features: 2,
  outputs: 1,
  inputs: Float32Array.from({ length: 800 }, () => rng.normal()),
  targets: Float32Array.from({ length: 400 }, () => rng.uniform()),
  weights: new Float32Array(400).fill(1),
}
const kernels = await loadKernels()
const newEngine = (changed = config): RatioEngine => createRatioKernelEngine(kernels, changed, table)

async function run(
  engine: RatioEngine,
  changed = config,
  options: { resumeFrom?: RatioCheckpoint; until?: number } = {},
) {
  const reports: RatioReport[] = []
  const training = trainRatio({ config: changed, engine, table, dataKey: 'a', ...options })
  for (;;) {
    const next = await training.next()
    if (next.done) return { reports, result: next.value }
    reports.push(next.value)
    if (next.value.step === options.until)
      return { reports, result: null, checkpoint: next.value.takeCheckpoint() }
  }
}

it('goes on after any step as if it had never stopped', async () => {
  const straight = await run(newEngine())
  expect(straight.reports).toHaveLength(24)
  for (const until of [4, 10]) {
    const { checkpoint } = await run(newEngine(), config, { until })
    const bytes = await ratioCheckpointToBytes(checkpoint!)
    const resumed = await run(newEngine(), config, { resumeFrom: await ratioCheckpointFromBytes(bytes) })
    expect(resumed.result).toEqual(straight.result)
  }
})

it('depends on the seed alone', async () => {
  const a = await run(newEngine())
  expect((await run(newEngine())).result).toEqual(a.result)
  const other = { ...config, seed: 4 }
  expect((await run(newEngine(other), other)).result!.validationLoss).not.toBe(a.result!.validationLoss)
})

/** Counts as an engine: its validation losses are given, its one parameter is the number of steps. */
function scripted(losses: number[]): RatioEngine {
  let steps = 0
  let parameters = new Float32Array(1)
  return {
    name: 'scripted',
    step: () => {
      parameters = Float32Array.of(++steps)
      return 1
    },
    loss: () => losses[steps / 4 - 1],
    state: () => ({
      parameters: parameters.slice(),
      optimiser: { updates: steps, first: new Float32Array(1), second: new Float32Array(1) },
    }),
    restore: (state) => void (parameters = state.parameters.slice()),
    dispose() {},
  }
}

describe('early stopping', () => {
  it('stops after `patience` epochs without a better one and rolls back to the best', async () => {
    const engine = scripted([5, 3, 4, 3, 3.5, 1, 0])
    const { result } = await run(engine, { ...config, epochs: 7, patience: 3 })
    expect(result).toMatchObject({ stopped: 'early', bestEpoch: 2, validationLoss: 3 })
    expect(result!.history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5])
    expect(result!.parameters).toEqual(Float32Array.of(8))
    expect(engine.state().parameters).toEqual(Float32Array.of(8))
  })

  it('does not count the first epochs', async () => {
    const { result } = await run(scripted([5, 6, 6, 6, 6, 1, 2]), {
      ...config,
      epochs: 7,
      patience: 2,
      patienceFrom: 4,
    })
    expect(result).toMatchObject({ stopped: 'finished', bestEpoch: 6 })
  })
})

it('stops at the first loss that is not finite and keeps the best network', async () => {
  const failure = await run(scripted([5, 4, Number.NaN])).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(RatioDivergedError)
  expect((failure as RatioDivergedError).last).toMatchObject({ bestEpoch: 2, validationLoss: 4 })
  expect((failure as RatioDivergedError).message).toMatch(/epoch 3 .*The network of epoch 2 is kept/)
})

it('refuses to continue another training, and damaged bytes', async () => {
  const { checkpoint } = await run(newEngine(), config, { until: 5 })
  const changed = { ...config, weightDecay: 0 }
  await expect(run(newEngine(), changed, { resumeFrom: checkpoint })).rejects.toThrow(
    /weightDecay 0.01, this one 0/,
  )
  await expect(run(newEngine(), config, { resumeFrom: { ...checkpoint!, dataKey: 'b' } })).rejects.toThrow(
    /data b, this one a:/,
  )
  const bytes = await ratioCheckpointToBytes(checkpoint!)
  bytes[bytes.length - 3] ^= 1
  await expect(ratioCheckpointFromBytes(bytes)).rejects.toThrow(/its sha256 is/)
  await expect(ratioCheckpointFromBytes(bytes.subarray(0, 40))).rejects.toThrow(/do not begin with/)
})

it('divides the rows once and completely', () => {
  const { training, validation } = splitRows(config, 400)
  expect(validation).toHaveLength(100)
  expect([...training, ...validation].sort((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, i) => i))
  expect(() => splitRows(config, 1)).toThrow(/1 rows cannot be divided/)
})
