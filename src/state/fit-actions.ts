import type { FitJobs, TrainedNetwork } from '../analysis/top-pair/fit/fit-jobs.ts'
import { fitKinds, type FitKind } from '../analysis/top-pair/fit/fit-setup.ts'
import { networkTasks } from '../analysis/top-pair/ratios/network-tasks.ts'
import { AppError } from '../errors.ts'
import type { JobRun } from '../jobs/run-job.ts'
import { sha256Hex } from '../numerics/sha256.ts'
import type { FitIntent } from '../share/fit-schema.ts'
import type { Actions } from './actions.ts'
import type { Store } from './create-app-store.ts'
import { dataKey, fitKey, networkKey, ratiosKey } from './fit-keys.ts'
import { emptyTrack, type FitState, type FitTrack, type NetworkTile } from './fit-state.ts'
import { createJobSlots } from './job-slots.ts'
import { failed, idle, ready, running } from './loadable.ts'
import type { Services } from './services.ts'

/** Reports kept for the run plot; beyond that every second one goes. */
const keptReports = 800

/** Largest file of events that is read. */
const largestFileBytes = 64 * 1024 * 1024

/** A checkpoint that does not fit is no reason to fail: the run begins anew. */
const refusals: readonly string[] = ['model/mismatch', 'model/corrupt', 'data/mismatch', 'data/corrupt']

type JobName = keyof FitJobs

/**
 * From a set-up to posteriors: data, networks in parallel workers, learned ratios, three fits; each stage also by
 * itself. What is fresh is not made again; what a cancel or a failure leaves behind is either whole or not there, but
 * for checkpoints, from which the next run goes on.
 */
