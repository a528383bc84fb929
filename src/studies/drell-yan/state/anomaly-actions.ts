import type { AnomalyEvaluation } from '../analysis/anomaly/evaluate.ts'
import { evaluationDefaults } from '../analysis/anomaly/evaluation-options.ts'
import { positiveUniverses } from '../analysis/anomaly/known-universes.ts'
import { retrievalDefaults, type RetrievalOptions } from '../analysis/retrieval/evaluate.ts'
import type { ClassifierLocation } from '../analysis/classification/loaded-classifier.ts'
import type { Classifier } from '../analysis/classification/classifier.ts'
import type { DatasetHeader } from '../analysis/dataset-types.ts'
import { classifiedDataset } from '../analysis/datasets/classified-dataset.ts'
import { AppError } from '../../../errors.ts'
import { isFor, madeForKey, type AnomalyState, type MadeFor } from './anomaly-state.ts'
import type { OpenDataset } from './drell-yan-state.ts'
import type { DrellYanStore } from './drell-yan-state.ts'
import type { Loadable } from '../../../core/loadable.ts'
import { createProduct, type Making, type Product } from '../../../core/product.ts'
import type { RecordedAnswers } from '../recorded-answers.ts'
import type { DrellYanProducts } from './products.ts'
import type { Services } from './services.ts'

/** In the page a quarter of the command line's sample: rates of one in a thousand rest on few false alarms. */
export const pageSample = {
  linear: { background: 4000, anomalies: 1000 },
  // Every spectrum is fitted there, about 10 ms each.
  quadratic: { background: 1000, anomalies: 250 },
}

type Name = keyof AnomalyState
type Known = NonNullable<AnomalyState['known']['value']>

const drawing = 'Drawing known spectra'

/** Means of the universes that a map is searched in, whitened: [universes, bins]. */
export function retrievalGallery({
  universeModel,
  manifest,
  table,
  whitenedMeans,
}: DatasetHeader): Float32Array {
  const { bins } = universeModel.templates
  const kept = positiveUniverses(table.flags, manifest.order)
  const gallery = new Float32Array(kept.length * bins)
  kept.forEach((u, i) => gallery.set(whitenedMeans.subarray(u * bins, (u + 1) * bins), i * bins))
  return gallery
}

/** What is known, and how good scores and map are at telling; each product has at most one job. */
export function createAnomalyActions(
  store: DrellYanStore,
  services: Services,
  shipped: readonly ClassifierLocation[] = [],
) {
  function productAt<P extends Name>(name: P) {
    type Value = NonNullable<AnomalyState[P]['value']>
    return createProduct<Value>({
      get: () => store.getState().anomaly[name] as Loadable<Value>,
      set: (value) => store.setState(({ anomaly }) => ({ anomaly: { ...anomaly, [name]: value } })),
    })
  }
  const products = {
    known: productAt('known'),
    evaluation: productAt('evaluation'),
    retrieval: productAt('retrieval'),
  }

  /** For later visits; where that fails, it is measured again. */
  function keptAs<K extends 'evaluation' | 'retrieval'>(name: K, made: MadeFor) {
    return {
      keep: (value: DrellYanProducts[K]) =>
        void services.products.put(name, madeForKey(made), value).catch(() => undefined),
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
    evaluated: (priorNetwork: Classifier | null) => Promise<AnomalyEvaluation>,
  ): Promise<AnomalyEvaluation & { missing?: string }> {
    const request = { location, header: classifiedDataset(header) }
    const loaded = await services.classification
      .run('load-classifier', request, { signal })
      .promise.catch((thrown: unknown) => AppError.from(thrown))
    if (!(loaded instanceof AppError)) return evaluated(loaded.classifier)
    if (signal.aborted) throw loaded
    return { ...(await evaluated(null)), missing: loaded.message }
  }

  async function drawKnown(
    open: OpenDataset,
    watch: Pick<Making<unknown>, 'signal' | 'onProgress'>,
    known: RecordedAnswers['known'] | null,
  ): Promise<Known> {
    const { universeModel: model, whitenedMeans, table, manifest } = open.header
    const request = {
      ...{ model, whitenedMeans, encoder: open.encoder.mlp },
      ...{ flags: table.flags, order: manifest.order, calibrated: known?.calibration ?? null },
    }
    return {
      ...(await services.compute.run('known-universes', request, watch).promise),
      ...madeFor(open),
      ...(known?.recorded && { recorded: known.recorded }),
    }
  }

  return {
    /** Learns what is known on the open map, unless it is known or under way: of scores that the page ships, where it does. */
    async know(): Promise<void> {
      const open = store.getState().dataset.value
      if (!open) return
      await products.known.ensure(madeForKey(madeFor(open)), drawing, async (watch) => {
        const recorded = await services.recorded.find('known', open)
        return drawKnown(open, watch, recorded)
      })
    },
    /** Draws known spectra here, in place of those that the page ships. */
    async knowAnew(): Promise<void> {
      const open = store.getState().dataset.value
      if (!open) return
      const key = madeForKey(madeFor(open))
      await products.known.make(drawing, (watch) => drawKnown(open, watch, null), { key })
    },
    /** Shows what an earlier visit measured of the open map, or what the page ships of it. */
    async recall<K extends 'evaluation' | 'retrieval'>(name: K): Promise<void> {
      const open = store.getState().dataset.value
      if (!open) return
      const own = await services.products.get(name, madeForKey(madeFor(open))).catch(() => null)
      const found = own ?? ((await services.recorded.find(name, open)) as DrellYanProducts[K] | null)
      const { value } = store.getState().anomaly[name]
      const product = products[name] as Product<DrellYanProducts[K]>
      if (found && !product.busy && !(value && isFor(value, open))) product.put(found)
    },
    async evaluate(): Promise<void> {
      const open = store.getState().dataset.value
      if (!open) return
      const { universeModel: model, manifest } = open.header
      const made = madeFor(open)
      await products.evaluation.make(
        `Scoring anomalies with ${open.encoder.id}`,
        async (watch) => {
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
          const measured = location
            ? await withPriorNetwork(open, location, watch.signal, evaluated)
            : await evaluated(null)
          return { ...measured, ...made }
        },
        { kept: keptAs('evaluation', made) },
      )
    },
    async measureRetrieval(query: RetrievalOptions['query']): Promise<void> {
      const open = store.getState().dataset.value
      if (!open) return
      const { universeModel: model, manifest } = open.header
      const request = {
        ...{ model, gallery: retrievalGallery(open.header), encoder: encoderOf(open) },
        options: { ...retrievalDefaults, query, order: manifest.order },
      }
      const made = madeFor(open)
      await products.retrieval.make(
        `Searching with ${open.encoder.id}`,
        async (watch) => ({
          ...(await services.compute.run('evaluate-retrieval', request, watch).promise),
          ...made,
        }),
        { kept: keptAs('retrieval', made) },
      )
    },
    /** Ends the job of a product; an earlier value stays. */
    cancel(name: Name): void {
      products[name].cancel()
    },
  }
}

export type AnomalyActions = ReturnType<typeof createAnomalyActions>
