import { describe, expect, it } from 'vitest'
import { createMemoryCheckpointStore } from '../../../core/checkpoint-store.ts'
import { createMemoryProducts, type ProductStore } from '../../../core/product-store.ts'
import type { Bundled } from '../../../core/bundling.ts'
import { packBundle } from '../../../share/bundle/pack-bundle.ts'
import { unpackBundle } from '../../../share/bundle/unpack-bundle.ts'
import type { ReadBundleItem } from '../../../share/bundle/bundle-format.ts'
import { settle } from '../../../testing/fake-jobs.ts'
import { inProcessScript } from '../../../testing/in-process.ts'
import { smallFitData } from '../../../testing/small-fit.ts'
import { smallPage } from '../../../testing/small-page.ts'
import { smallTopPair, type AskedJob } from '../../../testing/small-top-pair.ts'
import { createFitHandlers } from '../analysis/fit/create-fit-handlers.ts'
import { topPairDefaults } from '../default-intent.ts'
import type { FitIntent } from '../intent.ts'
import { openTopPair } from '../open.ts'
import { topPair } from '../study.ts'
import { hashOfEvents } from './dropped-events.ts'
import { bundledFit, unbundledFit } from './fit-bundle.ts'
import { fitProductSchemas } from './fit-product-schemas.ts'
import type { FitProductTypes } from './products.ts'

/** Coarse, but every product is a real one. */
const coarse: Partial<FitIntent> = {
  ...{ mttMinGeV: 1450, preset: 'parton', observedEvents: 300, livePoints: 50 },
  ...{ trainingPoints: 1000, epochs: 1 },
}

/** A page that computes in this thread, or one that must not compute at all. */
function page(computes: boolean, products: ProductStore<FitProductTypes> = createMemoryProducts()) {
  const intent = { ...topPairDefaults, fit: { ...topPairDefaults.fit, ...coarse } }
  const made = smallPage(topPair, intent, 'fit', createMemoryCheckpointStore(), undefined, {
    ...{ cores: 1, products: () => products as never },
    ...(computes && {
      spawn: () =>
        inProcessScript({ '../studies/top-pair/ml-handlers.ts': async () => createFitHandlers({}) as never }),
    }),
  })
  const handle = openTopPair(made.context)
  return { ...made, handle, fit: handle.fit, state: () => made.context.store.getState().fit }
}

/** Through the file and back. */
async function sent({ items }: Bundled): Promise<ReadBundleItem[]> {
  const own = items.map((item) => ({ ...item, study: 'top-pair' }))
  const bytes = await packBundle({ link: '#v=2', made: 'x', items: own })
  return (await unpackBundle(new Blob([bytes]))).items
}

/** Everything that a page of fits can make, and the items of its bundle. */
async function everything() {
  const { fit, state, appStore } = page(true)
  await fit.runAll()
  await fit.diagnose('td8')
  await fit.toys('binned', 'SM', 4)
  await fit.region('binned', 20)
  await fit.calibrate('binned', 'coverage', 10)
  await fit.calibrate('binned', 'sbc', 20)
  expect(appStore.getState().notices).toEqual([])
  return { made: state(), items: await sent(bundledFit(state())) }
}

const all = everything()

