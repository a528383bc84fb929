// npm run bench -- kernels: every kernel beside numpy and PyTorch (python3, where it has them), in one run.
// Best and median of each; on a busy machine the ratios of the best times mean most.

import { spawnSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { createRng } from '../numerics/rng.ts'
import { peerEnvironment } from './bench-environment.ts'
import { benchNetwork, operationsPerRow, ratioLayers, startAtRandom } from './bench-network.ts'
import { compileKernels } from './build-kernels.ts'
import { loadKernels } from './load-kernels.ts'

interface Time {
  median: number // ms
  best: number
}

function measure(work: () => void, seconds = 0.7): Time {
  work()
  const times: number[] = []
  const end = performance.now() + 1000 * seconds
  while (performance.now() < end || times.length < 5) {
    const start = performance.now()
    work()
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  return { median: times[times.length >> 1], best: times[0] }
}

function peers(): Record<string, Time> {
  const script = fileURLToPath(new URL('./bench-peers.py', import.meta.url))
  let found: Record<string, Time> = {}
  for (const python of ['python3', '/usr/bin/python3']) {
    const { stdout } = spawnSync(python, [script], { env: peerEnvironment(), encoding: 'utf8' })
    if (stdout) found = { ...(JSON.parse(stdout) as Record<string, Time>), ...found }
    if (found['network 200']) break
  }
  return found
}

const digits = (x: number): string => x.toPrecision(3)

function line(name: string, ours: Time, theirs?: Time, note = ''): void {
  const ratio = theirs ? `${digits(theirs.best)} (ours/peer ${digits(ours.best / theirs.best)})` : '-'
  console.log(`| ${name} | ${digits(ours.best)} | ${digits(ours.median)} | ${ratio} | ${note} |`)
}

async function ceiling(): Promise<number> {
  const instance = await WebAssembly.instantiate(
    await WebAssembly.compile(await compileKernels(true, 'ceiling.ts')),
  )
  const run = instance.exports.ceiling as (times: number) => void
  return (2000 * 8192) / measure(() => run(2000)).best / 1e6
}

async function workers(count: number, batch: number): Promise<number> {
  const all = Array.from(
    { length: count },
    () =>
      new Worker(new URL('./bench-worker.mjs', import.meta.url), {
        workerData: { batch, seconds: 2 },
      }),
  )
  const next = (worker: Worker): Promise<unknown> => new Promise((resolve) => worker.once('message', resolve))
  await Promise.all(all.map(next))
  const counts = all.map(next)
  for (const worker of all) worker.postMessage('go')
  const steps = (await Promise.all(counts)) as number[]
  await Promise.all(all.map((worker) => worker.terminate()))
  return steps.reduce((a, b) => a + b) / 2
}

console.log(
  `${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`,
)
const theirs = peers()
const absent = [
  ['numpy', 'sgemm 1024'],
  ['PyTorch', 'network 200'],
].filter(([, name]) => !theirs[name])
for (const [library] of absent)
  console.log(
    `${library} is not installed (Debian: python3-${library === 'numpy' ? 'numpy' : 'torch'}): no times of it`,
  )
const sgemm = theirs['sgemm 1024']
if (sgemm) console.log(`numpy sgemm, one thread: ${digits(2147.483648 / sgemm.best)} GFLOP/s`)
const top = await ceiling()
console.log(`bare register tile: ${digits(top)} GFLOP/s\n`)
console.log('| | best ms | median ms | peer best ms | |\n|---|---|---|---|---|')

const kernels = await loadKernels()
for (const batch of [200, 2000, 20000]) {
  const time = measure(await benchNetwork(batch), 1.5)
  const rate = (batch * operationsPerRow(ratioLayers)) / time.best / 1e6
  line(
    `network ${batch}`,
    time,
    theirs[`network ${batch}`],
    `${digits(rate)} GFLOP/s, ${digits((100 * rate) / top)} % of the tile`,
  )
}
line('network 2000, scalar build', measure(await benchNetwork(2000, false)), theirs['network 2000'])

const rng = createRng(3)
for (const [widths, batchNorm] of [
  [[128, 64], false],
  [[128, 64, 32], true],
] as const)
  for (const batch of [400, 512])
    for (const loss of ['supcon-euclidean', 'supcon-cosine', 'pair'] as const) {
      const network = kernels.createNetwork({
        inputs: 71,
        layers: [
          ...widths.map((units) => ({ units, activation: 'relu' as const, batchNorm })),
          { units: 2, activation: 'linear' },
        ],
      })
      startAtRandom(network)
      const x = Float32Array.from({ length: batch * 71 }, () => rng.normal())
      const labels = Int32Array.from({ length: batch }, (_, i) => i >> 3)
      const name = `contrastive ${[71, ...widths, 2].join('-')}${batchNorm ? ' norm' : ''} ${batch}`
      const time = measure(() => {
        network.contrastiveGradient({ loss, setting: loss === 'pair' ? 4 : 0.5 }, x, labels, batch)
        network.update({ learningRate: 1e-3 })
      })
      line(`${name}, ${loss}`, time, loss === 'supcon-euclidean' ? theirs[name] : undefined)
    }

{
  // The encoder of ten events side by side, its 512 sets of nine models.
  const layers = [160, 384, 512, 256, 128, 64, 32, 16, 8, 4, 2]
  const batch = 512
  const network = kernels.createNetwork({
    inputs: layers[0],
    layers: layers.slice(1).map((units, i) => ({
      units,
      activation: i === layers.length - 2 ? ('linear' as const) : ('relu' as const),
    })),
  })
  startAtRandom(network)
  const x = Float32Array.from({ length: batch * layers[0] }, () => rng.normal())
  const labels = Int32Array.from({ length: batch }, (_, i) => i % 9)
  const time = measure(() => {
    network.contrastiveGradient({ loss: 'pair', setting: 1 }, x, labels, batch)
    network.update({ learningRate: 1e-3 })
  }, 2)
  const rate = (batch * operationsPerRow(layers)) / time.best / 1e6
  line(
    `events encoder ${batch}, pair`,
    time,
    theirs[`events encoder ${batch}`],
    `${digits(rate)} GFLOP/s, ${digits((100 * rate) / top)} % of the tile`,
  )
}

const columns = Array.from({ length: 5 }, () =>
  Float64Array.from({ length: 10_000 }, () => 0.3 * Math.abs(rng.normal())),
)
const point = columns.map(() => rng.uniform())
for (const terms of [4, 5]) {
  const events = kernels.createEventColumns(columns.slice(0, terms))
  const at = point.slice(0, terms)
  const name = `log sums 10000 x (1 + ${terms})`
  const one = measure(() => events.logSum(at))
  line(name, one, theirs[name], `${digits(1000 / one.median)} calls/s`)
  const points = Float64Array.from({ length: 64 * terms }, () => rng.uniform())
  line(
    `64 ${name}`,
    measure(() => events.logSums(points)),
    theirs[`64 ${name}`],
  )
  line(
    `${name} and gradient`,
    measure(() => events.logSumGradient(at)),
  )
}
line(
  'Math.log 10000 x (1 + 5)',
  measure(() => {
    let sum = 0
    for (let e = 0; e < 10_000; e++) {
      let ratio = 1
      for (let k = 0; k < 5; k++) ratio += point[k] * columns[k][e]
      sum += Math.log(ratio)
    }
    if (Number.isNaN(sum)) throw new Error('a negative ratio')
  }),
)
const weights = kernels.createEventColumns(
  Array.from({ length: 45 }, () => Float64Array.from({ length: 100_000 }, () => rng.uniform())),
)
const coefficients = Array.from({ length: 45 }, () => rng.uniform())
line(
  'contract 100000 x 45',
  measure(() => weights.contract(coefficients)),
  theirs['contract 100000 x 45'],
)

const values = Float32Array.from({ length: 1e7 }, () => rng.normal())
const rows = kernels.createNearestRows({ values, columns: 100 })
const single = values.slice(1700, 1800)
line(
  'nearest 50 of 100000 x 100',
  measure(() => rows.nearest(single, 50)),
  theirs['nearest 50 of 100000 x 100'],
)
const many = values.slice(0, 6400)
const group = measure(() => rows.nearest(many, 50))
line('the same, 64 queries', group, undefined, `${digits(group.best / 64)} ms each`)

const alone = await workers(1, 2000)
const together = await workers(2, 2000)
console.log(
  `\nworkers, network 2000: one ${digits(alone)} steps/s, two ${digits(together)} (${digits(together / alone)} x), load ${loadavg()[0].toFixed(1)}`,
)
