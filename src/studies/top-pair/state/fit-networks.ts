import type { FitJobs, TrainedNetwork } from '../analysis/fit/fit-jobs.ts'
import { readNetworkFiles } from '../analysis/choose-networks.ts'
import { readPlanned } from './planned-files.ts'
import type { NetworkFiles } from '../analysis/ratios/network-files.ts'
import { AppError } from '../../../errors.ts'
import type { FitIntent } from '../intent.ts'
import type { FitCheckpoints } from './fit-checkpoints.ts'
import type { FitRunner } from './fit-runner.ts'
import type { NetworkTile } from './fit-state.ts'
import { hashOfNetworks, loadedNetworks } from './loaded-networks.ts'
import { refusedNetworks } from './refused-networks.ts'

export type FitNetworks = ReturnType<typeof createFitNetworks>

/** The ratio networks of a set-up: their tiles, their trainings, those that are there. */
export function createFitNetworks(runner: FitRunner, checkpoints: FitCheckpoints) {
  const { fit, update, setTile, work, products } = runner

  /** Tiles of the set-up: those with the same key stay as they are. */
  function layTiles(setup: FitIntent): NetworkTile[] {
    const known = new Map(fit().networks.map((tile) => [tile.key, tile]))
    const networks = runner
      .planOf(setup)
      .map(({ task, key, from }): NetworkTile => known.get(key) ?? { ...emptyTile, task, key, from })
    update({ networks })
    return networks
  }

  async function trainOne(setup: FitIntent, tile: NetworkTile, signal: AbortSignal): Promise<void> {
    const { key, task } = tile
    const { backend } = setup
    try {
      await runner.alone(key, signal, async () => {
        if (await recall(key)) return
        const network = await checkpoints.resumable(key, (resumeFrom) =>
          work('train-ratio', { setup, task, backend, resumeFrom }, signal, (event) => receive(key, event)),
        )
        finish(key, network)
        const tile = fit().networks.find((entry) => entry.key === key)
        products.at('network', key).keep({ network, limit: tile?.limit ?? null, epochs: tile?.epochs ?? 0 })
      })
    } catch (thrown) {
      const error = AppError.from(thrown)
      const now = fit().networks.find((entry) => entry.key === key)
      if (error.code !== 'job/cancelled') setTile(key, { status: 'failed', error: error.toPlain() })
      else if (now && now.status !== 'done')
        setTile(key, { ...emptyTile, resumable: now.resumable, epochs: now.epochs })
    }
  }

  /** Networks of files, the page's own or a user's: all of them or none. */
  async function loadAll(setup: FitIntent, signal: AbortSignal): Promise<void> {
    const plan = runner.planOf(setup)
    try {
      const networks = await loadedNetworks(runner, plan, setup, signal)
      networks.forEach((network, i) => finish(plan[i].key, network))
    } catch (thrown) {
      const error = AppError.from(thrown)
      if (error.code === 'job/cancelled') return
      for (const { key } of plan) setTile(key, { status: 'failed', error: error.toPlain() })
    }
  }

  /**
   * Networks of a user's own; those that are not of the set-up's events do not take the place of others.
   *
   * @throws AppError of readNetworkFiles and loadNetworks
   */
  async function take(setup: FitIntent, dropped: readonly File[], signal: AbortSignal): Promise<void> {
    const files = await readNetworkFiles(dropped)
    await lay(setup, files, await work('load-networks', { setup, files }, signal))
  }

  async function lay(setup: FitIntent, files: NetworkFiles[], loaded: TrainedNetwork[]): Promise<void> {
    // Cards count replicas from 1.
    const tasks = loaded.map(({ task, origin }) => ({
      ...task,
      replica: origin?.made ? origin.made.replica - 1 : task.replica,
    }))
    update({ own: { hash: await hashOfNetworks(files), files, tasks }, refused: null })
    layTiles(setup).forEach(({ key }, i) => finish(key, loaded[i]))
  }

  /**
   * The networks of a plan, all of them or none; of a plan alone its set-up.
   *
   * @param open  makes the plan's set-up that of the page
   * @throws AppError of readPlanned, parsePlan, plannedNetworks and loadNetworks: what was there stays, with what is missing, doubled or
   *         foreign beside it
   */
  async function takePlanned(
    dropped: readonly File[],
    open: (setup: FitIntent) => void,
    signal: AbortSignal,
  ): Promise<number> {
    update({ refused: null })
    try {
      const { setup, files, networks } = await work('load-planned', await readPlanned(dropped), signal)
      open(setup)
      if (files.length > 0) await lay(setup, files, networks)
      return files.length
    } catch (thrown) {
      update({ refused: refusedNetworks(AppError.from(thrown)) })
      throw thrown
    }
  }

  function finish(key: string, network: TrainedNetwork): void {
    const { history, backend, origin } = network
    const epoch = history.at(-1)?.epoch ?? origin?.epochs ?? 0
    setTile(key, { status: 'done', network, history, epoch, backend, fraction: 1, error: null })
  }

  /** A network that was finished in an earlier visit, or in another tab. */
  async function recall(key: string): Promise<boolean> {
    const kept = await products.at('network', key).find()
    if (!kept) return false
    const { network, limit, epochs } = kept
    setTile(key, { limit, epochs })
    finish(key, network)
    return true
  }

  function receive(key: string, event: FitJobs['train-ratio']['progress']): void {
    const tile = fit().networks.find((entry) => entry.key === key)
    if (!tile) return
    if (event.kind === 'sample')
      return setTile(key, { status: 'sampling', fraction: event.fraction, error: null })
    if (event.kind === 'start') {
      const { backend, limit } = event
      return setTile(key, { status: 'training', backend, limit, fraction: 0, error: null })
    }
    if (event.kind === 'recalibration') return setTile(key, { fraction: event.fraction })
    if (event.kind === 'step') return setTile(key, { fraction: event.step / event.steps })
    const { record, epochs, checkpoint } = event
    const before = tile.history.filter(({ epoch }) => epoch < record.epoch)
    setTile(key, {
      epochs,
      epoch: record.epoch,
      history: [...before, record],
      ...(checkpoint && { resumable: record.epoch }),
    })
    if (checkpoint) checkpoints.save(key, record.epoch, checkpoint)
  }

  /** All networks of the set-up, or null while some are missing. */
  function trained(setup: FitIntent): TrainedNetwork[] | null {
    const done = new Map(fit().networks.map(({ key, network }) => [key, network]))
    const all = runner.planOf(setup).map(({ key }) => done.get(key) ?? null)
    return all.every((network) => network !== null) ? all : null
  }

  return {
    layTiles,
    take,
    takePlanned,
    trained,
    /** Trains what is missing, as many at a time as there are workers. */
    async ensure(setup: FitIntent, signal: AbortSignal): Promise<TrainedNetwork[] | null> {
      const tiles = layTiles(setup).filter(({ status }) => status !== 'done')
      for (const { key } of tiles) setTile(key, { status: 'waiting', error: null })
      const toTrain = tiles.filter(({ from }) => from === 'trained')
      if (toTrain.length < tiles.length) await loadAll(setup, signal)
      await Promise.all(toTrain.map((tile) => trainOne(setup, tile, signal)))
      if (signal.aborted) throw new AppError('job/cancelled', 'The training was cancelled.')
      return trained(setup)
    },
    /** Networks of an earlier visit, and checkpoints of those that it did not finish. */
    async look(setup: FitIntent): Promise<void> {
      const tiles = layTiles(setup).filter(({ status }) => status !== 'done')
      if (tiles.some(({ from }) => from !== 'trained')) return
      for (const { key } of tiles) {
        if (fit().status !== 'idle') return
        if (await recall(key)) continue
        const found = await checkpoints.load(key)
        if (found) setTile(key, { resumable: found.step })
      }
    },
  }
}

const emptyTile: Omit<NetworkTile, 'task' | 'key' | 'from'> = {
  status: 'waiting',
  fraction: 0,
  epoch: 0,
  epochs: 0,
  history: [],
  limit: null,
  backend: '',
  network: null,
  error: null,
  resumable: null,
}