describe('a fit in a bundle', () => {
  it('is there again in another browser, every product of it, and nothing is computed', async () => {
    const { made, items } = await all
    expect(new Set(items.map(({ kind }) => kind))).toEqual(
      new Set([...Object.keys(fitProductSchemas), 'trained-network', 'chains']),
    )
    const kept = createMemoryProducts<FitProductTypes>()
    const other = page(false, kept)
    const read = await unbundledFit(items, other.handle)
    expect(other.state().networks).toEqual([])
    await read.lay()
    await read.finish()
    expect(read.notes).toEqual([])
    const { data, ratios, fits, networks, diagnostics, toys, regions, calibration } = other.state()
    expect({ data, ratios, fits, diagnostics, toys, regions, calibration }).toEqual({
      ...{ data: made.data, ratios: made.ratios, diagnostics: made.diagnostics, toys: made.toys },
      ...{ regions: made.regions, calibration: made.calibration },
      fits: Object.fromEntries(
        Object.entries(made.fits).map(([kind, track]) => [kind, { ...track, resumable: false }]),
      ),
    })
    expect(networks.map(({ network, status }) => ({ network, status }))).toEqual(
      made.networks.map(({ network }) => ({ network, status: 'done' })),
    )
    // Running finds all of it: a job would need a worker, which this page has not.
    await other.fit.runAll()
    expect(other.appStore.getState().notices).toEqual([])
    // A later visit takes none of it for its own.
    const later = page(false, kept)
    await later.fit.look()
    expect(later.state()).toMatchObject({ data: { status: 'idle' }, fits: { exact: { status: 'idle' } } })
  }, 180_000)

  it('of other settings waits until they are set', async () => {
    const { items, made } = await all
    const { handle, context, fit, state } = page(false)
    const { intent } = context.store.getState()
    context.change({ fit: { ...intent.fit, observedEvents: 999 } })
    const read = await unbundledFit(items, handle)
    await read.lay()
    await read.finish()
    expect(state().fits.exact.outcome).toBeNull()
    context.undo()
    await fit.look()
    expect(state().fits.exact.outcome).toEqual(made.fits.exact.outcome)
  }, 180_000)

  it('of another version of the code is told and left out', async () => {
    const { items } = await all
    const { handle, fit, state } = page(false)
    const old = items.map((item) => ({ ...item, version: 'theoryscape-tt-1/1' }))
    const read = await unbundledFit(old, handle)
    expect(read.notes.join()).toMatch(
      /version theoryscape-tt-1\/1 of the code, this page computes with theoryscape-tt-2/,
    )
    await read.lay()
    await fit.look()
    expect(state().data.status).toBe('idle')
  }, 180_000)

  it('that no fit has made is refused, and nothing changes', async () => {
    const { items } = await all
    const { handle, state } = page(false)
    const before = state()
    const change = (kind: string, value: (was: never) => unknown) =>
      items.map((item) => (item.kind === kind ? { ...item, value: value(item.value as never) } : item))
    const shortened = change('fit', ({ outcome, reports }: FitProductTypes['fit']) => {
      const value = { ...outcome.value, theta: outcome.value.theta.slice(1) }
      return { outcome: { ...outcome, value }, reports }
    })
    await expect(unbundledFit(shortened, handle)).rejects.toThrow(
      /The fit of the bundle is not what a fit makes: outcome\.value: samples of other lengths/,
    )
    await expect(
      unbundledFit(
        change('data', () => null),
        handle,
      ),
    ).rejects.toMatchObject({ code: 'share/invalid' })
    await expect(unbundledFit([{ ...items[0], kind: 'proof' }], handle)).rejects.toThrow(/"proof"/)
    expect(state()).toBe(before)
  }, 180_000)
})

describe('dropped events in a bundle', () => {
  const bytes = new TextEncoder().encode('m_tt,y_tt\n500,0\n')

  it('are read as if they were dropped, in place of those that were there', async () => {
    const sender = smallTopPair()
    const mine = { name: 'mine.csv', bytes, hash: 'f'.repeat(64) }
    sender.store.setState(({ fit }) => ({ fit: { ...fit, dropped: mine } }))
    const items = await sent(bundledFit(sender.store.getState().fit))
    expect(items.map(({ kind }) => kind)).toEqual(['events'])

    const { context, store, fit: jobs } = smallTopPair()
    const handle = openTopPair(context)
    store.setState(({ fit }) => ({ fit: { ...fit, dropped: { ...mine, name: 'other.csv' } } }))
    const read = await unbundledFit(items, handle)
    expect(store.getState().fit.dropped?.name).toBe('other.csv')
    await read.lay()
    const finishing = read.finish()
    await settle()
    const job = jobs.newest('prepare-fit') as AskedJob<'prepare-fit'>
    expect(job.request.dropped).toEqual({ name: 'mine.csv', bytes })
    await job.finish(smallFitData)
    await finishing
    expect(store.getState().fit.data.value?.value).toEqual(smallFitData)
  })

  it('keep which of their columns are which', async () => {
    const sender = smallTopPair()
    const pick = { columns: { m_tt: 'mass' }, tree: 'nominal', factors: { m_tt: 1e-3 } }
    const mine = { name: 'mine.root', bytes, pick }
    const hash = await hashOfEvents(mine)
    expect(hash).not.toBe(await hashOfEvents({ name: 'mine.root', bytes }))
    sender.store.setState(({ fit }) => ({ fit: { ...fit, dropped: { ...mine, hash } } }))
    const items = await sent(bundledFit(sender.store.getState().fit))
    const { context, store } = smallTopPair()
    const handle = openTopPair(context)
    await (await unbundledFit(items, handle)).lay()
    expect(store.getState().fit.dropped).toEqual({ ...mine, hash })
    const wrong = items.map((item) =>
      item.kind === 'event-columns' ? { ...item, value: { columns: 3 } } : item,
    )
    await expect(unbundledFit(wrong, handle)).rejects.toThrow(/does not say which columns .*columns: /)
  })

  it('are not taken while a run is under way', async () => {
    const { context, store } = smallTopPair()
    const handle = openTopPair(context)
    store.setState(({ fit }) => ({ fit: { ...fit, status: 'running' } }))
    await expect(unbundledFit([], handle)).rejects.toThrow(/A run of the fit is under way. Cancel it/)
  })
})
