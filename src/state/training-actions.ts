import type { LoadedEncoder, TrainingEvent } from '../analysis/job-map.ts'
import { AppError } from '../errors.ts'
import type { JobRun } from '../jobs/run-job.ts'
import { emptyTraining, type OpenDataset, type TrainingRun } from './app-state.ts'
import type { Actions } from './actions.ts'
import type { Store } from './create-app-store.ts'
import { failed, ready, running } from './loadable.ts'
import type { Services } from './services.ts'

/** Universes and replicas drawn on the live map of a training. */
const previewUniverses = 400
const previewReplicas = 4

/** Losses kept for the plot; beyond that every second one goes. */
const keptLosses = 1200

export interface Preview {
  x: Float32Array // [rows, bins], whitened
  universe: Int32Array // [rows]
}

/** The first universes of the dataset and some of their replicas: the rows of a training's live map. */
export function trainingPreview(open: OpenDataset): Preview {
  const { header, spectra, rows } = open
  const { table, manifest, model, whitenedMeans } = header
  const bins = model.templates.sm.length
  const { inverse, reference } = model.whitening
  const universes = Math.min(previewUniverses, table.count)
  const replicas = Math.min(previewReplicas, manifest.replicasPerUniverse)
  const universe: number[] = []
  const x: number[] = []
  for (let u = 0; u < universes; u++) {
    universe.push(u)
    for (let b = 0; b < bins; b++) x.push(whitenedMeans[u * bins + b])
    for (let r = 0; r < replicas; r++) {
      const row = u * manifest.replicasPerUniverse + r
      if (row >= rows) continue
      universe.push(u)
      for (let i = 0; i < bins; i++) {
        let sum = 0
        for (let b = 0; b <= i; b++) sum += inverse[i * bins + b] * (spectra[row * bins + b] - reference[b])
        x.push(sum)
      }
    }
  }
  return { x: Float32Array.from(x), universe: Int32Array.from(universe) }
}

