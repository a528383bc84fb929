import { describe, expect, it } from 'vitest'
import { loadTransformerKernel } from '../../kernels/load-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import { createKernelBackend } from './kernel-backend.ts'
import { answerWork, createSharedBackend, type TransformerAnswer } from './shared-backend.ts'
import type { TokenBatch, TokenBatchSource } from './token-source.ts'
import { trainTransformer, type TransformerReport, type TransformerTraining } from './train-transformer.ts'
import type { TransformerBackend } from './transformer-backend.ts'
import { transformerCheckpointFromBytes, transformerCheckpointToBytes } from './transformer-checkpoint.ts'
import { usualTransformerTraining, type TransformerConfig } from './transformer-config.ts'
import { TransformerEngine } from './transformer-engine.ts'
import { TransformerLayout } from './transformer-parameters.ts'

const module = (await loadTransformerKernel())!
const spec = { tokens: 6, width: 8, heads: 2, blocks: 1, classes: 2 }
const layout = new TransformerLayout(spec)
const config: TransformerConfig = {
  ...{ ...usualTransformerTraining, spec, learningRate: 1e-2, batch: 20, epochs: 4 },
}

/** Two classes that differ in the sign of a correlation; four tokens that are nearly equal, to be reconstructed. */
function toyBatch(seed: string, rows: number): TokenBatch {
  const rng = createRng(1).split(seed)
  const values = new Float32Array(rows * 6)
  const labels = new Uint8Array(rows)
  for (let row = 0; row < rows; row++) {
    labels[row] = rng.integer(2)
    const x = values.subarray(6 * row, 6 * row + 6)
    const common = rng.normal()
    for (let j = 0; j < 6; j++) x[j] = j < 2 ? rng.normal() : common + 0.3 * rng.normal()
    x[1] = labels[row] ? x[0] : -x[0]
  }
  return {
    ...{ rows, values, labels, filled: new Uint8Array(rows * 6).fill(1) },
    masked: Uint8Array.from({ length: rows * 6 }, () => Number(rng.uniform() < 0.3)),
    weights: new Float32Array(rows).fill(1),
  }
}

const source: TokenBatchSource = {
  ...{ tokens: 6, classes: 2, events: 200 },
  batchesOf: (rows) => Math.floor(200 / rows),
  batch: (epoch, index, rows) => toyBatch(`${epoch}/${index}`, rows),
}
const validation = toyBatch('validation', 100)

function training(
  change: Partial<TransformerTraining> = {},
  backend?: TransformerBackend,
): TransformerTraining {
  const ours = { ...config, ...change.config }
  const engine = new TransformerEngine(ours, backend ?? createKernelBackend(module, layout))
  return { engine, source, validation, dataKey: 'toys', ...change, config: ours }
}

async function run(
  of: TransformerTraining,
  each: (report: TransformerReport) => void | Promise<void> = () => {},
) {
  const steps = trainTransformer(of)
  for (;;) {
    const next = await steps.next()
    if (next.done) return next.value
    await each(next.value)
  }
}