export function createFitActions(store: Store, services: Services, actions: Actions) {
  const slots = createJobSlots(services.fitWorkers)
  const runs = new Set<JobRun<unknown>>()
  let session = new AbortController()
  let active = 0
  let toldUnsaved = false

  // --- the store ---

  const fit = (): FitState => store.getState().fit
  function update(patch: Partial<FitState>): void {
    store.setState((state) => ({ fit: { ...state.fit, ...patch } }))
  }
  function setTile(key: string, patch: Partial<NetworkTile>): void {
    update({ networks: fit().networks.map((tile) => (tile.key === key ? { ...tile, ...patch } : tile)) })
  }
  function setTrack(kind: FitKind, patch: Partial<FitTrack>): void {
    const { fits } = fit()
    update({ fits: { ...fits, [kind]: { ...fits[kind], ...patch } } })
  }
  const setupNow = (): FitIntent => store.getState().intent.fit
  const droppedHash = (): string => fit().dropped?.hash ?? ''
  const dataKeyOf = (setup: FitIntent): string => dataKey(setup, droppedHash())
  const learnedKeyOf = (setup: FitIntent): string =>
    ratiosKey(
      dataKeyOf(setup),
      networkTasks(setup).map((task) => networkKey(setup, task)),
    )
  const fitKeyOf = (setup: FitIntent, kind: FitKind): string =>
    fitKey(setup, kind, dataKeyOf(setup), learnedKeyOf(setup))

  // --- running ---

  /** One thing a person asked for. Nothing it throws gets out: failures are in the state. */
  async function activity(act: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = session
    if (active++ === 0) update({ status: 'running' })
    try {
      await act(signal)
    } catch (thrown) {
      const error = AppError.from(thrown)
      if (error.code !== 'job/cancelled') actions.notify('error', error.message)
    } finally {
      if (signal === session.signal && --active === 0) update({ status: 'idle' })
    }
  }

  /** A job in a worker of its own. */
  async function work<K extends JobName>(
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
  }

  function save(key: string, step: number, checkpoint: Uint8Array): void {
    services.checkpoints.save(key, step, checkpoint).catch((thrown: unknown) => {
      if (toldUnsaved) return
      toldUnsaved = true
      actions.notify(
        'warning',
        `A checkpoint was not saved (${AppError.from(thrown).message}); the run goes on in memory.`,
      )
    })
  }

  const saved = (key: string) => services.checkpoints.load(key).catch(() => null)

  /** Runs from a checkpoint if there is one, anew if it does not fit. */
  async function resumable<T>(key: string, run: (resumeFrom?: Uint8Array) => Promise<T>): Promise<T> {
    const checkpoint = (await saved(key))?.checkpoint
    if (!checkpoint) return run()
    try {
      return await run(checkpoint)
    } catch (thrown) {
      if (!refusals.includes(AppError.from(thrown).code)) throw thrown
      await services.checkpoints.remove(key).catch(() => undefined)
      return run()
    }
  }

  const isCancelled = (thrown: unknown): boolean => AppError.from(thrown).code === 'job/cancelled'

  // --- stages ---

  /** True if the data of the set-up are there. */
  async function ensureData(setup: FitIntent, signal: AbortSignal): Promise<boolean> {
    const key = dataKeyOf(setup)
    const { data, dropped } = fit()
    if (data.status === 'ready' && data.value?.key === key) return true
    const label = dropped ? `Reading ${dropped.name}, predicting` : 'Drawing observed events, predicting'
    update({ data: running(data, label, 0) })
    try {
      const request = { setup, dropped: dropped && { name: dropped.name, bytes: dropped.bytes } }
      const value = await work('prepare-fit', request, signal, (fraction) => {
        update({ data: running(fit().data, label, fraction) })
      })
      update({ data: ready({ key, setup, value }) })
      return true
    } catch (thrown) {
      const kept = fit().data.value
      if (isCancelled(thrown)) {
        update({ data: kept ? ready(kept) : idle })
        throw thrown
      }
      update({ data: failed(fit().data, AppError.from(thrown).toPlain()) })
      return false
    }
  }

  /** Tiles of the set-up: those with the same key stay as they are. */
  function layTiles(setup: FitIntent): NetworkTile[] {
    const known = new Map(fit().networks.map((tile) => [tile.key, tile]))
    const networks = networkTasks(setup).map((task): NetworkTile => {
      const key = networkKey(setup, task)
      return known.get(key) ?? { ...emptyTile, task, key }
    })
    update({ networks })
    return networks
  }

  async function trainOne(setup: FitIntent, tile: NetworkTile, signal: AbortSignal): Promise<void> {
    const { key, task } = tile
    const { backend } = setup
    try {
      const network = await resumable(key, (resumeFrom) =>
        work('train-ratio', { setup, task, backend, resumeFrom }, signal, (event) => receive(key, event)),
      )
      const { history } = network
      const epoch = history.at(-1)?.epoch ?? 0
      setTile(key, { status: 'done', network, history, epoch, backend: network.backend, fraction: 1 })
    } catch (thrown) {
      const error = AppError.from(thrown)
      const now = fit().networks.find((entry) => entry.key === key)
      if (error.code !== 'job/cancelled') setTile(key, { status: 'failed', error: error.toPlain() })
      else if (now && now.status !== 'done')
        setTile(key, { ...emptyTile, resumable: now.resumable, epochs: now.epochs })
    }
  }

  function receive(key: string, event: FitJobs['train-ratio']['progress']): void {
    const tile = fit().networks.find((entry) => entry.key === key)
    if (!tile) return
    if (event.kind === 'sample')
      return setTile(key, { status: 'sampling', fraction: event.fraction, error: null })
    if (event.kind === 'start')
      return setTile(key, { status: 'training', backend: event.backend, fraction: 0, error: null })
    if (event.kind === 'step') return setTile(key, { fraction: event.step / event.steps })
    const { record, epochs, checkpoint } = event
    const before = tile.history.filter(({ epoch }) => epoch < record.epoch)
    setTile(key, {
      epochs,
      epoch: record.epoch,
      history: [...before, record],
      ...(checkpoint && { resumable: record.epoch }),
    })
    if (checkpoint) save(key, record.epoch, checkpoint)
  }

  /** Trains what is missing, as many at a time as there are workers. */
  async function ensureNetworks(setup: FitIntent, signal: AbortSignal): Promise<TrainedNetwork[] | null> {
    const tiles = layTiles(setup).filter(({ status }) => status !== 'done')
    for (const { key } of tiles) setTile(key, { status: 'waiting', error: null })
    await Promise.all(tiles.map((tile) => trainOne(setup, tile, signal)))
    if (signal.aborted) throw new AppError('job/cancelled', 'The training was cancelled.')
    return trainedNetworks(setup)
  }

  /** All networks of the set-up, or null while some are missing. */
  function trainedNetworks(setup: FitIntent): TrainedNetwork[] | null {
    const done = new Map(fit().networks.map(({ key, network }) => [key, network]))
    const all = networkTasks(setup).map((task) => done.get(networkKey(setup, task)) ?? null)
    return all.every((network) => network !== null) ? all : null
  }

  async function ensureRatios(setup: FitIntent, signal: AbortSignal): Promise<boolean> {
    const key = learnedKeyOf(setup)
    const { ratios, data } = fit()
    if (ratios.status === 'ready' && ratios.value?.key === key) return true
    const networks = trainedNetworks(setup)
    if (!networks || !data.value) return false
    update({ ratios: running(ratios, 'Ratios of the observed events') })
    try {
      const { features } = data.value.value
      const value = await work('predict-ratios', { setup, networks, features }, signal)
      update({ ratios: ready({ key, setup, value }) })
      return true
    } catch (thrown) {
      const kept = fit().ratios.value
      if (isCancelled(thrown)) {
        update({ ratios: kept ? ready(kept) : idle })
        throw thrown
      }
      update({ ratios: failed(fit().ratios, AppError.from(thrown).toPlain()) })
      return false
    }
  }

  async function ensureFit(setup: FitIntent, kind: FitKind, signal: AbortSignal): Promise<void> {
    const key = fitKeyOf(setup, kind)
    const data = fit().data.value?.value
    const { outcome } = fit().fits[kind]
    if (!data || outcome?.key === key) return
    if (kind === 'exact' && !data.exactRatios) {
      const message = `${fit().dropped?.name ?? 'The file'} has no truth of the full final state, so there are no exact ratios to fit with. The other two fits need none.`
      const error = new AppError('data/mismatch', message)
      return setTrack(kind, { status: 'failed', error: error.toPlain(), outcome: null })
    }
    const ratios = kind === 'unbinned' ? (fit().ratios.value?.value.ratios ?? null) : null
    const checkpointKey = `fit/${key}#${kind}`
    setTrack(kind, { status: 'waiting', error: null, live: null, reports: [] })
    try {
      const value = await resumable(checkpointKey, (resumeFrom) =>
        work('fit', { setup, data, kind, ratios, resumeFrom }, signal, ({ checkpoint, ...live }) => {
          const { reports } = fit().fits[kind]
          const longer = [...reports, live.report]
          setTrack(kind, {
            status: 'running',
            live,
            reports: longer.length > keptReports ? longer.filter((_, i) => i % 2 === 1) : longer,
            ...(checkpoint && { resumable: true }),
          })
          if (checkpoint) save(checkpointKey, live.report.iteration, checkpoint)
        }),
      )
      setTrack(kind, { status: 'done', outcome: { key, setup, value }, live: null, error: null })
      update({ toys: { ...fit().toys, [kind]: idle } })
    } catch (thrown) {
      const error = AppError.from(thrown)
      const before = fit().fits[kind].outcome
      if (error.code !== 'job/cancelled')
        return setTrack(kind, { status: 'failed', error: error.toPlain(), live: null })
      setTrack(kind, { status: before ? 'done' : 'idle', live: null, reports: [] })
      throw thrown
    }
  }

  async function runAll(signal: AbortSignal): Promise<void> {
    const setup = setupNow()
    layTiles(setup)
    if (!(await ensureData(setup, signal))) return
    // Binned and exact fits take seconds and need no network: they go first.
    const early = [ensureFit(setup, 'binned', signal), ensureFit(setup, 'exact', signal)]
    const [networks] = await Promise.all([ensureNetworks(setup, signal), ...early])
    if (!networks) return missingNetworks()
    if (await ensureRatios(setup, signal)) await ensureFit(setup, 'unbinned', signal)
  }

  function missingNetworks(): void {
    const { networks } = fit()
    const count = networks.filter(({ status }) => status === 'failed').length
    const message = `${count} of ${networks.length} networks failed: the unbinned fit needs all of them. See why on their tiles, then train again.`
    setTrack('unbinned', { status: 'failed', error: new AppError('model/mismatch', message).toPlain() })
  }

  return {
    /** False where checkpoints do not survive a reload. */
    get durable(): boolean {
      return services.checkpoints.durable
    },
    runAll: () => activity(runAll),
    prepare: () => activity(async (signal) => void (await ensureData(setupNow(), signal))),
    train: () => activity(async (signal) => void (await ensureNetworks(setupNow(), signal))),
    /** One fit and what it needs. */
    fit: (kind: FitKind) =>
      activity(async (signal) => {
        const setup = setupNow()
        if (!(await ensureData(setup, signal))) return
        if (kind === 'unbinned') {
          if (!(await ensureNetworks(setup, signal))) return missingNetworks()
          if (!(await ensureRatios(setup, signal))) return
        }
        await ensureFit(setup, kind, signal)
      }),
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
    /** Throws results and checkpoints of the set-up away. */
    async startAnew(): Promise<void> {
      const setup = setupNow()
      const keys = [
        ...networkTasks(setup).map((task) => networkKey(setup, task)),
        ...fitKinds.map((kind) => `fit/${fitKeyOf(setup, kind)}#${kind}`),
      ]
      await Promise.all(keys.map((key) => services.checkpoints.remove(key).catch(() => undefined)))
      update({
        ...{ data: idle, networks: [], ratios: idle, diagnostics: {}, calibration: {} },
        fits: { binned: emptyTrack, unbinned: emptyTrack, exact: emptyTrack },
        toys: { binned: idle, unbinned: idle, exact: idle },
      })
      layTiles(setup)
    },
    /** Lays the tiles of the set-up and looks for checkpoints of an earlier visit. */
    async look(): Promise<void> {
      if (fit().status !== 'idle') return
      const setup = setupNow()
      const tiles = layTiles(setup).filter(({ status }) => status !== 'done')
      for (const { key } of tiles) {
        const found = await saved(key)
        if (found) setTile(key, { resumable: found.step })
      }
      for (const kind of fitKinds) {
        const found = await saved(`fit/${fitKeyOf(setup, kind)}#${kind}`)
        setTrack(kind, { resumable: found !== null })
      }
    },
    /** Events of a user's own in place of simulated ones. */
    async drop(file: File): Promise<void> {
      if (file.size > largestFileBytes)
        return actions.notify(
          'error',
          `${file.name} has ${file.size} bytes, at most ${largestFileBytes} (64 MiB) are read. Split it.`,
        )
      const bytes = new Uint8Array(await file.arrayBuffer())
      update({ dropped: { name: file.name, bytes, hash: await sha256Hex(bytes) } })
      await this.prepare()
    },
    forgetDropped(): void {
      update({ dropped: null })
    },
    /** Learned against exact for one term, on events that no network was trained on. */
    diagnose: (term: string) =>
      activity(async (signal) => {
        const setup = setupNow()
        const { networks, diagnostics } = fit()
        const own = networkTasks(setup).map((task) => networkKey(setup, task))
        const known = networks
          .filter(({ key, network }) => own.includes(key) && network?.task.terms.includes(term))
          .flatMap(({ network }) => network ?? [])
        const key = JSON.stringify([term, own, known.map(({ task }) => task.replica)])
        const before = diagnostics[term] ?? idle
        if (known.length === 0 || before.status === 'running' || before.value?.key === key) return
        const set = (value: (typeof diagnostics)[string]) =>
          update({ diagnostics: { ...fit().diagnostics, [term]: value } })
        const label = `Comparing ${term} with exact ratios`
        set(running(before, label, 0))
        try {
          const value = await work(
            'ratio-diagnostics',
            { setup, networks: known, term },
            signal,
            (fraction) => set(running(before, label, fraction)),
          )
          set(ready({ key, setup, value }))
        } catch (thrown) {
          if (isCancelled(thrown)) set(before.value ? ready(before.value) : idle)
          else set(failed(before, AppError.from(thrown).toPlain()))
        }
      }),
    /** Delta chi2 of the SM under toys of the SM. */
    toys: (kind: FitKind, toys: number) =>
      activity(async (signal) => {
        const { outcome } = fit().fits[kind]
        const data = fit().data.value
        if (!outcome || !data) return
        const { setup, key } = outcome
        const before = fit().toys[kind]
        const set = (value: FitState['toys'][FitKind]) => update({ toys: { ...fit().toys, [kind]: value } })
        const label = `${toys} toys of the SM, ${kind}`
        set(running(before, label, 0))
        try {
          const networks = kind === 'unbinned' ? (trainedNetworks(setup) ?? []) : []
          const request = { setup, data: data.value, kind, networks, toys }
          const { values } = await work('toy-delta-chi2', request, signal, (fraction) =>
            set(running(before, label, fraction)),
          )
          set(ready({ values, key }))
        } catch (thrown) {
          if (isCancelled(thrown)) set(before.value ? ready(before.value) : idle)
          else set(failed(before, AppError.from(thrown).toPlain()))
        }
      }),
    /** Does the truth lie in the intervals as often as they say? */
    calibrate: (kind: FitKind, test: 'coverage' | 'sbc', toys: number) =>
      activity(async (signal) => {
        const setup = setupNow()
        const name = `${kind}/${test}`
        const before = fit().calibration[name] ?? idle
        if (before.status === 'running') return
        const set = (value: typeof before) => update({ calibration: { ...fit().calibration, [name]: value } })
        const label = test === 'coverage' ? 'Coverage of toys' : 'Ranks of simulated truths'
        set(running(before, label, 0))
        try {
          const networks = kind === 'unbinned' ? await ensureNetworks(setup, signal) : []
          if (!networks) throw new AppError('model/mismatch', 'Some networks failed: train them first.')
          const value = await work(
            'calibrate-fit',
            { setup, kind, networks, test, toys },
            signal,
            (fraction) => set(running(before, label, fraction)),
          )
          set(ready({ key: JSON.stringify([name, setup]), setup, value }))
        } catch (thrown) {
          if (isCancelled(thrown)) set(before.value ? ready(before.value) : idle)
          else set(failed(before, AppError.from(thrown).toPlain()))
        }
      }),
    /** Whether what is shown was made from other settings than the page has now. */
    isStale(kind: FitKind): boolean {
      const { outcome } = fit().fits[kind]
      return outcome !== null && outcome.key !== fitKeyOf(setupNow(), kind)
    },
    dataIsStale(): boolean {
      const { value } = fit().data
      return value !== undefined && value.key !== dataKeyOf(setupNow())
    },
  }
}

const emptyTile: Omit<NetworkTile, 'task' | 'key'> = {
  status: 'waiting',
  fraction: 0,
  epoch: 0,
  epochs: 0,
  history: [],
  backend: '',
  network: null,
  error: null,
  resumable: null,
}

export type FitActions = ReturnType<typeof createFitActions>
