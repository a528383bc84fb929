import { describe, expect, it, vi } from 'vitest'
import { settle } from '../../../testing/fake-jobs.ts'
import { memoryLocks } from '../../../testing/memory-locks.ts'
import {
  createCheckpointStore,
  createMemoryCheckpointStore,
  type CheckpointRecord,
} from '../../../core/checkpoint-store.ts'
import { createMemoryRecords } from '../../../core/record-store.ts'
import { createTabLocks } from '../../../core/tab-locks.ts'
import { corpus, app, evaluation, outcome, replayed, look } from '../../../testing/small-training.ts'

describe('a training of an earlier visit', () => {
  /** One whose newest checkpoint is of this step, on a page that was closed. */
  async function stoodAt(at: number, checkpoints = createMemoryCheckpointStore()) {
    const first = await app(checkpoints)
    void first.training.start()
    await settle()
    first.job().report(evaluation(at))
    await settle()
    return checkpoints
  }

  it('is shown where it stood, with curves and map, and Play goes on from there', async () => {
    const page = await app(await stoodAt(12))
    await look(page)
    expect(page.ml.newest('replay-checkpoint').request.until).toEqual({ steps: 1000, patience: 10 })
    expect(page.run()).toMatchObject({
      ...{ status: 'idle', step: 12, resumable: { step: 12, checkpoint: Uint8Array.of(12) } },
      ...{ moments: [{ step: 12, heldOutLoss: 4.1 }], earlier: [{ step: 11, heldOutLoss: 5.1 }] },
      losses: [{ step: 11 }, { step: 12 }],
      about: { manifestHash: corpus.header.manifestHash },
    })
    void page.training.resumeSaved()
    await settle()
    expect(page.job().request.resumeFrom).toEqual(Uint8Array.of(12))
    expect(page.run()).toMatchObject({ status: 'running', moments: [{ step: 12 }], earlier: [{ step: 11 }] })
    expect(page.ml.count('replay-checkpoint')).toBe(1)
  })

  it('goes on by a single step too', async () => {
    const page = await app(await stoodAt(12))
    await look(page)
    void page.training.step()
    await settle()
    expect(page.job()).toMatchObject({ startPaused: true, request: { resumeFrom: Uint8Array.of(12) } })
  })

  it('that had ended is shown as ended; with more steps asked for, it can go on', async () => {
    const page = await app(await stoodAt(12))
    const { intent } = page.store.getState()
    page.actions.change({ training: { ...intent.training, steps: 12 } })
    await look(page, { ...outcome, step: 11 })
    expect(page.run()).toMatchObject({ status: 'finished', outcome: { step: 11 }, resumable: null })
    page.actions.change({ training: { ...intent.training, steps: 40 } })
    await page.training.lookForCheckpoint()
    expect(page.run().resumable?.step).toBe(12)
  })

  it('is found again for the same set-up, not for another seed', async () => {
    const page = await app(await stoodAt(12))
    await look(page)
    const { training } = page.store.getState().intent
    page.actions.change({ training: { ...training, backend: 'cpu', steps: 50 } }) // what may change on the way
    await look(page)
    expect(page.run().resumable?.step).toBe(12)
    page.actions.change({ training: { ...training, seed: 2 } })
    await look(page)
    expect(page.run().resumable).toBeNull()
  })

  it('begun again keeps its furthest checkpoint, to which one can go back, in a later visit too', async () => {
    const records = createMemoryRecords<CheckpointRecord>()
    const checkpoints = () => createCheckpointStore(records, () => 0)
    await stoodAt(90, checkpoints())
    await vi.waitFor(async () => expect(await records.all()).toHaveLength(1))
    const second = await app(checkpoints())
    await look(second)
    void second.training.start()
    await settle()
    expect(second.job().request.resumeFrom).toBeUndefined()
    expect(second.run()).toMatchObject({ moments: [], furthest: { step: 90 } })
    for (const at of [10, 20]) second.job().report(evaluation(at))
    await vi.waitFor(async () =>
      expect((await records.all()).map(({ step }) => step).sort()).toEqual([20, 90]),
    )
    second.training.stop()

    const third = await app(checkpoints())
    await look(third)
    expect(third.run()).toMatchObject({ step: 20, furthest: { step: 90 } })
    const back = third.training.showFurthest()
    await third.ml.newest('replay-checkpoint').finish(replayed(90))
    await back
    expect(third.run()).toMatchObject({ step: 90, resumable: { step: 90 } })
    void third.training.resumeSaved()
    await vi.waitFor(() => expect(third.ml.count('train-encoder')).toBe(1))
    expect(third.job().request.resumeFrom).toEqual(Uint8Array.of(90))
  })

  it('does not take the place of a training that was begun while it was read', async () => {
    const page = await app(await stoodAt(12))
    await look(page)
    const resuming = page.training.resumeSaved()
    void page.training.start()
    await resuming
    await settle()
    expect(page.ml.count('train-encoder')).toBe(1)
    expect(page.job().request.resumeFrom).toBeUndefined()
    expect(page.notices()).toEqual([])
  })

  it('is not shown for another set-up that was chosen while it was read', async () => {
    const page = await app(await stoodAt(12))
    const looking = page.training.lookForCheckpoint()
    const { training } = page.store.getState().intent
    page.actions.change({ training: { ...training, seed: 2 } })
    await looking
    expect(page.run().resumable).toBeNull()
  })
})

