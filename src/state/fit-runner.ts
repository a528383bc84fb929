import type { FitJobs } from '../analysis/top-pair/fit/fit-jobs.ts'
import type { FitKind } from '../analysis/top-pair/fit/fit-setup.ts'
import { networkTasks } from '../analysis/top-pair/ratios/network-tasks.ts'
import { AppError } from '../errors.ts'
import type { JobRun } from '../jobs/run-job.ts'
import type { FitIntent } from '../share/fit-schema.ts'
import type { Actions } from './actions.ts'
import type { Store } from './create-app-store.ts'
import { dataKey, fitKey, networkKey, ratiosKey } from './fit-keys.ts'
import type { FitState, FitTrack, NetworkTile } from './fit-state.ts'
import { createJobSlots } from './job-slots.ts'
import { failed, idle, ready, running, type Loadable } from './loadable.ts'
import type { Services } from './services.ts'

type JobName = keyof FitJobs

/** How a product of a fit is read and written while it is made. */
export interface Slot<T> {
  get(): Loadable<T>
  set(value: Loadable<T>): void
}

export type FitRunner = ReturnType<typeof createFitRunner>

export function isCancelled(thrown: unknown): boolean {
  return AppError.from(thrown).code === 'job/cancelled'
}

/** The part of the store that belongs to fits, the jobs under way, and what all of them have in common. */
export function createFitRunner(store: Store, services: Services, actions: Actions) {
  const slots = createJobSlots(services.fitWorkers)
  const runs = new Set<JobRun<unknown>>()
  let session = new AbortController()
  let active = 0

  const fit = (): FitState => store.getState().fit
  function update(patch: Partial<FitState>): void {
    store.setState((state) => ({ fit: { ...state.fit, ...patch } }))
  }
  const dataKeyOf = (setup: FitIntent): string => dataKey(setup, fit().dropped?.hash ?? '')
  const learnedKeyOf = (setup: FitIntent): string =>
    ratiosKey(
      setup,
      dataKeyOf(setup),
      networkTasks(setup).map((task) => networkKey(setup, task)),
    )

  return {
    fit,
    update,
    dataKeyOf,
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
      if (active++ === 0) update({ status: 'running' })
      try {
        await act(signal)
      } catch (thrown) {
        if (!isCancelled(thrown)) actions.notify('error', AppError.from(thrown).message)
      } finally {
        if (signal === session.signal && --active === 0) update({ status: 'idle' })
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
        const run = services.fit.run(job, request, { signal, onProgress, startPaused })
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
     * Makes a product in its place: running, then ready or failed. A cancel brings back what was there before.
     *
     * @returns whether it is there now
     * @throws  'job/cancelled'
     */
    async make<T>(
      { get, set }: Slot<T>,
      label: string,
      produce: (onFraction: (fraction: number) => void) => Promise<T>,
    ): Promise<boolean> {
      set(running(get(), label, 0))
      try {
        set(ready(await produce((fraction) => set(running(get(), label, fraction)))))
        return true
      } catch (thrown) {
        const { value } = get()
        if (isCancelled(thrown)) {
          set(value === undefined ? idle : ready(value))
          throw thrown
        }
        set(failed(get(), AppError.from(thrown).toPlain()))
        return false
      }
    },

    pause(): void {
      if (fit().status !== 'running') return
      for (const run of runs) run.pause()
      update({ status: 'paused' })
    },
    resume(): void {
      if (fit().status !== 'paused') return
      update({ status: 'running' })
      for (const run of runs) run.resume()
    },
    /** Ends everything under way. What was finished stays, checkpoints too. */
    cancel(): void {
      const before = session
      session = new AbortController()
      active = 0
      update({ status: 'idle' })
      before.abort()
    },
  }
}
