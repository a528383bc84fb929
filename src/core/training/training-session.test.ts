import { noLesson } from '../learn.ts'
import { expect, it, onTestFinished, vi } from 'vitest'
import {
  encoderHandlers,
  encoderJob,
  type EncoderJobRequest,
  type EncoderJobs,
} from '../../ml/encoder-job.ts'
import type { LabelledBatch } from '../../ml/train-encoder.ts'
import { usualTraining, type TrainingConfig } from '../../ml/training-config.ts'
import { createRng } from '../../numerics/rng.ts'
import { createInProcessJobs } from '../../testing/in-process.ts'
import { memoryLocks } from '../../testing/memory-locks.ts'
import { smallPlatform } from '../../testing/small-page.ts'
import { createAppStore } from '../app-store.ts'
import { createCheckpointStore, type CheckpointRecord } from '../checkpoint-store.ts'
import { createMemoryRecords, type RecordStore } from '../record-store.ts'
import { createStudyStore } from '../study-store.ts'
import { createTabLocks } from '../tab-locks.ts'
import { createEncoderTrainings, type EncoderRun } from './encoder-trainings.ts'
import { readRecordedTraining, writeRecordedTraining } from './recorded-training-file.ts'
import { recordRun } from './record-run.ts'
import { emptyTraining, shownTraining, type RecordedTraining } from './training-run.ts'

const config: TrainingConfig = { ...usualTraining, widths: [8], steps: 50, backend: 'kernels' }

/** Two classes in two dimensions, in turn. */
function batch(name: string): LabelledBatch {
  const rng = createRng(5).split(name)
  const labels = Int32Array.from({ length: 60 }, (_, i) => i % 2)
  return {
    x: Float32Array.from({ length: 120 }, (_, i) => 3 * labels[i >> 1] + rng.normal()),
    labels,
    rows: 60,
  }
}

function train(request: EncoderJobRequest) {
  const source = { features: 2, next: (step: number) => batch(`batch ${step}`) }
  return encoderJob(request, { source, heldOut: batch('held out') }, {})
}

const rows = batch('shown').x

/** A visit of the page: its state and its worker are new, records are those of the browser. */
function visit(
  records: RecordStore<CheckpointRecord>,
  locks = memoryLocks(),
  recorded?: (key: string) => Promise<RecordedTraining | null>,
) {
  const app = createAppStore(
    { view: 'train', study: 'x', studies: { x: {} }, learn: noLesson },
    { x: { training: emptyTraining } },
  )
  const store = createStudyStore<object, { training: EncoderRun }>(app, 'x')
  const jobs = createInProcessJobs<EncoderJobs>(encoderHandlers(train))
  onTestFinished(() => jobs.close())
  const told: string[] = []
  const platform = smallPlatform(
    createCheckpointStore(records, () => 0),
    { locks: createTabLocks(locks) },
  )
  const notify = (_: unknown, text: string) => void told.push(text)
  const session = createEncoderTrainings(
    { store, platform, notify, notSaved: (text) => void told.push(text) },
    jobs,
    () => ({ key: 'blobs', about: { config }, data: 'ready', rows, items: 60 }),
    'points',
    recorded,
  )
  return { session, store, run: () => store.getState().training, told }
}

it('trains, is left, and goes on in a later visit to the same bytes', async () => {
  const whole = visit(createMemoryRecords())
  await whole.session.start()
  expect(whole.run()).toMatchObject({ status: 'finished', step: 50, backend: 'kernels' })

  const records = createMemoryRecords<CheckpointRecord>()
  const first = visit(records)
  // In the midst of it, however fast it is.
  const unsubscribe = first.store.subscribe(() => {
    if (first.run().moments.length > 10) queueMicrotask(first.session.stop)
  })
  await first.session.start()
  unsubscribe()
  const left = first.run().moments.at(-1)!
  expect(left.step).toBeLessThan(50)
  await vi.waitFor(async () =>
    expect((await records.all()).some(({ step }) => step === left.step)).toBe(true),
  )

  const later = visit(records)
  await later.session.lookForCheckpoint()
  expect(later.run()).toMatchObject({ status: 'idle', step: left.step, resumable: { step: left.step } })
  expect(later.run().moments[0].latent).toEqual(left.latent)
  await later.session.resumeSaved()
  expect(later.run().status).toBe('finished')
  expect(later.run().outcome?.checkpoint).toEqual(whole.run().outcome?.checkpoint)
  expect(later.run().outcome?.checkpoint).not.toEqual(left.checkpoint)
  // The loss falls, so these are not the bytes of a training that does nothing.
  const { moments } = whole.run()
  expect(whole.run().outcome?.heldOutLoss).toBeLessThan(0.98 * moments[0].heldOutLoss)
  expect(later.told).toEqual([])
})

