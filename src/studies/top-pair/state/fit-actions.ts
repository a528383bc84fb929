import { fitKinds, type FitKind } from '../analysis/fit/fit-setup.ts'
import type { ColumnPick } from '../../../dataset/picked-columns.ts'
import { wantedColumns } from '../analysis/fit/fit-columns.ts'
import type { DroppedEvents } from '../analysis/fit/fit-jobs.ts'
import type { FitIntent } from '../intent.ts'
import type { TopPairContext } from '../model.ts'
import { createDroppedChain } from './dropped-chain.ts'
import { createDroppedEvents, hashOfEvents } from './dropped-events.ts'
import { createFitCheckpoints } from './fit-checkpoints.ts'
import { createFitChecks } from './fit-checks.ts'
import { createFitNetworks } from './fit-networks.ts'
import type { FitProducts } from './fit-products.ts'
import { createFitRecorded } from './fit-recorded.ts'
import { createFitRunner } from './fit-runner.ts'
import { createFitStages } from './fit-stages.ts'
import { emptyTrack, type DroppedFit, type FitState } from './fit-state.ts'
import { idle } from '../../../core/loadable.ts'
import { withShortName } from '../../../core/short-named-file.ts'

/** A page on which nothing was made yet. */
const nothingMade: Partial<FitState> = {
  ...{ data: idle, networks: [], ratios: idle, diagnostics: {}, calibration: {} },
  fits: { binned: emptyTrack, unbinned: emptyTrack, exact: emptyTrack },
  ...{ toys: {}, regions: {} },
}

/** Largest file of events that is read. */
const largestFileBytes = 64 * 1024 * 1024

/**
 * From a set-up to posteriors: data, networks in parallel workers, learned ratios, three fits; each stage also by
 * itself. What is fresh is not made again; what a cancel or a failure leaves behind is either whole or not there, but
 * for checkpoints, from which the next run goes on.
 */
