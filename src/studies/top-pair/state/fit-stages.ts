import type { FitData, PredictedRatios } from '../analysis/fit/fit-jobs.ts'
import { fitKinds, type FitKind } from '../analysis/fit/fit-setup.ts'
import { AppError } from '../../../errors.ts'
import type { FitIntent } from '../intent.ts'
import type { FitCheckpoints } from './fit-checkpoints.ts'
import type { FitNetworks } from './fit-networks.ts'
import type { FitRunner } from './fit-runner.ts'
import type { FitState, Keyed } from './fit-state.ts'
import { createProduct, type Making } from '../../../core/product.ts'

/** Reports kept for the run plot; beyond that every second one goes. */
const keptReports = 800

export type FitStages = ReturnType<typeof createFitStages>

/** Data, ratios and posteriors of a set-up: what has a product of the same key is not made again. */
export function createFitStages(runner: FitRunner, checkpoints: FitCheckpoints, networks: FitNetworks) {
  const { fit, update, setTrack, work, make, products } = runner

  const checkpointKey = (setup: FitIntent, kind: FitKind): string =>
    `fit/${runner.fitKeyOf(setup, kind)}#${kind}`

  const dataProduct = createProduct({
    get: () => fit().data,
    set: (data: FitState['data']) => update({ data }),
  })
  const ratioProduct = createProduct({
    get: () => fit().ratios,
    set: (ratios: FitState['ratios']) => update({ ratios }),
  })

  /** True if the data of the set-up are there. */
  async function ensureData(setup: FitIntent, signal: AbortSignal): Promise<boolean> {
    const key = runner.dataKeyOf(setup)
    const { data, dropped } = fit()
    if (data.status !== 'running' && data.value?.key === key) {
      dataProduct.put(data.value) // whatever failed since was other data
      return true
    }
    const label = dropped ? `Reading ${dropped.name}, predicting` : 'Drawing observed events, predicting'
    const prepare = async (making: Making<Keyed<FitData>>) => {
      const request = {
        setup,
        dropped: dropped && { name: dropped.name, bytes: dropped.bytes, pick: dropped.pick },
      }
      return { key, setup, value: await work('prepare-fit', request, making.signal, making.onProgress) }
    }
    return make(dataProduct, label, prepare, signal, products.at('data', key))
  }

  async function ensureRatios(setup: FitIntent, signal: AbortSignal): Promise<boolean> {
    const key = runner.learnedKeyOf(setup)
    const { ratios, data } = fit()
    if (ratios.status === 'ready' && ratios.value?.key === key) return true
    const known = networks.trained(setup)
    if (!known || !data.value) return false
    const { features } = data.value.value
    const predict = async (making: Making<Keyed<PredictedRatios>>) => {
      const request = { setup, networks: known, features }
      return { key, setup, value: await work('predict-ratios', request, making.signal, making.onProgress) }
    }
    return make(ratioProduct, 'Ratios of the observed events', predict, signal, products.at('ratios', key))
  }

  /** A fit that was finished in an earlier visit, or in another tab. */
  async function recallFit(kind: FitKind, key: string): Promise<boolean> {
    const kept = await products.at('fit', key).find()
    if (!kept || fit().fits[kind].outcome?.key === key) return false
    runner.leaveRecorded()
    setTrack(kind, { ...kept, status: 'done', live: null, error: null })
    dropChecks(kind)
    return true
  }

  /** Toys and regions belong to the outcome before. */
  function dropChecks(kind: FitKind): void {
    const others = Object.entries(fit().toys).filter(([name]) => !name.startsWith(`${kind}/`))
    update({ toys: Object.fromEntries(others), regions: { ...fit().regions, [kind]: undefined } })
  }

  async function ensureFit(setup: FitIntent, kind: FitKind, signal: AbortSignal): Promise<void> {
    const key = runner.fitKeyOf(setup, kind)
    const data = fit().data.value?.value
    const { outcome } = fit().fits[kind]
    if (!data || outcome?.key === key) return
    if (kind === 'exact' && !data.exactRatios) {
      const message = `${fit().dropped?.name ?? 'The file'} has no truth of the full final state, so there are no exact ratios to fit with. The other two fits need none.`
      const error = new AppError('data/mismatch', message)
      return setTrack(kind, { status: 'failed', error: error.toPlain(), outcome: null })
    }
    const ratios = kind === 'unbinned' ? (fit().ratios.value?.value.ratios ?? null) : null
    const savedAs = checkpointKey(setup, kind)
    setTrack(kind, { status: 'waiting', error: null, live: null, reports: [] })
    try {
      await runner.alone(savedAs, signal, async () => {
        if (await recallFit(kind, key)) return
        const value = await checkpoints.resumable(savedAs, (resumeFrom) =>
          work('fit', { setup, data, kind, ratios, resumeFrom }, signal, ({ checkpoint, ...live }) => {
            const longer = [...fit().fits[kind].reports, live.report]
            setTrack(kind, {
              status: 'running',
              live,
              reports: longer.length > keptReports ? longer.filter((_, i) => i % 2 === 1) : longer,
              ...(checkpoint && { resumable: true }),
            })
            if (checkpoint) checkpoints.save(savedAs, live.report.iteration, checkpoint)
          }),
        )
        const outcome = { key, setup, value }
        setTrack(kind, { status: 'done', outcome, live: null, error: null })
        products.at('fit', key).keep({ outcome, reports: fit().fits[kind].reports })
        dropChecks(kind)
      })
    } catch (thrown) {
      const error = AppError.from(thrown)
      const before = fit().fits[kind].outcome
      if (error.code !== 'job/cancelled')
        return setTrack(kind, { status: 'failed', error: error.toPlain(), live: null })
      setTrack(kind, { status: before ? 'done' : 'idle', live: null, reports: [] })
      throw thrown
    }
  }

  function missingNetworks(): void {
    const { networks: tiles } = fit()
    const count = tiles.filter(({ status }) => status === 'failed').length
    const message = `${count} of ${tiles.length} networks failed: the unbinned fit needs all of them. See why on their tiles, then train again.`
    setTrack('unbinned', { status: 'failed', error: new AppError('model/mismatch', message).toPlain() })
  }

  return {
    checkpointKey,
    ensureData,
    /** What an earlier visit made of the set-up, and what it has to go on from. */
    async look(setup: FitIntent): Promise<void> {
      const data = runner.dataKeyOf(setup)
      const learned = runner.learnedKeyOf(setup)
      await runner.recall(dataProduct, data, products.at('data', data))
      await runner.recall(ratioProduct, learned, products.at('ratios', learned))
      for (const kind of fitKinds) {
        if (fit().status !== 'idle') return
        await recallFit(kind, runner.fitKeyOf(setup, kind))
        const found = await checkpoints.load(checkpointKey(setup, kind))
        setTrack(kind, { resumable: found !== null })
      }
    },
    /** One fit and what it needs. */
    async single(setup: FitIntent, kind: FitKind, signal: AbortSignal): Promise<void> {
      if (!(await ensureData(setup, signal))) return
      if (kind === 'unbinned') {
        if (!(await networks.ensure(setup, signal))) return missingNetworks()
        if (!(await ensureRatios(setup, signal))) return
      }
      await ensureFit(setup, kind, signal)
    },
    async all(setup: FitIntent, signal: AbortSignal): Promise<void> {
      networks.layTiles(setup)
      if (!(await ensureData(setup, signal))) return
      // Binned and exact fits take seconds and need no network: they go first.
      const early = [ensureFit(setup, 'binned', signal), ensureFit(setup, 'exact', signal)]
      const [trained] = await Promise.all([networks.ensure(setup, signal), ...early])
      if (!trained) return missingNetworks()
      if (await ensureRatios(setup, signal)) await ensureFit(setup, 'unbinned', signal)
    },
  }
}
