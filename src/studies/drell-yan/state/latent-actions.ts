import type { CompareRequest } from '../analysis/compare/compare-encoders.ts'
import { closedFormEncoder, closedFormMaps } from '../analysis/compare/closed-form-maps.ts'
import type { DirectionsReport } from '../analysis/directions/directions-report.ts'
import type { Attribution } from '../analysis/directions/integrated-gradients.ts'
import type { LatentJobs } from '../analysis/jobs/latent-jobs.ts'
import type { LoadedEncoder } from '../analysis/dataset-types.ts'
import { shownChoices } from '../analysis/shown-spectrum.ts'
import { AppError } from '../../../errors.ts'
import type { DrellYanState, OpenDataset } from './drell-yan-state.ts'
import type { DrellYanStore } from './drell-yan-state.ts'
import type { Actions } from './actions.ts'
import type { Comparison } from './latent-state.ts'
import { keepEncoder } from './keep-encoder.ts'
import { makeEncoder } from './make-encoder.ts'
import { storedFilesReader, type OwnEncoder } from './own-encoders.ts'
import type { Services } from './services.ts'
import { createTrainingCheckpoints } from '../../../core/training/training-checkpoints.ts'
import { trainingKey } from './training-key.ts'
import { trainingPreview } from './training-preview.ts'

export interface Watch<P = number> {
  signal?: AbortSignal
  onProgress?: (progress: P) => void
}

/** Maps that fit the open dataset: its encoder, closed-form ones, shipped ones, those of this visit. */
export function mapChoices(
  { shelf, dataset }: Pick<DrellYanState, 'shelf' | 'dataset'>,
  own: readonly OwnEncoder[],
): { id: string; label: string }[] {
  const open = dataset.value
  if (!open) return []
  const { manifest, manifestHash, universeModel: model } = open.header
  const bins = model.templates.bins
  const shown = shownChoices(manifest.observables)
  const shipped = (shelf.value?.models ?? []).flatMap((model) =>
    'card' in model && model.card.dataset.manifestSha256 === manifestHash
      ? [{ id: model.id, label: `${model.id}, ${model.card.architecture.latentDim}-D` }]
      : [],
  )
  const all = [
    { id: open.encoder.id, label: open.encoder.id },
    ...shipped,
    ...closedFormMaps.filter(
      ({ observable }) => observable === null || (shown.length > 1 && shown.includes(observable)),
    ),
    ...own
      .filter(({ card }) => !card || card.architecture.features === bins)
      .map(({ id }) => ({ id, label: id })),
  ]
  // The open encoder comes first and takes the fuller label where it is one of the others.
  return [...new Map(all.map(({ id, label }) => [id, { id, label }])).values()]
}

