import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { peerEnvironment } from '../kernels/bench-environment.ts'
import { initBackend } from '../ml/backends.ts'
import { createTransformerBackend } from '../ml/transformer/create-transformer-backend.ts'
import { randomBatch } from '../ml/transformer/small-batches.ts'
import { createTfjsBackend } from '../ml/transformer/tfjs-backend.ts'
import type { TransformerBackend } from '../ml/transformer/transformer-backend.ts'
import { usualTransformerTraining } from '../ml/transformer/transformer-config.ts'
import { TransformerEngine } from '../ml/transformer/transformer-engine.ts'
import { TransformerLayout } from '../ml/transformer/transformer-parameters.ts'
import { transformerSizes, type TransformerSize } from '../ml/transformer/transformer-spec.ts'
import { createRng } from '../numerics/rng.ts'
import { backendOfWorkers } from '../studies/multi-top/cli/transformer-backends.ts'
import { measure, timingOf, type MeasureOptions, type Timing } from './measure.ts'
import { above, below, digits, type BenchRow } from './report.ts'

const tokens = 100
const classes = 5
const events = 256

const specOf = (size: TransformerSize) => ({ ...transformerSizes[size], tokens, classes })

/** Times are compared by the processor's: on a busy machine the clock also counts what others do. */
const processor = ({ cpu, median }: Timing): number => cpu ?? median

/** A multi-task step of 256 events: our kernel, TensorFlow.js and PyTorch in one run, then what two workers gain. */
export async function* transformerSuite(): AsyncGenerator<BenchRow, void> {
  const spec = specOf('small-5h')
  const title = `multi-task step of Small_5h, ${tokens} tokens, ${events} events`
  const before = process.memoryUsage().rss
  const kernel = await createTransformerBackend('kernels', spec)
  const ours = await timed(kernel, 'small-5h', { seconds: 5 })
  const grown = (process.memoryUsage().rss - before) / 2 ** 20
  yield { name: `${title}, our kernel`, value: ours }
  yield {
    name: 'memory that it adds to the process, batch included',
    unit: 'MiB',
    value: grown,
    target: below(150),
  }
  const peer = runPeer([tokens, spec.width, spec.heads, spec.blocks, classes, events])
  const name = 'our kernel over PyTorch'
  if (typeof peer === 'string') yield { name, value: { skipped: peer } }
  else {
    const theirs = timingOf(peer.times, peer.cpu)
    yield {
      name: `the same in PyTorch ${peer.version}, one thread`,
      value: theirs,
      note: `${peer.peakMiB.toFixed(0)} MiB at most`,
    }
    yield { name, unit: 'x', value: processor(ours) / processor(theirs), target: below(0.7) }
  }
  await initBackend('wasm')
  const held = process.memoryUsage().rss
  const tensors = await timed(createTfjsBackend(new TransformerLayout(spec)), 'small-5h', {
    ...{ seconds: 0, least: 3, warmUps: 1 },
  })
  const more = (process.memoryUsage().rss - held) / 2 ** 20
  yield { name: 'the same on tfjs-wasm', value: tensors, note: `32 events at a time, ${more.toFixed(0)} MiB` }
  yield {
    name: 'our kernel over tfjs-wasm',
    unit: 'x',
    value: processor(ours) / processor(tensors),
    target: below(0.1),
  }
  const layout = new TransformerLayout(spec)
  const engine = new TransformerEngine({ ...usualTransformerTraining, spec }, kernel)
  const { parameters } = engine.state()
  const { values } = randomBatch(layout, events, createRng(2))
  const inference = await measure(() => kernel.outputs(parameters, values, events, null), { seconds: 3 })
  yield {
    name: 'events per second and core, classes and scalars without a gradient',
    unit: '1/s',
    value: (1000 * events) / processor(inference),
    target: above(3000),
    note: `by processor time; ${digits((1000 * events) / inference.min)} by the clock of the best repetition`,
  }
  for (const size of ['small-1h', 'large'] as const)
    yield {
      name: `multi-task step of ${size}, our kernel`,
      value: await timed(await createTransformerBackend('kernels', specOf(size)), size, {
        seconds: 2,
        least: 3,
        warmUps: 1,
      }),
    }
  yield await twoWorkers()
}

async function timed(
  backend: TransformerBackend,
  size: TransformerSize,
  options: MeasureOptions,
): Promise<Timing> {
  const config = { ...usualTransformerTraining, spec: specOf(size) }
  const engine = new TransformerEngine(config, backend)
  const batch = randomBatch(engine.layout, events, createRng(1))
  return await measure(() => engine.step(batch, config.learningRate), options)
}

/** Rounds in turns, so that what else the machine does falls on both. */
const rounds = 5

async function twoWorkers(): Promise<BenchRow> {
  const config = { ...usualTransformerTraining, spec: specOf('small-5h') }
  const [one, two] = await Promise.all([backendOfWorkers(config.spec, 1), backendOfWorkers(config.spec, 2)])
  try {
    const engines = [one, two].map(({ backend }) => new TransformerEngine(config, backend))
    const batch = randomBatch(engines[0].layout, events, createRng(1))
    const gains: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const [alone, together] = [
        await measure(() => engines[0].step(batch, 1e-3), { seconds: 0, least: 3, warmUps: 0 }),
        await measure(() => engines[1].step(batch, 1e-3), { seconds: 0, least: 3, warmUps: 0 }),
      ]
      if (round > 0) gains.push(alone.median / together.median)
    }
    return {
      name: 'two workers, steps per second over those of one',
      unit: 'x',
      value: timingOf(gains).median,
      target: above(1.8),
      note: `clock; rounds ${gains.map(digits).join(', ')}`,
    }
  } finally {
    await Promise.all([one.close(), two.close()])
  }
}

interface Peer {
  version: string
  times: number[] // ms
  cpu: number // ms
  peakMiB: number
}

function runPeer(sizes: readonly number[]): Peer | string {
  const script = fileURLToPath(new URL('./transformer-peer.py', import.meta.url))
  for (const python of ['python3', '/usr/bin/python3']) {
    const { stdout } = spawnSync(python, [script, ...sizes.map(String)], {
      env: peerEnvironment(),
      encoding: 'utf8',
    })
    const answer = stdout ? (JSON.parse(stdout) as Peer | { missing: string }) : { missing: '' }
    if (!('missing' in answer)) return answer
  }
  return 'PyTorch is not installed (Debian: python3-torch with libopenblas0-pthread)'
}
