import { evaluationDefaults } from '../analysis/drell-yan/anomaly/evaluate.ts'
import { positiveUniverses } from '../analysis/drell-yan/anomaly/known-universes.ts'
import { retrievalDefaults, type RetrievalOptions } from '../analysis/drell-yan/retrieval/evaluate.ts'
import type { JobMap } from '../analysis/job-map.ts'
import { AppError } from '../errors.ts'
import type { JobRun } from '../jobs/run-job.ts'
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
type ProductJob = 'known-universes' | 'evaluate-anomalies' | 'evaluate-retrieval'

/** What is known, and how good scores and map are at telling; each product has at most one job. */
export function createAnomalyActions(store: Store, services: Services) {
  const jobs: Partial<Record<Product, JobRun<unknown>>> = {}

  function set(product: Product, next: (now: Loadable<never>) => Loadable<object>): void {
    store.setState(({ anomaly }) => ({
      anomaly: { ...anomaly, [product]: next(anomaly[product] as Loadable<never>) },
    }))
  }

  async function make<K extends ProductJob>(
    product: Product,
    label: string,
    job: K,
    request: JobMap[K]['request'],
    made: MadeFor,
  ): Promise<void> {
    jobs[product]?.cancel()
    set(product, (now) => running(now, label, 0))
    const run = services.compute.run(job, request, {
      onProgress: (fraction) => {
        if (jobs[product] === run) set(product, (now) => running(now, label, fraction as number))
      },
    })
    jobs[product] = run
    try {
      const value = await run.promise
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
        'known-universes',
        {
          ...{ model, whitenedMeans, encoder: open.encoder.mlp },
          flags: table.flags,
          order: manifest.order,
        },
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
        'evaluate-anomalies',
        {
          model,
          encoder: encoderOf(open),
          options: { ...evaluationDefaults, ...pageSample[manifest.order], order: manifest.order },
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
        'evaluate-retrieval',
        {
          model,
          gallery,
          encoder: encoderOf(open),
          options: { ...retrievalDefaults, query, order: manifest.order },
        },
        madeFor(open),
      )
    },
    /** Ends the job of a product; an earlier value stays. */
    cancel(product: Product): void {
      jobs[product]?.cancel()
    },
  }
}

export type AnomalyActions = ReturnType<typeof createAnomalyActions>
