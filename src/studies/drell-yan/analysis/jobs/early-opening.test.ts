import { expect, it } from 'vitest'
import type { HttpOptions } from '../../../../dataset/http.ts'
import type { DatasetEvent } from '../dataset-types.ts'
import type { openDataset } from '../datasets/open-dataset.ts'
import { beginOpening, opening } from './early-opening.ts'

const request = { manifestUrl: 'https://x/manifest.json', model: null }
const result = { rows: 5, fetches: 1 }

/** An opening of five stages that says how far it has come, and how it ended. */
function staged(fail = 9) {
  const seen = { begun: 0, at: 0, ended: false, signal: undefined as AbortSignal | undefined }
  const open: typeof openDataset = async function* (_request, { signal }: HttpOptions) {
    seen.begun++
    seen.signal = signal
    try {
      for (seen.at = 1; seen.at <= 5; seen.at++) {
        if (seen.at === fail) throw new Error('no manifest')
        yield { kind: 'stage', label: `stage ${seen.at}`, fraction: 0 } satisfies DatasetEvent
      }
      return result
    } finally {
      seen.ended = true
    }
  }
  return { seen, open }
}

async function all(steps: AsyncGenerator<DatasetEvent, unknown>) {
  const labels: string[] = []
  for (;;) {
    const step = await steps.next()
    if (step.done) return { labels, value: step.value }
    if (step.value.kind === 'stage') labels.push(step.value.label)
  }
}
const five = [1, 2, 3, 4, 5].map((n) => `stage ${n}`)
const never = new AbortController().signal

it('an opening that was begun goes on where it is, once', async () => {
  const { seen, open } = staged()
  beginOpening(request, open)
  await expect.poll(() => seen.at).toBe(3)
  expect(await all(opening(request, never, open))).toEqual({ labels: five, value: result })
  expect(seen.begun).toBe(1)
  expect(await all(opening(request, never, open))).toEqual({ labels: five, value: result })
  expect(seen.begun).toBe(2)
})

it('one of another dataset ends, and what is asked for is opened', async () => {
  const early = staged()
  beginOpening(request, early.open)
  const { seen, open } = staged()
  const other = { ...request, manifestUrl: 'https://x/other.json' }
  expect((await all(opening(other, never, open))).labels).toEqual(five)
  expect(seen.begun).toBe(1)
  expect(early.seen.signal?.aborted).toBe(true)
})

it('a cancel reaches it, before and after it is taken', async () => {
  for (const late of [true, false]) {
    const { seen, open } = staged()
    beginOpening(request, open)
    const abort = new AbortController()
    if (!late) abort.abort()
    const steps = opening(request, abort.signal, open)
    await steps.next()
    abort.abort()
    expect(seen.signal?.aborted).toBe(true)
    await steps.return(result)
    expect(seen.ended).toBe(true)
  }
})

it('its failure is told to whoever asks, and the next one starts anew', async () => {
  const { seen, open } = staged(2)
  beginOpening(request, open)
  await expect.poll(() => seen.ended).toBe(true)
  await expect(all(opening(request, never, open))).rejects.toThrow('no manifest')
  expect((await all(opening(request, never, staged().open))).labels).toEqual(five)
})