/** Questions to the latent spaces of encoders, answered by the workers. */
export function createLatentActions(store: DrellYanStore, services: Services, actions: Actions) {
  const loaded = new Map<string, LoadedEncoder>()
  const checkpoints = createTrainingCheckpoints({
    ...{ checkpoints: services.checkpoints, meter: services.work.training },
    ...{ notify: actions.notify, notSaved: actions.notSaved },
  })

  async function encoderOf(open: OpenDataset, id: string, signal?: AbortSignal): Promise<LoadedEncoder> {
    if (open.encoder.id === id) return open.encoder
    const key = `${open.header.manifestHash} ${id}`
    const known = loaded.get(key)
    if (known) return known
    const model = store.getState().catalogue.models.find((entry) => entry.id === id)
    if (!model) await services.encoders.known() // those of earlier visits may still be on their way
    if (services.encoders.has(id))
      return services.encoders.load(id, storedFilesReader(services.compute, open.header.manifest, signal))
    const encoder =
      closedFormEncoder(open.header, id) ??
      (model &&
        (await services.compute.run('load-encoder', { model, manifest: open.header.manifest }, { signal })
          .promise))
    if (!encoder)
      throw new AppError(
        'model/mismatch',
        `There is no map "${id}" of dataset ${open.header.manifest.id} here. Choose another, or train it.`,
        { model: id },
      )
    loaded.set(key, encoder)
    return encoder
  }

  /** From what is saved of the training, if that can be read. */
  async function resumed<T>(key: string, train: (resumeFrom?: Uint8Array) => Promise<T>): Promise<T> {
    const saved = await checkpoints.load(key)
    if (!saved) return train()
    try {
      return await train((saved.further ?? saved).checkpoint)
    } catch (thrown) {
      if (!['model/mismatch', 'model/corrupt'].includes(AppError.from(thrown).code)) throw thrown
      return train()
    }
  }

  async function keptEncoder(open: OpenDataset, checkpoint: Uint8Array, backend: string): Promise<string> {
    const made = await makeEncoder(services, open.header, { checkpoint, weights: 'best', backend })
    await keepEncoder(services, actions, made, 'trained')
    return made.encoder.id
  }

  return {
    /** The comparison of these maps that the page ships, if it does. */
    recordedComparison: (open: OpenDataset, ids: readonly string[], neighbours: number) =>
      services.recorded.comparison(ids, neighbours, open),
    /** @throws AppError 'job/cancelled' when aborted */
    async compare(
      open: OpenDataset,
      ids: readonly string[],
      neighbours: number,
      { signal, onProgress }: Watch,
    ): Promise<Comparison> {
      const found = await Promise.allSettled(ids.map((id) => encoderOf(open, id, signal)))
      const maps: CompareRequest['maps'] = []
      const failures: Comparison['failures'] = []
      found.forEach((entry, i) => {
        if (entry.status === 'rejected')
          failures.push({ id: ids[i], error: AppError.from(entry.reason).toPlain() })
        else if (entry.value.mlp.layers[0].inputs !== open.header.universeModel.templates.bins)
          failures.push({
            id: ids[i],
            error: new AppError(
              'model/mismatch',
              `${ids[i]} reads ${entry.value.mlp.layers[0].inputs} bins, the dataset has ${open.header.universeModel.templates.bins}. Choose a map of this dataset.`,
            ).toPlain(),
          })
        else maps.push({ id: ids[i], mlp: entry.value.mlp })
      })
      if (maps.length === 0) return { compared: null, failures }
      const { whitenedMeans, table } = open.header
      const { order } = open.header.manifest
      const request = { header: { whitenedMeans, table }, order, maps, neighbours }
      const run = services.compute.run('compare-maps', request, { signal, onProgress })
      return { compared: await run.promise, failures }
    },
    directions(open: OpenDataset, families: number, watch: Watch): Promise<DirectionsReport> {
      const { whitenedLinear, whitenedMeans, table, manifestHash, manifest } = open.header
      const request = {
        header: { whitenedLinear, whitenedMeans, table, manifestHash },
        order: manifest.order,
        encoder: open.encoder.mlp,
        families,
        seed: manifest.seed,
      }
      return services.compute.run('latent-directions', request, watch).promise
    },
    /** A dropped PDF adds its difference to the theory errors. */
    a4(open: OpenDataset, watch: Watch): Promise<LatentJobs['compare-a4']['result']> {
      const { files } = store.getState().pdf
      const request = { whitenedLinear: open.header.whitenedLinear, others: files ? [files] : [] }
      return services.compute.run('compare-a4', request, watch).promise
    },
    attribution(open: OpenDataset, whitened: Float32Array, signal?: AbortSignal): Promise<Attribution> {
      const { inverse, cholesky } = open.header.universeModel.whitening
      const request = { encoder: open.encoder.mlp, whitening: { inverse, cholesky }, whitened }
      return services.compute.run('integrated-gradients', request, { signal }).promise
    },
    /**
     * Trains the set-up of the Train view once more from another seed, or goes on where an earlier attempt was cut short.
     *
     * @returns the id of the new encoder
     */
    async trainSeed(seed: number, { signal, onProgress }: Watch): Promise<string> {
      const { dataset, rows, intent } = store.getState()
      const open = dataset.value
      if (!open) throw new AppError('input/invalid', 'No dataset is open to train on. Wait for the map.')
      const config = { ...intent.training, seed }
      const key = trainingKey(open.header.manifestHash, intent.order, config)
      const release = await services.locks.tryTake(`training/${key}`)
      if (!release)
        throw new AppError(
          'input/invalid',
          `Seed ${seed} of this set-up is being trained in another tab of this browser, or in the Train view. Stop it there, or wait for its end.`,
        )
      const { training: meter } = services.work
      meter.start()
      try {
        const { checkpoint, backend } = await resumed(
          key,
          (resumeFrom) =>
            services.ml.run(
              'train-encoder',
              {
                ...{ model: open.header.universeModel, order: intent.order, config, resumeFrom },
                preview: trainingPreview(open, rows).x,
              },
              {
                signal,
                onProgress: (event) => {
                  if (event.kind === 'step') onProgress?.(event.step / event.steps)
                  if (event.kind === 'evaluation') void checkpoints.save(key, event.step, event.checkpoint)
                },
              },
            ).promise,
        )
        return await keptEncoder(open, checkpoint, backend)
      } finally {
        meter.end()
        if (services.encoders.durable) meter.saved()
        void release()
      }
    },
  }
}

export type LatentActions = ReturnType<typeof createLatentActions>
