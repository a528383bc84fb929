import type {
  FitData,
  FitOutcome,
  FitProgress,
  TrainedNetwork,
} from '../studies/top-pair/analysis/fit/fit-jobs.ts'
import { type FitIntent } from '../studies/top-pair/intent.ts'
import { settle } from './fake-jobs.ts'
import { smallTopPair, type AskedJob } from './small-top-pair.ts'
import { type CheckpointStore } from '../core/checkpoint-store.ts'
import { createFitActions } from '../studies/top-pair/state/fit-actions.ts'
import { type ProductStore } from '../core/product-store.ts'
import type { Platform } from '../core/platform.ts'
import type { FitProductTypes } from '../studies/top-pair/state/products.ts'

const data = { exactRatios: new Float64Array(0), features: { names: [], values: new Float32Array(0) } }
export const prepared = data as unknown as FitData
export const outcome = (kind: string) =>
  ({ kind, deltaChi2: [{ hypothesis: 'SM' }] }) as unknown as FitOutcome

export function trained(job: AskedJob<'train-ratio'>): TrainedNetwork {
  const { task } = job.request
  const record = { epoch: 3, loss: 0.6, validationLoss: 0.6, learningRate: 1e-3 }
  return { task, history: [record], backend: 'kernels' } as unknown as TrainedNetwork
}

export const progress = (iteration: number, checkpoint: Uint8Array | null = null): FitProgress =>
  ({ report: { iteration }, live: {}, checkpoint }) as unknown as FitProgress

/** The fit of a small page, and the jobs that are asked for. */
export function page(
  patch: Partial<FitIntent> = {},
  checkpoints?: CheckpointStore,
  {
    products,
    ...instead
  }: Partial<Omit<Platform, 'products'>> & { products?: ProductStore<FitProductTypes> } = {},
) {
  // Four networks, so that two workers leave two of them waiting.
  const app = smallTopPair({ preset: 'thesis', ...patch }, checkpoints, {
    ...instead,
    ...(products && { products: () => products as never }),
  })
  const actions = createFitActions(app.context)
  return {
    ...app,
    actions,
    state: () => app.store.getState().fit,
    jobs: (name: string) => app.fit.asked.filter(({ job }) => job === name),
    tiles: () => app.store.getState().fit.networks.map(({ status }) => status),
  }
}

export type FitPage = ReturnType<typeof page>

/** Answers whatever is asked, in order, until nothing new is asked. */
export async function answerAll({ fit }: FitPage): Promise<void> {
  for (let at = 0; at < fit.asked.length; at++) {
    const job = fit.asked[at]
    if (job.cancelled) continue
    if (job.job === 'prepare-fit') await (job as AskedJob<'prepare-fit'>).finish(prepared)
    else if (job.job === 'train-ratio') {
      const training = job as unknown as AskedJob<'train-ratio'>
      await training.finish(trained(training))
    } else if (job.job === 'predict-ratios')
      await (job as AskedJob<'predict-ratios'>).finish({
        ratios: new Float64Array(1),
        spread: new Float64Array(1),
        calibration: null,
      })
    else if (job.job === 'fit') {
      const own = job as unknown as AskedJob<'fit'>
      await own.finish(outcome(own.request.kind))
    }
    await settle()
  }
}