/** Play, pause, step, stop, resume, scrub and use a training. One training at a time. */
export function createTrainingActions(store: Store, services: Services, actions: Actions) {
  let run: JobRun<unknown> | null = null
  let preview: Preview | null = null

  function update(patch: Partial<TrainingRun>): void {
    store.setState((state) => ({ training: { ...state.training, ...patch } }))
  }

  /** Names a training by all that decides its numbers; the backend may change on the way. */
  function keyOf(open: OpenDataset): string {
    const { intent } = store.getState()
    const { backend: _backend, steps: _steps, patience: _patience, ...fixed } = intent.training
    return JSON.stringify([open.header.manifestHash, intent.order, fixed])
  }

  function receive(event: TrainingEvent): void {
    const { training } = store.getState()
    if (event.kind === 'backend') {
      store.setState({ backends: ready(event.report) })
      return update({ backend: event.chosen })
    }
    if (event.kind === 'step') {
      const losses = [...training.losses, { step: event.step, loss: event.loss }]
      return update({
        step: event.step,
        steps: event.steps,
        msPerStep: event.msPerStep,
        losses: losses.length > keptLosses ? losses.filter((_, i) => i % 2 === 1) : losses,
      })
    }
    const { kind: _kind, ...moment } = event
    update({ moments: [...training.moments, moment] })
    if (event.collapsed)
      actions.notify(
        'warning',
        `All universes fall on one place of the map at step ${event.step}: raise the temperature or lower the learning rate.`,
      )
    services.checkpoints.save(training.key, event.step, event.checkpoint).catch((thrown: unknown) => {
      actions.notify(
        'warning',
        `The checkpoint of step ${event.step} was not saved (${AppError.from(thrown).message}); training goes on in memory.`,
      )
    })
  }

  async function start(resumeFrom?: Uint8Array, paused = false): Promise<void> {
    const { dataset, intent, training } = store.getState()
    const open = dataset.value
    if (!open || dataset.status === 'running') return
    run?.cancel()
    preview = trainingPreview(open)
    const kept = resumeFrom ? { losses: training.losses, moments: training.moments, step: training.step } : {}
    update({
      ...emptyTraining,
      ...kept,
      status: paused ? 'paused' : 'running',
      key: keyOf(open),
      steps: intent.training.steps,
      previewUniverse: preview.universe,
    })
    const { model } = open.header
    const own = services.ml.run(
      'train-encoder',
      { model, order: intent.order, config: intent.training, preview: preview.x, resumeFrom },
      { onProgress: receive, startPaused: paused },
    )
    run = own
    try {
      const outcome = await own.promise
      if (run === own) update({ status: 'finished', outcome, resumable: null })
    } catch (thrown) {
      if (run !== own) return
      const error = AppError.from(thrown)
      if (error.code === 'job/cancelled') return
      update({ status: 'failed', error: error.toPlain() })
    }
  }

  return {
    start: () => start(),
    pause(): void {
      run?.pause()
      update({ status: 'paused' })
    },
    resume(): void {
      run?.resume()
      update({ status: 'running' })
    },
    /** One step; starts a paused training if there is none. */
    async step(): Promise<void> {
      const { status } = store.getState().training
      if (status === 'idle' || status === 'finished' || status === 'failed') {
        const started = start(undefined, true)
        run?.step()
        return started
      }
      run?.step()
      update({ status: 'paused' })
    },
    stop(): void {
      run?.cancel()
      run = null
      const { training } = store.getState()
      const newest = training.moments.at(-1)
      update({
        status: 'idle',
        resumable: newest ? { step: newest.step, checkpoint: newest.checkpoint } : null,
      })
    },
    /** Looks for a checkpoint of this very set-up from an earlier visit. */
    async lookForCheckpoint(): Promise<void> {
      const { dataset, training } = store.getState()
      const open = dataset.value
      if (!open || training.status === 'running' || training.status === 'paused') return
      const key = keyOf(open)
      const found = await services.checkpoints.load(key).catch(() => null)
      if (store.getState().training.status !== 'running') update({ key, resumable: found })
    },
    async resumeSaved(): Promise<void> {
      const { resumable } = store.getState().training
      if (resumable) await start(resumable.checkpoint)
    },
    show(index: number | null): void {
      update({ shown: index })
    },
    /** Puts the encoder of the moment shown (or of the best step) on the Explore map. */
    async useOnMap(): Promise<void> {
      const { training, dataset } = store.getState()
      const open = dataset.value
      if (!open || !preview) return
      const moment = training.shown === null ? null : training.moments[training.shown]
      const mlp = moment
        ? (
            await services.ml.run('replay-checkpoint', { checkpoint: moment.checkpoint, preview: preview.x })
              .promise
          ).mlp
        : training.outcome?.mlp
      if (!mlp) return
      const { seed } = store.getState().intent.training
      const step = moment?.step ?? training.outcome?.step ?? 0
      const encoder: LoadedEncoder = {
        id: `trained-seed${seed}-step${step}`,
        mlp,
        card: null,
        hash: `in-page/${training.key}/${step}`,
      }
      services.trainedEncoders.set(encoder.id, encoder)
      actions.change({ model: encoder.id, view: 'explore', camera: null, selection: null })
    },
    async probe(): Promise<void> {
      store.setState((state) => ({ backends: running(state.backends, 'Measuring backends') }))
      try {
        const report = await services.ml.run('probe-backends', { budgetMs: 400 }).promise
        store.setState({ backends: ready(report) })
      } catch (thrown) {
        store.setState((state) => ({ backends: failed(state.backends, AppError.from(thrown).toPlain()) }))
      }
    },
    /** Closed-form limits beside the encoder on the map, on held-out universes. */
    async measureLimits(): Promise<void> {
      const { dataset } = store.getState()
      const open = dataset.value
      if (!open || store.getState().limits.status === 'running') return
      store.setState((state) => ({ limits: running(state.limits, 'Measuring on held-out universes', 0) }))
      try {
        const limits = await services.compute.run(
          'encoder-limits',
          {
            model: open.header.model,
            encoder: open.encoder.mlp,
            options: { universes: 100, replicas: 40, seed: 700_001, order: open.header.manifest.order },
          },
          {
            onProgress: (fraction) =>
              store.setState((state) => ({
                limits: running(state.limits, 'Measuring on held-out universes', fraction),
              })),
          },
        ).promise
        store.setState({ limits: ready(limits) })
      } catch (thrown) {
        store.setState((state) => ({ limits: failed(state.limits, AppError.from(thrown).toPlain()) }))
      }
    },
  }
}

export type TrainingActions = ReturnType<typeof createTrainingActions>
