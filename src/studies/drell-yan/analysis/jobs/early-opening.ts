import type { DatasetEvent, ModelLocation } from '../dataset-types.ts'
import { openDataset } from '../datasets/open-dataset.ts'

type Opening = AsyncGenerator<DatasetEvent, { rows: number; fetches: number }>
interface Request {
  manifestUrl: string
  model: ModelLocation | null
}

/** Stage, header, first rows: with these on their way, the page has something to draw when it is ready to. */
const stepsAhead = 3

/** An opening that was begun before it was asked for. */
let begun: { key: string; abort: AbortController; steps: Opening } | undefined

/** Opens a dataset that will be asked for in a moment. */
export function beginOpening(request: Request, open: typeof openDataset = openDataset): void {
  const abort = new AbortController()
  const steps = open(request, { signal: abort.signal })
  const ahead = Array.from({ length: stepsAhead }, () => steps.next())
  for (const step of ahead) step.catch(() => undefined) // whoever asks for the dataset is told
  begun = { key: JSON.stringify(request), abort, steps: goOn(ahead, steps) }
}

/** The opening that was begun, the first time that it is asked for; else a new one. */
export function opening(
  request: Request,
  signal: AbortSignal,
  open: typeof openDataset = openDataset,
): Opening {
  const early = begun
  begun = undefined
  if (early?.key !== JSON.stringify(request)) {
    early?.abort.abort()
    return open(request, { signal })
  }
  if (signal.aborted) early.abort.abort()
  signal.addEventListener('abort', () => early.abort.abort(), { once: true })
  return early.steps
}

async function* goOn(
  ahead: readonly Promise<IteratorResult<DatasetEvent, { rows: number; fetches: number }>>[],
  steps: Opening,
): Opening {
  try {
    for (const pending of ahead) {
      const step = await pending
      if (step.done) return step.value
      yield step.value
    }
    return yield* steps
  } finally {
    await steps.return({ rows: 0, fetches: 0 })
  }
}