describe('two tabs on one training', () => {
  /** Two pages of one browser: its locks and its storage. */
  async function tabs() {
    const records = createMemoryRecords<CheckpointRecord>()
    const browser = memoryLocks()
    const tab = () =>
      app(
        createCheckpointStore(records, () => 0),
        { locks: createTabLocks(browser) },
      )
    const steps = async () => (await records.all()).map(({ step }) => step).sort((a, b) => a - b)
    return { one: await tab(), two: await tab(), steps }
  }

  it('one at a time: the other is told, and may have another seed', async () => {
    const { one, two } = await tabs()
    void one.training.start()
    await settle()
    await two.training.start()
    expect(two.ml.count('train-encoder')).toBe(0)
    expect(two.run().status).toBe('idle')
    expect(two.notices()[0].text).toMatch(/being trained in another tab.*choose another seed/)
    const { training } = two.store.getState().intent
    two.actions.change({ training: { ...training, seed: 2 } })
    void two.training.start()
    await settle()
    expect(two.run().status).toBe('running')
    expect(one.run().status).toBe('running')
  })

  it('in turn: the other goes on from what the first came to, and says so', async () => {
    const { one, two, steps } = await tabs()
    void one.training.start()
    await settle()
    one.job().report(evaluation(20))
    await expect.poll(steps).toEqual([20])
    await look(two)
    expect(two.run().step).toBe(20)
    one.job().report(evaluation(90))
    await expect.poll(steps).toEqual([20, 90])
    await one.job().finish(outcome)

    const going = two.training.resumeSaved()
    await vi.waitFor(() => expect(two.ml.count('replay-checkpoint')).toBe(2))
    await two.ml.newest('replay-checkpoint').finish(replayed(90))
    await vi.waitFor(() => expect(two.run().status).toBe('running'))
    expect(two.job().request.resumeFrom).toEqual(Uint8Array.of(90))
    expect(two.notices()[0].text).toMatch(/Another tab trained this set-up to step 90/)
    two.training.stop()
    await going
  })

  it('where the browser has no locks: the checkpoint that came furthest is not lost', async () => {
    const records = createMemoryRecords<CheckpointRecord>()
    const tab = () =>
      app(
        createCheckpointStore(records, () => 0),
        { locks: createTabLocks(undefined) },
      )
    const [one, two] = [await tab(), await tab()]
    void one.training.start()
    void two.training.start()
    await settle()
    const saved = async (page: typeof one, at: number) => {
      page.job().report(evaluation(at))
      await vi.waitFor(async () =>
        expect((await records.all()).some(({ checkpoint }) => checkpoint[0] === at)).toBe(true),
      )
    }
    await saved(one, 90)
    for (const at of [10, 20]) await saved(two, at)
    const later = await tab()
    await look(later)
    expect(later.run().furthest?.step).toBe(90)
  })
})

describe('a damaged checkpoint of an earlier visit', () => {
  async function afterDamage(steps: number[]) {
    const records = createMemoryRecords<CheckpointRecord>()
    const first = await app(createCheckpointStore(records, () => 0))
    void first.training.start()
    await settle()
    for (const at of [12, 24]) first.job().report(evaluation(at))
    await vi.waitFor(async () => expect(await records.all()).toHaveLength(2))
    for (const record of await records.all())
      if (steps.includes(record.step))
        await records.put({ ...record, checkpoint: Uint8Array.of(record.step ^ 1) })
    const second = await app(createCheckpointStore(records, () => 0))
    await look(second)
    return second
  }

  it('gives way to the one before it, which is told once', async () => {
    const page = await afterDamage([24])
    expect(page.run().resumable).toMatchObject({ step: 12, checkpoint: Uint8Array.of(12) })
    await look(page)
    expect(page.notices().map(({ text }) => text)).toEqual([
      'The checkpoint of step 24 is damaged; the one of step 12 before it is intact.',
    ])
  })

  it('and none that is intact: said, and nothing is offered', async () => {
    const { run, notices } = await afterDamage([12, 24])
    expect(run().resumable).toBeNull()
    expect(notices()[0].text).toMatch(/step 24 and 12 is damaged.*Start the training anew/)
  })
})
