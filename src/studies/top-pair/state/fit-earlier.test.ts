import { memoryLocks } from '../../../testing/memory-locks.ts'
import { memoryTab } from '../../../testing/small-page.ts'
import { describe, expect, it } from 'vitest'
import { type FitIntent } from '../intent.ts'
import { settle } from '../../../testing/fake-jobs.ts'
import { type AskedJob } from '../../../testing/small-top-pair.ts'
import { createMemoryCheckpointStore } from '../../../core/checkpoint-store.ts'
import { createMemoryProducts } from '../../../core/product-store.ts'
import type { WorkMeter } from '../../../core/work-meter.ts'
import type { FitProductTypes } from './products.ts'
import { createTabLocks } from '../../../core/tab-locks.ts'
import { prepared, outcome, page, answerAll, type FitPage } from '../../../testing/small-fit-page.ts'

describe('a fit of an earlier visit', () => {
  /** What one browser keeps, and one of its tabs over its reloads. */
  const browser = () => ({
    products: createMemoryProducts<FitProductTypes>(),
    checkpoints: createMemoryCheckpointStore(),
    tab: memoryTab(),
  })
  const visit = ({ checkpoints, ...kept }: ReturnType<typeof browser>, patch: Partial<FitIntent> = {}) =>
    page(patch, checkpoints, kept)

  async function finished(kept = browser(), act: (on: FitPage) => Promise<void> = () => Promise.resolve()) {
    const first = visit(kept)
    const run = first.actions.runAll()
    await settle()
    await answerAll(first)
    await run
    await act(first)
    return { kept, first }
  }

  it('is there again, whole, and by itself: nothing is computed', async () => {
    const { kept, first } = await finished()
    const later = visit(kept)
    await later.actions.look()
    expect(later.fit.asked).toHaveLength(0)
    expect(later.tiles()).toEqual(['done', 'done', 'done', 'done'])
    for (const part of ['data', 'ratios', 'fits', 'networks'] as const)
      expect(later.state()[part], part).toEqual(
        part === 'networks'
          ? first.state().networks.map((tile) => ({ ...tile, error: null }))
          : first.state()[part],
      )
    await later.actions.runAll()
    expect(later.fit.asked).toHaveLength(0)
  })

  it('of another set-up is not taken for this one; what still holds is', async () => {
    const { kept } = await finished()
    const later = visit(kept, { observedEvents: 500 })
    await later.actions.look()
    expect(later.tiles()).toEqual(['done', 'done', 'done', 'done'])
    expect(later.state()).toMatchObject({ data: { status: 'idle' }, ratios: { status: 'idle' } })
    expect(later.state().fits.exact).toMatchObject({ status: 'idle', outcome: null })
  })

  it('brings its checks along: toys, regions, coverage, learned against exact', async () => {
    const { kept } = await finished(browser(), async ({ actions, fit }) => {
      const answer = async <T>(asked: Promise<T>, act: () => Promise<void>) => {
        await settle()
        await act()
        await asked
      }
      await answer(actions.toys('exact', 'SM', 10), () =>
        fit.newest('toy-delta-chi2').finish({ values: Float64Array.of(4) }),
      )
      await answer(actions.calibrate('exact', 'coverage', 20), () =>
        fit.newest('calibrate-fit').finish({ toys: 20 } as never),
      )
      await answer(actions.diagnose('td8'), () =>
        fit.newest('ratio-diagnostics').finish({ term: 'td8' } as never),
      )
    })
    const later = visit(kept)
    await later.actions.look()
    expect(later.fit.asked).toHaveLength(0)
    expect(later.state()).toMatchObject({
      toys: { 'exact/SM': { status: 'ready', value: { values: Float64Array.of(4) } } },
      calibration: { 'exact/coverage': { status: 'ready', value: { value: { toys: 20 } } } },
      diagnostics: { td8: { status: 'ready', value: { value: { term: 'td8' } } } },
    })
  })

  it('cut short, keeps what was finished and goes on with the rest', async () => {
    const kept = browser()
    const first = visit(kept)
    void first.actions.runAll()
    await settle()
    await first.fit.newest('prepare-fit').finish(prepared)
    await settle()
    const early = first.jobs('fit')[0] as AskedJob<'fit'>
    await early.finish(outcome(early.request.kind))
    await settle()

    const later = visit(kept)
    await later.actions.look()
    expect(later.state().data.status).toBe('ready')
    expect(later.state().fits[early.request.kind].status).toBe('done')
    const run = later.actions.runAll()
    await settle()
    await answerAll(later)
    await run
    expect(later.fit.count('prepare-fit')).toBe(0)
    expect(later.fit.count('fit')).toBe(2)
  })

  it('of dropped events comes back in the tab it was dropped on, in no other', async () => {
    const kept = browser()
    const first = visit(kept)
    const dropping = first.actions.drop(new File(['events'], 'mine.csv'))
    await expect.poll(() => first.fit.count('prepare-fit')).toBe(1)
    await first.fit.newest('prepare-fit').finish(prepared)
    await dropping

    const later = visit(kept)
    await later.actions.look()
    expect(later.state()).toMatchObject({ dropped: { name: 'mine.csv' }, data: { status: 'ready' } })
    const other = visit({ ...kept, tab: memoryTab() })
    await other.actions.look()
    expect(other.state()).toMatchObject({ dropped: null, data: { status: 'idle' } })
    const evicted = visit({ ...kept, products: createMemoryProducts() })
    await evicted.actions.look()
    expect(evicted.notices()[0].text).toMatch(/mine\.csv are no longer stored/)
    expect(evicted.state().dropped).toBeNull()
  })

  it('discarded is gone in later visits too', async () => {
    const { kept, first } = await finished()
    await first.actions.discard()
    const later = visit(kept)
    await later.actions.look()
    expect(later.tiles()).toEqual(['waiting', 'waiting', 'waiting', 'waiting'])
    expect(later.state()).toMatchObject({ data: { status: 'idle' }, ratios: { status: 'idle' } })
    expect(later.state().fits.binned.outcome).toBeNull()
  })

  it('that cannot be stored is told once, and asked about before the page is left', async () => {
    const memory = createMemoryProducts<FitProductTypes>()
    const products = { ...memory, durable: true, put: () => Promise.reject(new Error('quota')) }
    let time = 0
    const meters: WorkMeter[] = []
    const first = page({}, undefined, {
      products,
      now: () => time,
      guard: (meter) => void meters.push(meter),
    })
    const run = first.actions.runAll()
    time = 40_000
    await settle()
    await answerAll(first)
    await run
    expect(meters[0].unsavedMs).toBe(40_000)
    expect(first.appStore.getState().notSaved).toBe(true)
    const texts = first.notices().map(({ text }) => text)
    expect(texts).toEqual([expect.stringMatching(/A result was not saved \(quota\)/)])
  })

  it('under way in another tab is waited for, and its results are taken over', async () => {
    const kept = browser()
    const locks = memoryLocks()
    const tab = () => page({}, kept.checkpoints, { ...kept, locks: createTabLocks(locks) })
    const [one, two] = [tab(), tab()]
    const first = one.actions.train()
    await settle()
    const second = two.actions.train()
    await settle()
    expect(two.fit.count('train-ratio')).toBe(0)
    expect(two.notices().map(({ text }) => text)).toEqual([expect.stringMatching(/under way in another tab/)])
    await answerAll(one)
    await first
    await settle()
    await second
    expect(two.tiles()).toEqual(['done', 'done', 'done', 'done'])
    expect(two.fit.count('train-ratio')).toBe(0)
  })
})