export function createFitActions(context: TopPairContext) {
  const { platform, notify } = context
  const runner = createFitRunner(context)
  const checkpoints = createFitCheckpoints(platform.checkpoints, context, runner.meter)
  const networks = createFitNetworks(runner, checkpoints)
  const stages = createFitStages(runner, checkpoints, networks)
  const recorded = createFitRecorded(runner)
  const { look: lookForChecks, forget: forgetChecks, ...checks } = createFitChecks(runner, networks)
  const droppedEvents = createDroppedEvents(runner, context)
  const chain = createDroppedChain(runner, context)
  const { fit, update, products, setup: setupNow } = runner

  /** What is made takes the place of what was recorded. */
  function activity(act: (signal: AbortSignal) => Promise<void>): Promise<void> {
    runner.leaveRecorded()
    return runner.activity(act)
  }

  /** Toys and regions need the events, which a recorded fit lacks. */
  function onEvents<A extends unknown[]>(check: (...args: A) => Promise<void>) {
    return async (...args: A): Promise<void> => {
      if (!fit().recorded) return check(...args)
      notify('info', 'The recorded fit holds no events to compare toys with. Run all first.')
    }
  }

  const prepare = () => activity(async (signal) => void (await stages.ensureData(setupNow(), signal)))

  /**
   * Reads events in place of those that are there. A file that cannot be read does not replace them, one that only asks for fewer
   * bins does; where only names of columns are lacking, which is which is asked.
   */
  async function read(events: DroppedEvents): Promise<void> {
    const before = fit().dropped
    update({ columnQuestion: null })
    droppedEvents.set({ ...events, hash: await hashOfEvents(events) })
    await prepare()
    const { status, error } = fit().data
    if (status !== 'failed' || !error?.code.startsWith('data/')) return
    droppedEvents.set(before)
    if (!('lacking' in error.context)) return
    await activity(async (signal) => {
      const tables = await runner.work('find-columns', events, signal)
      const { name, bytes } = events
      if (tables.some(({ columns }) => columns.length > 0))
        update({ columnQuestion: { name, bytes, wanted: wantedColumns(setupNow()), tables } })
    })
  }

  return {
    /** False where checkpoints do not survive a reload. */
    get durable(): boolean {
      return platform.checkpoints.durable
    },
    runAll: () => activity((signal) => stages.all(setupNow(), signal)),
    prepare,
    train: () => activity(async (signal) => void (await networks.ensure(setupNow(), signal))),
    /** One fit and what it needs. */
    fit: (kind: FitKind) => activity((signal) => stages.single(setupNow(), kind, signal)),
    ...checks,
    toys: onEvents(checks.toys),
    region: onEvents(checks.region),
    /** The networks of the set-up as jobs for other machines, as a zip; null where it cannot be made, which is told. */
    async planNetworks(): Promise<Uint8Array<ArrayBuffer> | null> {
      let zip: Uint8Array<ArrayBuffer> | null = null
      await runner.activity(async (signal) => {
        zip = await runner.work('plan-networks', { setup: setupNow() }, signal)
      })
      return zip
    },
    pause: runner.pause,
    resume: runner.resume,
    cancel: runner.cancel,
    /** Throws results and checkpoints of the set-up away. */
    async discard(): Promise<void> {
      const setup = setupNow()
      runner.leaveRecorded()
      const keys = [
        ...runner.planOf(setup).map(({ key }) => key),
        ...fitKinds.map((kind) => stages.checkpointKey(setup, kind)),
      ]
      const data = runner.dataKeyOf(setup)
      const learned = runner.learnedKeyOf(setup)
      await Promise.all([
        ...keys.map((key) => checkpoints.remove(key)),
        ...runner.planOf(setup).map(({ key }) => products.remove('network', key)),
        ...fitKinds.map((kind) => products.remove('fit', runner.fitKeyOf(setup, kind))),
        ...[products.remove('data', data), products.remove('ratios', learned), forgetChecks(setup)],
      ])
      update(nothingMade)
      networks.layTiles(setup)
    },
    /**
     * Events and results of another page in place of those that are shown, until `look` shows what of them belongs to the set-up.
     * Nothing that this browser stores is changed.
     */
    layOut(events: DroppedFit | null, lend: (products: Pick<FitProducts, 'lend'>) => void): void {
      runner.leaveRecorded()
      droppedEvents.set(events)
      lend(products)
      update(nothingMade)
    },
    /** Shows what an earlier visit made of the set-up, and what it has to go on from. */
    async look(): Promise<void> {
      void chain.look()
      if (fit().status !== 'idle') return
      await droppedEvents.recall()
      const setup = setupNow()
      await networks.look(setup)
      await stages.look(setup)
      await recorded.look(setup)
      if (fit().status === 'idle') await lookForChecks(setup)
    },
    /** Events of a user's own in place of simulated ones. */
    async drop(dropped: File): Promise<void> {
      const file = withShortName(dropped)
      if (file.size > largestFileBytes)
        return notify(
          'error',
          `${file.name} has ${file.size} bytes, at most ${largestFileBytes} (64 MiB) are read. Split it.`,
        )
      if (fit().status !== 'idle')
        return notify('warning', `A run is under way. Cancel it, then drop ${file.name} again.`)
      await read({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
    },
    /** The answer to which column is which; null leaves what was there. */
    async answerColumns(pick: ColumnPick | null): Promise<void> {
      const question = fit().columnQuestion
      update({ columnQuestion: null })
      if (question && pick) await read({ name: question.name, bytes: question.bytes, pick })
      // What was there is shown again in place of the failure.
      else if (fit().data.value && !this.dataIsStale()) await prepare()
    },
    /** A posterior of someone else beside the fits. */
    dropChain: chain.drop,
    readChain: chain.read,
    forgetChain: chain.forget,
    forgetDropped: () => droppedEvents.set(null),
    /** Ratio networks of a user's own in place of those that the set-up would take. */
    dropNetworks: (files: readonly File[]) =>
      fit().status === 'idle'
        ? activity((signal) => networks.take(setupNow(), files, signal))
        : notify('warning', 'A run is under way. Cancel it, then drop the networks again.'),
    /** A plan and the networks that were made of it elsewhere: its set-up, and them in place of others. */
    async takePlan(files: readonly File[]): Promise<void> {
      if (fit().status !== 'idle')
        return notify('warning', 'A run is under way. Cancel it, then drop the plan again.')
      await activity(async (signal) => {
        const open = (setup: FitIntent) => context.change({ fit: setup, view: 'fit' })
        const taken = await networks.takePlanned(files, open, signal)
        notify(
          'info',
          taken > 0
            ? `The plan is open, with its ${taken} network${taken > 1 ? 's' : ''}.`
            : 'The plan is open. Its folder holds no networks yet.',
        )
      })
    },
    forgetNetworks(): void {
      update({ own: null, refused: null })
      networks.layTiles(setupNow())
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