it('scrubbed back, it trains on from there to the same bytes', async () => {
  const { session, run } = visit(createMemoryRecords())
  await session.start()
  const { outcome } = run()
  session.show(1)
  expect(run().moments[1].step).toBe(2)
  await session.goOnFrom(1)
  expect(run().moments.map(({ step }) => step)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
  expect(run().outcome).toEqual(outcome)
})

it('stopped, it is given to another tab only once its last checkpoint is stored', async () => {
  const kept = createMemoryRecords<CheckpointRecord>()
  let open = () => undefined as void
  const gate = new Promise<void>((resolve) => (open = resolve))
  const slow: typeof kept = { ...kept, put: (record) => gate.then(() => kept.put(record)) }
  const locks = memoryLocks()
  const one = visit(slow, locks)
  const unsubscribe = one.store.subscribe(() => {
    if (one.run().moments.length > 3) queueMicrotask(one.session.stop)
  })
  await one.session.start()
  unsubscribe()
  const { step } = one.run().resumable!
  await new Promise(setImmediate) // all that waits for nothing has happened
  const two = visit(kept, locks)
  await two.session.step()
  const busy = 'in another tab of this browser'
  expect(two.told.join()).toContain(busy)
  expect(two.run().status).toBe('idle')

  open()
  const next = await vi.waitFor(async () => {
    const again = visit(kept, locks)
    await again.session.lookForCheckpoint()
    void again.session.step()
    await vi.waitFor(() => expect([again.run().status, ...again.told]).not.toEqual(['idle']))
    expect(again.told.join()).not.toContain(busy)
    return again
  })
  await vi.waitFor(() => expect(next.run().moments.at(-1)?.step).toBeGreaterThanOrEqual(step))
  next.session.stop()
})

const stamp = { date: '2026-12-01', made: 'theoryscape 0.1.0' }
const items = Int32Array.from({ length: 60 }, (_, i) => i)

async function recordedText(key: string): Promise<string> {
  const job = train({ config, preview: rows })
  const run = await recordRun(job, { items, pictured: (step) => step % 10 === 0, log: () => undefined })
  return writeRecordedTraining({ ...stamp, key, run })
}

it('a recorded training comes back with its losses and pictures, and is refused where it is damaged', async () => {
  const text = await recordedText('blobs')
  const { key, date, seen } = readRecordedTraining(text)
  expect({ key, date }).toEqual({ key: 'blobs', date: '2026-12-01' })
  expect(seen).toMatchObject({ step: 50, steps: 50, backend: 'kernels', previewItems: items })
  expect(seen.losses).toHaveLength(50)
  expect(seen.moments.map(({ step }) => step)).toEqual([10, 20, 30, 40, 50])
  const whole = visit(createMemoryRecords())
  await whole.session.start()
  const last = whole.run().moments.at(-1)!
  expect(seen.moments[4].heldOutLoss).toBeCloseTo(last.heldOutLoss, 5)
  seen.moments[4].latent.forEach((value, i) => expect(value).toBeCloseTo(last.latent[i], 3))
  const cut = text.replace(/"previewItems":\{"i32":\[0,/, '"previewItems":{"i32":[')
  expect(() => readRecordedTraining(cut)).toThrow(/pictures and their items differ in number/)
})

it('shows the recorded training of the set-up until one of its own begins', async () => {
  const recorded = readRecordedTraining(await recordedText('blobs'))
  const find = (key: string) => Promise.resolve(key === 'blobs' ? recorded : null)
  const { session, run } = visit(createMemoryRecords(), memoryLocks(), find)
  await session.lookForCheckpoint()
  expect(run()).toMatchObject({ moments: [], resumable: null, recorded: { date: '2026-12-01' } })
  expect(shownTraining(run()).moments).toHaveLength(5)
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  session.playRecorded(100)
  expect(run().shown).toBe(0)
  vi.advanceTimersByTime(250)
  expect(run().shown).toBe(2)
  vi.advanceTimersByTime(5000)
  expect(run().shown).toBeNull()
  session.playRecorded(100) // once
  expect(run().shown).toBeNull()
  vi.useRealTimers()
  await session.start()
  expect(run()).toMatchObject({ status: 'finished', recorded: null })
  expect(shownTraining(run()).moments).toHaveLength(50)
})

it('shows no recorded training of another set-up, nor where a training was left', async () => {
  const other = readRecordedTraining(await recordedText('other'))
  const find = (key: string) => Promise.resolve(key === other.key ? other : null)
  const records = createMemoryRecords<CheckpointRecord>()
  const first = visit(records, memoryLocks(), find)
  await first.session.lookForCheckpoint()
  expect(first.run().recorded).toBeNull()
  await first.session.start()
  await vi.waitFor(async () =>
    expect((await records.all()).some(({ step }) => step === config.steps)).toBe(true),
  )
  const own = { ...other, key: 'blobs' }
  const later = visit(records, memoryLocks(), () => Promise.resolve(own))
  await later.session.lookForCheckpoint()
  expect(later.run()).toMatchObject({ status: 'finished', recorded: null })
})