describe('training', () => {
  it('learns classes and hidden scalars, and reports each epoch', async () => {
    const reports: TransformerReport[] = []
    const epochs = 12
    const result = await run(
      training({ config: { ...config, epochs } }),
      (report) => void reports.push(report),
    )
    expect(reports).toHaveLength(10 * epochs)
    expect(reports.filter(({ evaluation }) => evaluation)).toHaveLength(epochs)
    const last = result.history[epochs - 1]
    expect(last.validationClassification).toBeLessThan(0.5 * Math.LN2) // ln 2 is what knowing nothing gives
    const hidden = validation.values.filter((_, i) => validation.masked[i])
    const variance = hidden.reduce((sum, x) => sum + x * x, 0) / hidden.length // what the mean in each place leaves
    expect(last.validationReconstruction).toBeLessThan(0.8 * variance)
    expect(result.stopped).toBe('finished')
  })

  it.each(['reconstruction', 'classification'] as const)(
    '%s alone leaves the other head as it was',
    async (task) => {
      const begun = new TransformerEngine({ ...config, task }, createKernelBackend(module, layout)).state()
      const { parameters } = await run(training({ config: { ...config, task, epochs: 1 } }))
      const other = task === 'classification' ? 'reconstruction' : 'classes'
      expect(layout.view(parameters, other)).toEqual(layout.view(begun.parameters, other))
      expect(layout.view(parameters, 'embedding')).not.toEqual(layout.view(begun.parameters, 'embedding'))
    },
  )

  it('goes on from a checkpoint to the byte, in the middle of an epoch', async () => {
    let bytes: Uint8Array | undefined
    const whole = await run(training(), async ({ step, takeCheckpoint }) => {
      if (step === 13) bytes = await transformerCheckpointToBytes(takeCheckpoint())
    })
    const resumed = await run(training({ resumeFrom: await transformerCheckpointFromBytes(bytes!) }))
    expect(resumed).toEqual(whole)
  })

  it('two workers that answer out of order give the same bytes as one', async () => {
    const backends = [createKernelBackend(module, layout), createKernelBackend(module, layout)]
    let turn = 0
    const late: (() => void)[] = []
    const shared = createSharedBackend('two workers', (work) => {
      const answer = answerWork(backends[turn++ % 2], work)
      // Every first of two waits for the second.
      if (turn % 2 === 1)
        return new Promise<TransformerAnswer>((resolve) => late.push(() => void answer.then(resolve)))
      late.pop()?.()
      return answer
    })
    expect(await run(training({}, shared))).toEqual(await run(training()))
  })

  it('stops early, and returns the best', async () => {
    const worse: TransformerConfig = {
      ...config,
      learningRate: 0.5,
      schedule: 'constant',
      epochs: 30,
      patience: 2,
    }
    const result = await run(training({ config: worse }))
    expect(result.stopped).toBe('early')
    expect(result.history).toHaveLength(result.bestEpoch + 2)
  })
})

describe('refused', () => {
  const checkpoint = async () => {
    const steps = trainTransformer(training())
    const first = await steps.next()
    if (first.done) throw new Error('no step was made')
    return first.value.takeCheckpoint()
  }
  it('a checkpoint of another architecture, with both numbers', async () => {
    const other = { ...config, spec: { ...spec, width: 12 } }
    const engine = new TransformerEngine(
      other,
      createKernelBackend(module, new TransformerLayout(other.spec)),
    )
    const resumed = run({ ...training(), config: other, engine, resumeFrom: await checkpoint() })
    await expect(resumed).rejects.toThrow('width 8, this one 12')
  })
  it('a checkpoint of other events', async () => {
    const resumed = run(training({ dataKey: 'others', resumeFrom: await checkpoint() }))
    await expect(resumed).rejects.toThrow('events toys, this one others')
  })
  it('events of other tokens', async () => {
    await expect(run(training({ source: { ...source, tokens: 7 } }))).rejects.toThrow(
      'of 6 tokens and 2 classes',
    )
  })
  it('fewer events than a batch', async () => {
    const few = { ...source, events: 19, batchesOf: () => 0 }
    await expect(run(training({ source: few }))).rejects.toThrow('19 events do not fill one batch of 20')
  })
  it('a negative weight', async () => {
    const bad = { ...source, batch: () => ({ ...toyBatch('x', 20), weights: new Float32Array(20).fill(-1) }) }
    await expect(run(training({ source: bad }))).rejects.toThrow('Event 0 has weight -1')
  })
  it('a number that is not finite, by its place', async () => {
    const batch = toyBatch('x', 20)
    batch.values[7] = Number.NaN
    await expect(run(training({ source: { ...source, batch: () => batch } }))).rejects.toThrow('NaN, index 7')
  })
  it('a damaged checkpoint', async () => {
    const bytes = await transformerCheckpointToBytes(await checkpoint())
    bytes[bytes.length - 3] ^= 1
    await expect(transformerCheckpointFromBytes(bytes)).rejects.toMatchObject({ code: 'model/corrupt' })
  })
})
