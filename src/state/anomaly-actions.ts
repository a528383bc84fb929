import { evaluationDefaults } from '../analysis/drell-yan/anomaly/evaluation-options.ts'
import { positiveUniverses } from '../analysis/drell-yan/anomaly/known-universes.ts'
import { retrievalDefaults, type RetrievalOptions } from '../analysis/drell-yan/retrieval/evaluate.ts'
import type { ClassifierLocation } from '../analysis/classification-jobs.ts'
import type { Classifier } from '../analysis/drell-yan/classification/classifier.ts'
import { classifiedDataset } from '../analysis/classified-dataset.ts'
import { AppError } from '../errors.ts'
import { isFor, type AnomalyState, type MadeFor } from './anomaly-state.ts'
import type { OpenDataset } from './app-state.ts'
import type { Store } from './create-app-store.ts'
import { failed, idle, ready, running, type Loadable } from './loadable.ts'
import type { Services } from './services.ts'

/** In the page a quarter of the command line's sample: rates of one in a thousand rest on few false alarms. */
const pageSample = {
  linear: { background: 4000, anomalies: 1000 },
  // Every spectrum is fitted there, about 10 ms each.
  quadratic: { background: 1000, anomalies: 250 },
}

type Product = keyof AnomalyState

interface Watch {
  signal: AbortSignal
  onProgress: (fraction: number) => void
}

/** What is known, and how good scores and map are at telling; each product has at most one job. */
export function createAnomalyActions(
  store: Store,
  services: Services,
  shipped: readonly ClassifierLocation[] = [],
) {
  const jobs: Partial<Record<Product, AbortController>> = {}

  function set(product: Product, next: (now: Loadable<never>) => Loadable<object>): void {
    store.setState(({ anomaly }) => ({
      anomaly: { ...anomaly, [product]: next(anomaly[product] as Loadable<never>) },
    }))
  }

  async function make(
    product: Product,
    label: string,
    start: (watch: Watch) => Promise<object>,
    made: MadeFor,
  ): Promise<void> {
    jobs[product]?.abort()
    const run = new AbortController()
    jobs[product] = run
    set(product, (now) => running(now, label, 0))
    try {
      const value = await start({
        signal: run.signal,
        onProgress: (fraction) => {
          if (jobs[product] === run) set(product, (now) => running(now, label, fraction))
        },
      })
      if (jobs[product] === run) set(product, () => ready({ ...value, ...made }))
    } catch (thrown) {
      const error = AppError.from(thrown)
      if (jobs[product] !== run) return
      set(product, (now) =>
        error.code === 'job/cancelled' ? (now.value ? ready(now.value) : idle) : failed(now, error.toPlain()),
      )
    } finally {
      if (jobs[product] === run) delete jobs[product]
    }
  }

  const madeFor = ({ encoder, header }: OpenDataset): MadeFor => ({
    encoder: encoder.id,
    encoderHash: encoder.hash,
    manifestHash: header.manifestHash,
  })

  const encoderOf = ({ encoder }: OpenDataset) => ({ id: encoder.id, mlp: encoder.mlp })

  /** One score less is no reason to have none: what could not be loaded is told beside the others. */
  async function withPriorNetwork(
    { header }: OpenDataset,
    location: ClassifierLocation,
    signal: AbortSignal,
    evaluated: (priorNetwork: Classifier | null) => Promise<object>,
  ): Promise<object> {
    const request = { location, header: classifiedDataset(header) }
    const loaded = await services.classification
      .run('load-classifier', request, { signal })
      .promise.catch((thrown: unknown) => AppError.from(thrown))
    if (!(loaded instanceof AppError)) return evaluated(loaded.classifier)
    if (signal.aborted) throw loaded
    return { ...(await evaluated(null)), missing: loaded.message }
  }

  let knownFor = ''

  return {
    /** Learns what is known on the open map, unless it is known or under way. */
    know(): Promise<void> {
      const { dataset, anomaly } = store.getState()
      const open = dataset.value
      if (!open) return Promise.resolve()
      const made = madeFor(open)
      const key = `${made.manifestHash} ${made.encoderHash}`
      const { status, value } = anomaly.known
      if (status === 'running' ? key === knownFor : value && isFor(value, open)) return Promise.resolve()
      knownFor = key
      const { model, whitenedMeans, table, manifest } = open.header
      return make(
        'known',
        'Drawing known spectra',
        (watch) =>
          services.compute.run(
            'known-universes',
            {
              ...{ model, whitenedMeans, encoder: open.encoder.mlp },
              flags: table.flags,
              order: manifest.order,
            },
            watch,
          ).promise,
        made,
      )
    },
    async evaluate(): Promise<void> {
      const open = store.getState().dataset.value
      if (!open) return
      const { model, manifest } = open.header
      await make(
        'evaluation',
        `Scoring anomalies with ${open.encoder.id}`,
        (watch) => {
          const evaluated = (priorNetwork: Classifier | null) =>
            services.compute.run(
              'evaluate-anomalies',
              {
                ...{ model, encoder: encoderOf(open), priorNetwork },
                options: { ...evaluationDefaults, ...pageSample[manifest.order], order: manifest.order },
              },
              watch,
            ).promise
          const location = shipped.find(({ id }) => id === `${manifest.id}-dpn`)
          return location ? withPriorNetwork(open, location, watch.signal, evaluated) : evaluated(null)
        },
        madeFor(open),
      )
    },
    async measureRetrieval(query: RetrievalOptions['query']): Promise<void> {
      const open = store.getState().dataset.value
      if (!open) return
      const { model, manifest, table, whitenedMeans } = open.header
      const bins = model.templates.sm.length
      const kept = positiveUniverses(table.flags, manifest.order)
      const gallery = new Float32Array(kept.length * bins)
      kept.forEach((u, i) => gallery.set(whitenedMeans.subarray(u * bins, (u + 1) * bins), i * bins))
      await make(
        'retrieval',
        `Searching with ${open.encoder.id}`,
        (watch) =>
          services.compute.run(
            'evaluate-retrieval',
            {
              ...{ model, gallery, encoder: encoderOf(open) },
              options: { ...retrievalDefaults, query, order: manifest.order },
            },
            watch,
          ).promise,
        madeFor(open),
      )
    },
    /** Ends the job of a product; an earlier value stays. */
    cancel(product: Product): void {
      jobs[product]?.abort()
    },
  }
}

export type AnomalyActions = ReturnType<typeof createAnomalyActions>
