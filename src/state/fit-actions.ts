import { fitKinds, type FitKind } from '../analysis/top-pair/fit/fit-setup.ts'
import { networkTasks } from '../analysis/top-pair/ratios/network-tasks.ts'
import { sha256Hex } from '../numerics/sha256.ts'
import type { Actions } from './actions.ts'
import type { Store } from './create-app-store.ts'
import { createFitCheckpoints } from './fit-checkpoints.ts'
import { createFitChecks } from './fit-checks.ts'
import { networkKey } from './fit-keys.ts'
import { createFitNetworks } from './fit-networks.ts'
import { createFitRunner } from './fit-runner.ts'
import { createFitStages } from './fit-stages.ts'
import { emptyTrack } from './fit-state.ts'
import { idle } from './loadable.ts'
import type { Services } from './services.ts'

/** Largest file of events that is read. */
const largestFileBytes = 64 * 1024 * 1024

/**
 * From a set-up to posteriors: data, networks in parallel workers, learned ratios, three fits; each stage also by
 * itself. What is fresh is not made again; what a cancel or a failure leaves behind is either whole or not there, but
 * for checkpoints, from which the next run goes on.
 */
export function createFitActions(store: Store, services: Services, actions: Actions) {
  const runner = createFitRunner(store, services, actions)
  const checkpoints = createFitCheckpoints(services.checkpoints, actions)
  const networks = createFitNetworks(runner, checkpoints)
  const stages = createFitStages(runner, checkpoints, networks)
  const { fit, update, activity, setup: setupNow } = runner

  return {
    /** False where checkpoints do not survive a reload. */
    get durable(): boolean {
      return services.checkpoints.durable
    },
    runAll: () => activity((signal) => stages.all(setupNow(), signal)),
    prepare: () => activity(async (signal) => void (await stages.ensureData(setupNow(), signal))),
    train: () => activity(async (signal) => void (await networks.ensure(setupNow(), signal))),
    /** One fit and what it needs. */
    fit: (kind: FitKind) => activity((signal) => stages.single(setupNow(), kind, signal)),
    ...createFitChecks(runner, networks),
    pause: runner.pause,
    resume: runner.resume,
    cancel: runner.cancel,
    /** Throws results and checkpoints of the set-up away. */
    async startAnew(): Promise<void> {
      const setup = setupNow()
      const keys = [
        ...networkTasks(setup).map((task) => networkKey(setup, task)),
        ...fitKinds.map((kind) => stages.checkpointKey(setup, kind)),
      ]
      await Promise.all(keys.map((key) => checkpoints.remove(key)))
      update({
        ...{ data: idle, networks: [], ratios: idle, diagnostics: {}, calibration: {} },
        fits: { binned: emptyTrack, unbinned: emptyTrack, exact: emptyTrack },
        ...{ toys: {}, regions: {} },
      })
      networks.layTiles(setup)
    },
    /** Lays the tiles of the set-up and looks for checkpoints of an earlier visit. */
    async look(): Promise<void> {
      if (fit().status !== 'idle') return
      const setup = setupNow()
      await networks.look(setup)
      for (const kind of fitKinds) {
        const found = await checkpoints.load(stages.checkpointKey(setup, kind))
        runner.setTrack(kind, { resumable: found !== null })
      }
    },
    /** Events of a user's own in place of simulated ones. */
    async drop(file: File): Promise<void> {
      if (file.size > largestFileBytes)
        return actions.notify(
          'error',
          `${file.name} has ${file.size} bytes, at most ${largestFileBytes} (64 MiB) are read. Split it.`,
        )
      if (fit().status !== 'idle')
        return actions.notify('warning', `A run is under way. Cancel it, then drop ${file.name} again.`)
      const before = fit().dropped
      const bytes = new Uint8Array(await file.arrayBuffer())
      update({ dropped: { name: file.name, bytes, hash: await sha256Hex(bytes) } })
      await this.prepare()
      // A file that cannot be read does not replace what was there; one that only asks for fewer bins does.
      const { status, error } = fit().data
      if (status === 'failed' && error?.code.startsWith('data/')) update({ dropped: before })
    },
    forgetDropped(): void {
      update({ dropped: null })
    },
    /** Whether what is shown was made from other settings than the page has now. */
    isStale(kind: FitKind): boolean {
      const { outcome } = fit().fits[kind]
      return outcome !== null && outcome.key !== runner.fitKeyOf(setupNow(), kind)
    },
    dataIsStale(): boolean {
      const { value } = fit().data
      return value !== undefined && value.key !== runner.dataKeyOf(setupNow())
    },
  }
}

export type FitActions = ReturnType<typeof createFitActions>
