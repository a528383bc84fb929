import { AppError } from '../../../errors.ts'
import { failed } from '../../../core/loadable.ts'
import { datasetKey } from './dataset-key.ts'
import { byPreview, type DatasetRows, type DrellYanStore, type OpenDataset } from './drell-yan-state.ts'
import type { Services } from './services.ts'

interface Fetching {
  open: OpenDataset
  abort: AbortController
  done: Promise<void>
}

/** Exact rows of a dataset that was opened by its preview. */
export interface ExactRows {
  /** The rows of what is open, when all are exact. */
  of(open: OpenDataset, signal: AbortSignal): Promise<DatasetRows>
  stop(): void
}

/** The picture of the whole map comes first [ms]. */
const pauseMs = 300

/**
 * Fetches the exact rows behind a preview as soon as the map is whole, so that they compete with nothing before. They take
 * the preview's place as they come, their places on the map all at once.
 */
export function createExactRows(store: DrellYanStore, { compute }: Pick<Services, 'compute'>): ExactRows {
  let current: Fetching | null = null
  let pause: ReturnType<typeof setTimeout> | undefined

  function end(): void {
    current?.abort.abort()
    current = null
  }

  function begin(open: OpenDataset): Promise<void> {
    if (current?.open === open) return current.done
    end()
    const abort = new AbortController()
    const done = fetchRows(open, abort.signal)
    current = { open, abort, done }
    done
      .catch((thrown: unknown) => {
        const { dataset } = store.getState()
        // Who waits for the rows is told by the promise.
        if (abort.signal.aborted || dataset.value !== open || dataset.status !== 'ready') return
        store.setState({ dataset: failed(dataset, AppError.from(thrown).toPlain()) })
      })
      .finally(() => {
        if (current?.done === done) current = null
      })
    return done
  }

  async function fetchRows(open: OpenDataset, signal: AbortSignal): Promise<void> {
    const { header, encoder, embedding } = open
    const { catalogue, intent } = store.getState()
    const manifestUrl = catalogue.datasets.find(({ id }) => id === intent.dataset)?.manifestUrl
    if (manifestUrl === undefined)
      throw new AppError(
        'data/not-found',
        `The exact spectra of ${header.manifest.id} are not here: there is no dataset "${intent.dataset}" on this page. Choose one in Data.`,
      )
    const latent = new Float32Array(store.getState().rows.latent.length)
    const { manifest, universeModel } = header
    await compute.run(
      'exact-rows',
      { manifestUrl, header: { manifest, universeModel }, encoder: encoder.mlp },
      {
        signal,
        onProgress: ({ firstRow, rows: count, spectra, latent: places }) => {
          const { rows, dataset } = store.getState()
          if (dataset.value !== open) return
          rows.spectra.set(spectra, firstRow * universeModel.templates.bins)
          latent.set(places, firstRow * embedding.latentDim)
          const exact = firstRow + count
          store.setState({ rows: { ...rows, exact, ...(exact === rows.count && { latent }) } })
        },
      },
    ).promise
  }

  const stops = [
    store.subscribe(
      (state) => (byPreview(state) ? state.dataset.value : undefined),
      (open) => {
        clearTimeout(pause)
        if (open) pause = setTimeout(() => void begin(open).catch(() => undefined), pauseMs) // the state says why
      },
    ),
    // Another dataset is on its way.
    store.subscribe(({ intent, attempt }) => `${datasetKey(intent)} ${attempt}`, end),
  ]

  return {
    async of(open, signal) {
      const { rows } = store.getState()
      if (rows.exact < rows.count) await begin(open)
      signal.throwIfAborted()
      return store.getState().rows
    },
    stop() {
      stops.forEach((each) => each())
      clearTimeout(pause)
      end()
    },
  }
}
