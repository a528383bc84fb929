import type { FitJobs } from '../analysis/fit/fit-jobs.ts'
import type { FitKind } from '../analysis/fit/fit-setup.ts'
import { AppError } from '../../../errors.ts'
import type { JobRun } from '../../../jobs/run-job.ts'
import type { FitIntent } from '../intent.ts'
import type { TopPairContext } from '../model.ts'
import { dataKey, fitKey, ratiosKey } from './fit-keys.ts'
import { networkPlan, type PlannedNetwork } from './network-plan.ts'
import { createFitProducts } from './fit-products.ts'
import { emptyFit, type FitState, type FitTrack, type NetworkTile } from './fit-state.ts'
import { idle } from '../../../core/loadable.ts'
import { createJobSlots } from '../../../core/job-slots.ts'
import { lendingProducts } from '../../../core/lending-products.ts'
import { createWorkMeter } from '../../../core/work-meter.ts'
import { tellingProducts } from '../../../core/product-store.ts'
import { fitProductVersion, type FitProductTypes } from './products.ts'
import type { Make, Place, Product } from '../../../core/product.ts'

type JobName = keyof FitJobs

export type FitRunner = ReturnType<typeof createFitRunner>

function isCancelled(thrown: unknown): boolean {
  return AppError.from(thrown).code === 'job/cancelled'
}

/** Networks trained at once; beyond that memory and heat cost more than they bring. */
const mostWorkers = 8

/** The part of the store that belongs to fits, the jobs under way, and what all of them have in common. */
export function createFitRunner(context: TopPairContext) {
  const { store, platform, jobs, notify } = context
  const workers = Math.max(1, Math.min(platform.cores, mostWorkers))
  const client = jobs('ml', workers)
  const slots = createJobSlots(workers)
  const runs = new Set<JobRun<unknown>>()
  const products = createFitProducts(
    lendingProducts(tellingProducts(platform.products<FitProductTypes>(fitProductVersion), notify)),
    context,
  )
  const meter = createWorkMeter(platform.now)
  platform.guard(meter)
  let session = new AbortController()
  let active = 0
  let toldWaiting = false

  const fit = (): FitState => store.getState().fit
  function update(patch: Partial<FitState>): void {
    store.setState((state) => ({ fit: { ...state.fit, ...patch } }))
  }
  const dataKeyOf = (setup: FitIntent): string => dataKey(setup, fit().dropped?.hash ?? '')
  const planOf = (setup: FitIntent): PlannedNetwork[] => networkPlan(setup, fit().own)
  const learnedKeyOf = (setup: FitIntent): string =>
    ratiosKey(
      setup,
      dataKeyOf(setup),
      planOf(setup).map(({ key }) => key),
    )

  /** Before anything is made or found: nothing may rest on what is only there to be seen. */
  function leaveRecorded(): void {
    if (fit().recorded) update({ recorded: null, data: idle, ratios: idle, fits: emptyFit.fits })
  }

  /** Where everything lasts, nothing would be lost any more. */
  function settleMeter(): void {
    meter.end()
    if (products.safe) meter.saved()
  }

  return {
    /** Address against which shipped files are found. */
    page: platform.page,
    meter,
    fit,
    update,
    products,
    dataKeyOf,
    planOf,
    learnedKeyOf,
    fitKeyOf: (setup: FitIntent, kind: FitKind): string =>
      fitKey(setup, kind, dataKeyOf(setup), learnedKeyOf(setup)),
    setup: (): FitIntent => store.getState().intent.fit,
    setTile(key: string, patch: Partial<NetworkTile>): void {
      update({ networks: fit().networks.map((tile) => (tile.key === key ? { ...tile, ...patch } : tile)) })
    },
    setTrack(kind: FitKind, patch: Partial<FitTrack>): void {
      const { fits } = fit()
      update({ fits: { ...fits, [kind]: { ...fits[kind], ...patch } } })
    },

    /** One thing a person asked for. Nothing it throws gets out: failures are in the state. */
    async activity(act: (signal: AbortSignal) => Promise<void>): Promise<void> {
      const { signal } = session
      if (active++ === 0) {
        toldWaiting = false
        meter.start()
        update({ status: 'running' })
      }
      try {
        await act(signal)
      } catch (thrown) {
        if (!isCancelled(thrown)) notify('error', AppError.from(thrown).message)
      } finally {
        if (signal === session.signal && --active === 0) {
          settleMeter()
          update({ status: 'idle' })
        }
      }
    },

    /** One tab at a time makes a product; the others wait, and find it made. */
    async alone<T>(key: string, signal: AbortSignal, act: () => Promise<T>): Promise<T> {
      const release = await platform.locks.take(key, signal, () => {
        if (toldWaiting) return
        toldWaiting = true
        notify(
          'info',
          'This is under way in another tab of this browser too: what that one finishes is taken over here. Cancel to stop waiting.',
        )
      })
      try {
        return await act()
      } finally {
        void release()
      }
    },

    /** A job in a worker of its own. */
    async work<K extends JobName>(
      job: K,
      request: FitJobs[K]['request'],
      signal: AbortSignal,
      onProgress: (progress: FitJobs[K]['progress']) => void = () => undefined,
    ): Promise<FitJobs[K]['result']> {
      const release = await slots.take(signal)
      try {
        const startPaused = fit().status === 'paused'
        const run = client.run(job, request, { signal, onProgress, startPaused })
        runs.add(run as JobRun<unknown>)
        try {
          return (await run.promise) as FitJobs[K]['result']
        } finally {
          runs.delete(run as JobRun<unknown>)
        }
      } finally {
        release()
      }
    },

    /**
     * Makes a product as a part of an activity.
     *
     * @param kept  where it is looked for before, and kept after
     * @returns whether it is there now
     * @throws  'job/cancelled'
     */
    async make<T>(
      product: Product<T>,
      label: string,
      produce: Make<T>,
      signal: AbortSignal,
      kept: Partial<Place<T>> = {},
    ): Promise<boolean> {
      const outcome = await product.make(label, produce, { signal, kept })
      if (outcome === 'ended') throw new AppError('job/cancelled', `${label}: cancelled.`)
      return outcome === 'ready'
    },

    leaveRecorded,

    /** A product of an earlier visit in its place, unless something is there or under way. */
    async recall<T extends { key: string }>(product: Product<T>, key: string, { find }: Place<T>) {
      const isThere = () => product.busy || product.get().value?.key === key
      if (isThere()) return
      const value = await find()
      if (!value || fit().status !== 'idle' || isThere()) return
      leaveRecorded()
      product.put(value)
    },

    pause(): void {
      if (fit().status !== 'running') return
      meter.pause()
      for (const run of runs) run.pause()
      update({ status: 'paused' })
    },
    resume(): void {
      if (fit().status !== 'paused') return
      meter.resume()
      update({ status: 'running' })
      for (const run of runs) run.resume()
    },
    /** Ends everything under way. What was finished stays, checkpoints too. */
    cancel(): void {
      const before = session
      session = new AbortController()
      active = 0
      settleMeter()
      update({ status: 'idle' })
      before.abort()
    },
  }
}
