import { describe, expect, it } from 'vitest'
import { createCheckpointStore, type CheckpointRecord } from './checkpoint-store.ts'
import { createMemoryRecords } from './record-store.ts'

const bytes = (at: number) => new Uint8Array(1000).fill(at)

/** A store whose records the test can look into, on a clock that stands still. */
function setup() {
  const records = createMemoryRecords<CheckpointRecord>()
  return { records, store: createCheckpointStore(records, () => 1_000) }
}

/** Flips one bit of the checkpoint of this step. */
async function damage(records: ReturnType<typeof setup>['records'], step: number): Promise<void> {
  const record = (await records.all()).find((each) => each.step === step)
  if (!record) throw new Error(`no checkpoint of step ${step} is kept`)
  const checkpoint = record.checkpoint.slice()
  checkpoint[500] ^= 1
  await records.put({ ...record, checkpoint })
}

describe('checkpoints', () => {
  it('come back as the newest of their training until they are removed', async () => {
    const { store } = setup()
    expect(await store.load('a')).toBeNull()
    for (const step of [1, 2, 3]) await store.save('a', step, bytes(step))
    await store.save('b', 9, bytes(9))
    expect(await store.load('a')).toEqual({ step: 3, checkpoint: bytes(3) })
    await store.remove('a')
    expect(await store.load('a')).toBeNull()
    expect(await store.load('b')).toEqual({ step: 9, checkpoint: bytes(9) })
  })

  it('of one training are two at most, the newest two, also when saved at once', async () => {
    const { store, records } = setup()
    await Promise.all([1, 2, 3, 4, 5].map((step) => store.save('a', step, bytes(step))))
    const steps = (await records.all()).map(({ step }) => step)
    expect(steps.sort()).toEqual([4, 5])
  })

  it('fall back to the one before when a bit of the newest has flipped, and say so', async () => {
    const { store, records } = setup()
    for (const step of [10, 20, 30]) await store.save('a', step, bytes(step))
    await damage(records, 30)
    expect(await store.load('a')).toEqual({ step: 20, checkpoint: bytes(20), damagedStep: 30 })
    // The next save is the newest again, whichever of the two it replaced.
    await store.save('a', 40, bytes(40))
    expect(await store.load('a')).toEqual({ step: 40, checkpoint: bytes(40) })
  })

  it('of a further step stay when the training begins again, and are offered beside the newest', async () => {
    const { store, records } = setup()
    for (const step of [850, 900]) await store.save('a', step, bytes(step))
    for (const step of [100, 200]) await store.save('a', step, bytes(step))
    const further = { step: 900, checkpoint: bytes(900) }
    expect(await store.load('a')).toEqual({ step: 200, checkpoint: bytes(200), further })
    for (const step of [950, 1000]) await store.save('a', step, bytes(step))
    expect(await store.load('a')).toEqual({ step: 1000, checkpoint: bytes(1000) })
    // One that is damaged is no reason to give up what is intact.
    await damage(records, 1000)
    for (const step of [960, 970]) await store.save('a', step, bytes(step))
    expect((await records.all()).map(({ step }) => step).sort()).toEqual([960, 970])
  })

  it('of two tabs at work on one training: the furthest stays', async () => {
    const { store: one, records } = setup()
    const two = createCheckpointStore(records, () => 1_000)
    for (const step of [100, 200]) {
      await one.save('a', step, bytes(step))
      await two.save('a', step, bytes(step))
    }
    for (const step of [800, 900]) await one.save('a', step, bytes(step))
    for (const step of [300, 400]) await two.save('a', step, bytes(step))
    for (const store of [one, two])
      expect(await store.load('a')).toMatchObject({ step: 400, further: { step: 900 } })
  })

  it('are refused and removed when none is intact', async () => {
    const { store, records } = setup()
    for (const step of [10, 20]) await store.save('a', step, bytes(step))
    await damage(records, 10)
    await damage(records, 20)
    await expect(store.load('a')).rejects.toMatchObject({
      code: 'model/corrupt',
      message: expect.stringMatching(/step 20 and 10 is damaged/) as string,
    })
    expect(await records.all()).toEqual([])
    expect(await store.load('a')).toBeNull()
  })

  it('of an earlier version of the app, which have no hash, still open', async () => {
    const { store, records } = setup()
    await records.put({ key: 'a', step: 7, savedAt: 1, checkpoint: bytes(7) })
    expect(await store.load('a')).toEqual({ step: 7, checkpoint: bytes(7) })
  })

  it('of the oldest trainings go when there are more than 24; the many of one fit count once', async () => {
    const { store, records } = setup()
    for (let i = 0; i < 24; i++) await store.save(`training-${i}`, 1, bytes(i))
    const told = []
    for (let i = 0; i < 30; i++) told.push((await store.save(`fit#network-${i}`, 1, bytes(i))).forgotten)
    expect(told).toEqual([1, ...Array<number>(29).fill(0)])
    expect(await store.load('training-0')).toBeNull()
    expect((await store.load('training-1'))?.step).toBe(1)
    expect((await records.all()).filter(({ key }) => key.startsWith('fit#'))).toHaveLength(30)
  })
})

describe('when the browser stores no more', () => {
  /** Room for so many records; one more is refused as browsers do. */
  function small(room: number) {
    const records = createMemoryRecords<CheckpointRecord>()
    const kept = new Set<string>()
    const full: typeof records = {
      ...records,
      durable: true,
      async put(record) {
        if (!kept.has(record.key) && kept.size >= room)
          throw new DOMException('no room', 'QuotaExceededError')
        kept.add(record.key)
        await records.put(record)
      },
      async delete(key) {
        kept.delete(key)
        await records.delete(key)
      },
    }
    return createCheckpointStore(full, () => 1_000)
  }

  it('the oldest other trainings make room, and it is told how many', async () => {
    const store = small(3)
    for (const key of ['a', 'b', 'c']) expect(await store.save(key, 1, bytes(1))).toEqual({ forgotten: 0 })
    expect(await store.save('c', 2, bytes(2))).toEqual({ forgotten: 1 })
    expect(await store.load('a')).toBeNull()
    expect((await store.load('b'))?.step).toBe(1)
    expect((await store.load('c'))?.step).toBe(2)
  })

  it('and nothing else is left to forget, the save fails and what was saved stays', async () => {
    const store = small(1)
    await store.save('a', 1, bytes(1))
    await expect(store.save('a', 2, bytes(2))).rejects.toThrow('no room')
    expect((await store.load('a'))?.step).toBe(1)
    // The failed save does not hold up the ones after it.
    await store.remove('a')
    await store.save('b', 3, bytes(3))
    expect((await store.load('b'))?.step).toBe(3)
  })

  it('other failures are no reason to forget anything', async () => {
    const records = createMemoryRecords<CheckpointRecord>()
    let broken = false
    const store = createCheckpointStore(
      { ...records, put: (record) => (broken ? Promise.reject(new Error('disk')) : records.put(record)) },
      () => 0,
    )
    await store.save('a', 1, bytes(1))
    broken = true
    await expect(store.save('b', 1, bytes(1))).rejects.toThrow('disk')
    expect((await store.load('a'))?.step).toBe(1)
  })
})
