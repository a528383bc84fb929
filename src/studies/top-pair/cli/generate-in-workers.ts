import { Worker } from 'node:worker_threads'
import { joinSamples, type Sample, type SampleRequest } from '../analysis/generate-sample.ts'
import { AppError, type PlainError } from '../../../errors.ts'
import { blockCount } from '../../../generator/generate.ts'
import type { GenerateOptions } from './generate-options.ts'

/** What a thread is given: the options of the command, and its half-open range of blocks. */
export interface GenerateTask {
  options: GenerateOptions
  blocks: [from: number, to: number]
}

/** What it sends: progress, and at last the part or what went wrong. */
export type GenerateMessage =
  | { kind: 'progress'; fraction: number }
  | { kind: 'done'; sample: Sample }
  | { kind: 'failed'; error: PlainError }

/** The points of one request shared among threads; the joined table is that of a single thread to the last bit. */
export async function generateInWorkers(
  options: GenerateTask['options'],
  request: SampleRequest,
  workers: number,
  log: (line: string) => void,
): Promise<Sample> {
  const blocks = blockCount(request.points)
  const shares = Math.min(workers, blocks)
  const progress = new Float64Array(shares)
  let shown = 0
  const tell = (share: number, fraction: number): void => {
    progress[share] = fraction
    const all = progress.reduce((sum, value) => sum + value / shares, 0)
    if (all < shown + 0.1) return
    shown = all
    log(`${Math.round(100 * all)} % of the points, ${shares} threads`)
  }
  const parts = await Promise.all(
    Array.from({ length: shares }, (_, k) =>
      runPart(
        {
          options,
          blocks: [Math.floor((k * blocks) / shares), Math.floor(((k + 1) * blocks) / shares)],
        },
        (fraction) => tell(k, fraction),
      ),
    ),
  )
  return joinSamples(request, parts)
}

function runPart(task: GenerateTask, tell: (fraction: number) => void): Promise<Sample> {
  const worker = new Worker(new URL('./generate-worker.mjs', import.meta.url), { workerData: task })
  return new Promise<Sample>((resolve, reject) => {
    worker.on('message', (message: GenerateMessage) => {
      if (message.kind === 'progress') tell(message.fraction)
      else if (message.kind === 'done') resolve(message.sample)
      else reject(AppError.fromPlain(message.error))
    })
    worker.on('error', reject)
    worker.on('exit', (code) => {
      reject(new AppError('job/crashed', `A generating thread ended with code ${code}. Use fewer --workers.`))
    })
  }).finally(() => void worker.terminate())
}
