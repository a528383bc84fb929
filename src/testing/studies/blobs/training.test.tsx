// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { createCheckpointStore, type CheckpointRecord } from '../../../core/checkpoint-store.ts'
import { createMemoryRecords, type RecordStore } from '../../../core/record-store.ts'
import { servedSources } from '../../served-sources.ts'
import { drawnOn } from '../../drawn-on.ts'
import { studyPage } from '../../study-page.tsx'
import { blobsDefaults } from './default-intent.ts'
import { blobs } from './study.ts'

drawnOn(400, 400)
beforeEach(servedSources)

/** A visit with a store and workers of its own; records are those of the browser. */
function visit(records: RecordStore<CheckpointRecord>) {
  const { context } = studyPage(
    blobs,
    { ...blobsDefaults, perClass: 20 },
    'train',
    createCheckpointStore(records, () => 0),
  )
  return { run: () => context.store.getState().training }
}

const press = async (name: string) => fireEvent.click(await screen.findByText(name, { selector: 'button' }))
const finished = (run: ReturnType<typeof visit>['run']) =>
  waitFor(() => expect(run().status).toBe('finished'), { timeout: 30_000 })

it('Train is left half-way and, in a new page over the same records, goes on to the same bytes', async () => {
  const whole = visit(createMemoryRecords())
  await screen.findByText('Not trained yet.', {}, { timeout: 30_000 })
  await press('Play')
  await finished(whole.run)
  cleanup()

  const records = createMemoryRecords<CheckpointRecord>()
  const first = visit(records)
  await screen.findByText('Not trained yet.', {}, { timeout: 30_000 })
  while (first.run().moments.length < 2) {
    const { step, moments } = first.run()
    await press('Step')
    await waitFor(() => expect(first.run().step > step || first.run().moments !== moments).toBe(true), {
      timeout: 30_000,
    })
  }
  await waitFor(async () => expect((await records.all()).length).toBe(2), { timeout: 30_000 })
  await press('Stop')
  const left = first.run().moments.at(-1)!.step
  expect(left).toBe(2)
  cleanup()

  const later = visit(records)
  await screen.findByText(`Paused at step ${left} of 24. Play goes on from there.`, {}, { timeout: 30_000 })
  await waitFor(() => expect(later.run().moments).toHaveLength(1))
  expect(later.run().moments[0].latent).toEqual(first.run().moments.at(-1)?.latent)
  await press('Play')
  await finished(later.run)
  expect(later.run().outcome?.checkpoint).toEqual(whole.run().outcome?.checkpoint)
}, 60_000)
