import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { defaultClassifier } from '../studies/drell-yan/analysis/classification/class-setup.ts'
import { gallery, galleryUniverses } from '../studies/drell-yan/analysis/classification/gallery.ts'
import type { TrainMemberRequest } from '../studies/drell-yan/analysis/classification/train-member.ts'
import { below, digits, type BenchRow } from './report.ts'
import type { BenchSubject } from './subject.ts'

const steps = 500
const rounds = 3

/**
 * An ensemble of five in five workers beside one member alone, on the same machine in turns. With as many cores as
 * members the ratio of the clocks would be 1; with fewer, the ideal is members / cores times the time of one.
 */
export async function* ensembleRows({ header }: BenchSubject): AsyncGenerator<BenchRow, void> {
  const { universeModel: model, manifest } = header
  const known = gallery(header, galleryUniverses(header, 100))
  const config = defaultClassifier('ensemble', known.universes.length)
  const request: Omit<TrainMemberRequest, 'member'> = {
    model,
    order: manifest.order,
    gallery: known,
    latent: null,
    config,
  }
  const cores = Math.min(config.members, availableParallelism())
  const workers = await Promise.all(
    Array.from({ length: config.members }, async (_, member) => {
      const worker = new Worker(new URL('./ensemble-worker.mjs', import.meta.url), {
        workerData: { ...request, member },
      })
      await said(worker)
      return worker
    }),
  )
  const ratios: number[] = []
  let processor = 0
  let one = Number.POSITIVE_INFINITY
  try {
    for (let round = 0; round < rounds; round++) {
      const alone = await clock(workers.slice(0, 1))
      const together = await clock(workers)
      one = Math.min(one, alone.wall)
      ratios.push(together.wall / alone.wall / (config.members / cores))
      processor += together.cpu / alone.cpu / config.members / rounds
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  const sorted = ratios.sort((a, b) => a - b)
  yield {
    name: `ensemble of ${config.members} in parallel workers, time per core over one member's`,
    unit: 'x',
    value: sorted[Math.floor(sorted.length / 2)],
    target: below(1.3),
    note: `${cores} cores, ${steps} steps each, one member ${digits(one / 1000)} s at best; rounds ${sorted.map((ratio) => digits(ratio)).join(', ')}; processor time per member ${digits(processor)} x that of one alone`,
  }
}

function said(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

/** Clock and processor time [ms] until all of them have trained; the latter says more on a busy machine. */
async function clock(workers: readonly Worker[]): Promise<{ wall: number; cpu: number }> {
  const start = performance.now()
  const used = process.cpuUsage()
  const done = workers.map(said)
  for (const worker of workers) worker.postMessage(steps)
  await Promise.all(done)
  const { user, system } = process.cpuUsage(used)
  return { wall: performance.now() - start, cpu: (user + system) / 1000 }
}
