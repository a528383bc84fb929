import { createBatchSource } from '../studies/drell-yan/analysis/batch-source.ts'
import { nearestUniverses, type NeighbourGallery } from '../studies/drell-yan/analysis/neighbours.ts'
import { trainEncoderJob } from '../studies/drell-yan/analysis/datasets/train-encoder-job.ts'
import { loadKernels } from '../kernels/load-kernels.ts'
import { initBackend } from '../ml/backends.ts'
import { createEngine } from '../ml/create-engine.ts'
import type { BackendName } from '../ml/training-config.ts'
import { createRng } from '../numerics/rng.ts'
import { operatorNames } from '../physics/smeft/operators.ts'
import { ensembleRows } from './ensemble.ts'
import { measure, timingOf, type Timing } from './measure.ts'
import { below, digits, type BenchRow, type Target } from './report.ts'
import type { BenchSubject } from './subject.ts'

const stepsPerEpoch = 100

/** The backends that Node has; WebGL and WebGPU are measured in the browser. */
const engines: { name: BackendName; epochs: number; plateau?: Target }[] = [
  { name: 'kernels', epochs: 7, plateau: below(10) },
  { name: 'wasm', epochs: 5, plateau: below(90) },
  { name: 'cpu', epochs: 2 },
]

export async function* mlSuite(subject: BenchSubject): AsyncGenerator<BenchRow, void> {
  let fastest: number | undefined
  for (const { name, epochs } of engines) {
    const { value, loss } = await epoch(subject, name, epochs)
    fastest ??= value.median
    const ratio = digits(value.median / fastest)
    yield {
      name: `epoch of ${stepsPerEpoch} steps, ${name}`,
      value,
      note: `${digits(value.median / stepsPerEpoch)} ms/step, ${ratio} x kernels, loss ${loss.toFixed(3)} after the first`,
    }
  }
  for (const { name, plateau } of engines) if (plateau) yield await wholeTraining(subject, name, plateau)
  yield* ensembleRows(subject)
  yield* neighbours(subject)
}

/** Steps of the default 50 x 8 batch as a training makes them, drawing of the batch included. */
async function epoch(
  { header, training }: BenchSubject,
  backend: BackendName,
  epochs: number,
): Promise<{ value: Timing; loss: number }> {
  await initBackend(backend)
  const config = { ...training, backend }
  const source = createBatchSource(header.universeModel, { ...config, order: header.manifest.order })
  const engine = await createEngine(backend, config, source.features)
  let step = 0
  const run = async (steps: number): Promise<number> => {
    let loss = 0
    for (let i = 0; i < steps; i++, step++) {
      const { x, labels, rows } = source.next(step)
      loss = await engine.step(x, labels, rows, config.learningRate)
    }
    return loss
  }
  await run(3)
  let first: number | undefined
  const value = await measure(
    async () => {
      const loss = await run(stepsPerEpoch)
      first ??= loss
    },
    { seconds: 0, least: epochs, warmUps: 0 },
  )
  engine.dispose()
  return { value, loss: first ?? NaN }
}

/** The default training until it stops by itself; seconds, start of the backend included. */
async function wholeTraining(
  { header, training }: BenchSubject,
  backend: BackendName,
  target: Target,
): Promise<BenchRow> {
  const { universeModel: model, manifest } = header
  const preview = header.whitenedMeans.slice(0, model.templates.bins)
  const used = process.cpuUsage()
  const start = performance.now()
  const job = trainEncoderJob({ model, order: manifest.order, config: { ...training, backend }, preview }, {})
  let steps = 0
  let next = await job.next()
  while (!next.done) {
    if (next.value.kind === 'step') steps = next.value.step
    next = await job.next()
  }
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(used)
  const { step, heldOutLoss, stoppedEarly } = next.value
  return {
    name: `default training to its plateau, ${backend}`,
    unit: 's',
    value: timingOf([seconds], (user + system) / 1e6),
    target,
    note: `${steps} steps${stoppedEarly ? ', stopped early' : ''}, best at ${step}, held-out loss ${heldOutLoss.toFixed(4)}`,
  }
}

const neighbourCount = 20

async function* neighbours({ header }: BenchSubject): AsyncGenerator<BenchRow, void> {
  const bins = header.universeModel.templates.bins
  const kernels = await loadKernels()
  for (const count of [header.table.count, 20_000]) {
    const gallery = galleryOf(header, count)
    const query = { latent: [0, 0], whitened: gallery.whitened.slice(17 * bins, 18 * bins) }
    const title = `${neighbourCount} nearest of ${count.toLocaleString('en')} x ${bins}`
    yield {
      name: `${title}, plain TypeScript`,
      value: await measure(() => nearestUniverses(gallery, query, 'spectrum', neighbourCount)),
    }
    const rows = kernels.createNearestRows({ values: gallery.whitened, columns: bins })
    yield {
      name: `${title}, kernels`,
      value: await measure(() => rows.nearest(query.whitened, neighbourCount)),
    }
  }
}

/** Universes of the corpus, repeated with unit noise where more are asked for. */
function galleryOf(header: BenchSubject['header'], count: number): NeighbourGallery {
  const bins = header.universeModel.templates.bins
  const universes = header.table.count
  const rng = createRng(5)
  const whitened = new Float32Array(count * bins)
  for (let i = 0; i < whitened.length; i++)
    whitened[i] =
      header.whitenedMeans[i % header.whitenedMeans.length] + (i < universes * bins ? 0 : rng.normal())
  return {
    count,
    latent: new Float32Array(2 * count),
    whitened,
    coefficients: new Float64Array(count * operatorNames.length),
    halfWidth: header.universeModel.prior.halfWidth,
  }
}
