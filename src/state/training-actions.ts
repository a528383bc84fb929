import type { EncoderLimits } from '../analysis/drell-yan/encoder-limits.ts'
import type { TrainingEvent } from '../analysis/job-map.ts'
import type { EncoderBundle } from '../analysis/model-bundle.ts'
import { AppError } from '../errors.ts'
import type { JobRun } from '../jobs/run-job.ts'
import { emptyTraining, type OpenDataset, type TrainingMoment, type TrainingRun } from './app-state.ts'
import type { Actions } from './actions.ts'
import type { Store } from './create-app-store.ts'
import { failed, ready, running } from './loadable.ts'
import { keepEncoder } from './keep-encoder.ts'
import { makeEncoder } from './make-encoder.ts'
import type { Services } from './services.ts'
import { createTrainingCheckpoints } from './training-checkpoints.ts'
import { trainingPreview } from './training-preview.ts'

/** Losses kept for the plot; beyond that every second one goes. */
const keptLosses = 1200

/** Held-out sample of the scores: accuracy is then known to about 1 %. */
const limitSample = { universes: 100, replicas: 40, seed: 700_001 }

/** Play, pause, step, stop, resume, scrub and use a training. One training at a time. */
export function createTrainingActions(store: Store, services: Services, actions: Actions) {
  const { training: work } = services.work
  let run: JobRun<unknown> | null = null
  const checkpoints = createTrainingCheckpoints(services, actions)

  function update(patch: Partial<TrainingRun>): void {
    store.setState((state) => ({ training: { ...state.training, ...patch } }))
  }

  /** Names a training by all that decides its numbers; the backend may change on the way. */
  function keyOf(open: OpenDataset): string {
    const { intent } = store.getState()
    const fixed = { ...intent.training, backend: undefined, steps: undefined, patience: undefined }
    return JSON.stringify([open.header.manifestHash, intent.order, fixed])
  }

  function receive(event: TrainingEvent): void {
    const { training } = store.getState()
    if (event.kind === 'backend') {
      store.setState({ backends: ready(event.report) })
      return update({ backend: event.chosen })
    }
    if (event.kind === 'step') {
      if (event.recovered) tellRecovered(event.step, event.recovered)
      const losses = [...training.losses, { step: event.step, loss: event.loss }]
      return update({
        step: event.step,
        steps: event.steps,
        msPerStep: event.msPerStep,
        losses: losses.length > keptLosses ? losses.filter((_, i) => i % 2 === 1) : losses,
      })
    }
    const { step, loss, heldOutLoss, effectiveRank, collapsed, latent, checkpoint } = event
    if (collapsed && !training.moments.some(({ collapsed }) => collapsed))
      actions.notify(
        'warning',
        `All universes fall on one place or line of the map at step ${event.step}: raise the temperature or lower the learning rate.`,
      )
    const moment = { step, loss, heldOutLoss, effectiveRank, collapsed, latent, checkpoint }
    update({ moments: [...training.moments, moment] })
    void checkpoints.save(training.key, event.step, event.checkpoint)
  }

  function tellRecovered(step: number, { losses, backend }: { losses: number; backend: string }): void {
    actions.notify(
      'warning',
      `The graphics card was lost at step ${step}${losses > 1 ? `, loss number ${losses}` : ''}. The step was made again on ${backend}, and training goes on.`,
    )
    update({ backend })
  }

  /** @param kept  moments and losses before the checkpoint, when they are still here */
  async function start(
    resumeFrom?: Uint8Array,
    kept: Partial<TrainingRun> = {},
    paused = false,
  ): Promise<void> {
    const { dataset, intent } = store.getState()
    const open = dataset.value
    if (!open || dataset.status === 'running') return
    run?.cancel()
    const preview = trainingPreview(open)
    checkpoints.begin()
    const { model, manifest, manifestHash } = open.header
    update({
      ...emptyTraining,
      ...kept,
      status: paused ? 'paused' : 'running',
      key: keyOf(open),
      about: { datasetTitle: manifest.title, manifestHash, order: intent.order, config: intent.training },
      steps: intent.training.steps,
      previewUniverse: preview.universe,
    })
    const own = services.ml.run(
      'train-encoder',
      { model, order: intent.order, config: intent.training, preview: preview.x, resumeFrom },
      {
        onProgress: (event) => {
          if (run === own) receive(event) // a training that was given up may still have news on its way
        },
        startPaused: paused,
      },
    )
    run = own
    work.start()
    if (paused) work.pause()
    try {
      const outcome = await own.promise
      if (run === own) update({ status: 'finished', outcome, resumable: null })
    } catch (thrown) {
      if (run !== own) return
      const error = AppError.from(thrown)
      if (error.code === 'job/cancelled') return
      update({ status: 'failed', error: error.toPlain(), resumable: newestOf(store.getState().training) })
    } finally {
      if (run === own) {
        run = null
        work.end()
      }
    }
  }

  /** The moment of a checkpoint from an earlier visit, with the losses on the way there. */
  async function recall(checkpoint: Uint8Array): Promise<Partial<TrainingRun>> {
    const open = store.getState().dataset.value
    if (!open) return {}
    const { x } = trainingPreview(open)
    const { step, latent, history } = await services.ml.run('replay-checkpoint', { checkpoint, preview: x })
      .promise
    const last = history.at(-1)
    const moment: TrainingMoment = {
      step,
      loss: last?.loss ?? NaN,
      heldOutLoss: last?.heldOutLoss ?? NaN,
      effectiveRank: NaN,
      collapsed: false,
      latent,
      checkpoint,
    }
    return { step, moments: [moment], losses: history.map(({ step, loss }) => ({ step, loss })) }
  }

  /** The encoder of the moment shown, or the best one of a finished training. */
  async function trained(open: OpenDataset, limits?: EncoderLimits): Promise<EncoderBundle | null> {
    const { shown, moments, outcome, backend } = store.getState().training
    const moment = shown === null ? (outcome ? undefined : moments.at(-1)) : moments[shown]
    const checkpoint = moment?.checkpoint ?? outcome?.checkpoint
    if (!checkpoint) return null
    const weights = moment ? 'now' : 'best'
    return makeEncoder(services, open.header, { checkpoint, weights, backend, limits: limits ?? null })
  }

  /** The open dataset if it is the one of the training; else says what is in the way. */
  function datasetOfTraining(what: string): OpenDataset | null {
    const { dataset, training } = store.getState()
    const open = dataset.value
    if (!open || !training.about) return null
    if (open.header.manifestHash === training.about.manifestHash) return open
    actions.notify(
      'error',
      `This encoder was trained on ${training.about.datasetTitle}, the page shows ${open.header.manifest.title}: open that dataset again to ${what}.`,
    )
    return null
  }

  async function told<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work
    } catch (thrown) {
      actions.notify('error', AppError.from(thrown).message)
      return null
    }
  }

  return {
    /** False where checkpoints do not survive a reload. */
    get durable(): boolean {
      return services.checkpoints.durable
    },
    start: () => start(),
    pause(): void {
      run?.pause()
      work.pause()
      update({ status: 'paused' })
    },
    resume(): void {
      run?.resume()
      work.resume()
      update({ status: 'running' })
    },
    /** One step; starts a paused training if there is none. */
    async step(): Promise<void> {
      if (run) {
        run.step()
        work.pause()
        return update({ status: 'paused' })
      }
      const started = start(undefined, {}, true)
      // The job's first report names its backend, the second is the first step.
      const own = run as JobRun<unknown> | null
      own?.step()
      own?.step()
      return started
    },
    stop(): void {
      run?.cancel()
      run = null
      work.end()
      update({ status: 'idle', resumable: newestOf(store.getState().training) })
    },
    /** Looks for a checkpoint of the set-up on the page. */
    async lookForCheckpoint(): Promise<void> {
      const { dataset, training } = store.getState()
      const open = dataset.value
      if (!open || run) return
      const key = keyOf(open)
      const here = training.key === key && training.status !== 'finished' ? newestOf(training) : null
      if (training.key === key) return update({ resumable: here })
      const found = await checkpoints.load(key)
      const now = store.getState().dataset.value
      // Meanwhile the set-up may have changed, or a training have begun.
      if (run || !now || keyOf(now) !== key) return
      update({ resumable: found && { key, step: found.step, checkpoint: found.checkpoint } })
    },
    async resumeSaved(): Promise<void> {
      const { training } = store.getState()
      const { resumable } = training
      if (!resumable) return
      const { losses, moments, step } = training
      const kept =
        training.key === resumable.key ? { losses, moments, step } : await told(recall(resumable.checkpoint))
      // Meanwhile another training may have begun, or another set-up been chosen.
      if (kept && !run && store.getState().training.resumable?.key === resumable.key)
        await start(resumable.checkpoint, kept)
    },
    /** Trains on from a moment in the past; what came after it is left behind. */
    async goOnFrom(index: number): Promise<void> {
      const { moments, losses, about } = store.getState().training
      const moment = moments[index]
      if (!moment || !about || !datasetOfTraining('go on')) return
      // What may change on the way stays as the page has it; the rest goes back to what was trained.
      const { steps, patience, backend, learningRate } = store.getState().intent.training
      actions.change({
        order: about.order,
        training: { ...about.config, steps, patience, backend, learningRate },
      })
      await start(moment.checkpoint, {
        moments: moments.slice(0, index + 1),
        losses: losses.filter(({ step }) => step <= moment.step),
        step: moment.step,
      })
    },
    show(index: number | null): void {
      update({ shown: index })
    },
    /** Puts the encoder of the moment shown (or of the best step) on the Explore map, and stores it. */
    async useOnMap(): Promise<void> {
      const open = datasetOfTraining('use it')
      const made = open && (await told(trained(open)))
      // Meanwhile another dataset may have been opened, whose bins are others.
      if (!made || !datasetOfTraining('use it')) return
      const keeping = keepEncoder(services, actions, made, 'trained')
      actions.change({ model: made.encoder.id, view: 'explore', camera: null, selection: null })
      await keeping
      if (services.encoders.durable && !run) work.saved()
    },
    /** The same encoder as card.json, model.json and weights.bin. */
    async exportModel(): Promise<EncoderBundle | null> {
      const open = datasetOfTraining('export it')
      const made = open && (await told(trained(open)))
      if (!made) return null
      const limits = store.getState().limits.value
      const files = limits?.encoderHash === made.encoder.hash ? await told(trained(open, limits)) : made
      if (files && !run) work.saved()
      return files
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
    /** Scores of the encoder on the map, or of the one in training, beside their closed-form limits. */
    async measureLimits(which: 'map' | 'training' = 'map'): Promise<void> {
      const { dataset, limits } = store.getState()
      const open = which === 'map' ? dataset.value : datasetOfTraining('measure it')
      if (!open || limits.status === 'running') return
      const label = 'Measuring on held-out universes'
      store.setState((state) => ({ limits: running(state.limits, label, 0) }))
      try {
        const encoder = which === 'map' ? open.encoder : ((await trained(open))?.encoder ?? open.encoder)
        const { about } = store.getState().training
        const order = which === 'training' && about ? about.order : open.header.manifest.order
        const measured = await services.compute.run(
          'encoder-limits',
          { model: open.header.model, encoder: encoder.mlp, options: { ...limitSample, order } },
          {
            onProgress: (fraction) =>
              store.setState((state) => ({ limits: running(state.limits, label, fraction) })),
          },
        ).promise
        const { manifestHash } = open.header
        const value = { ...measured, encoder: encoder.id, encoderHash: encoder.hash, manifestHash }
        store.setState({ limits: ready(value) })
      } catch (thrown) {
        store.setState((state) => ({ limits: failed(state.limits, AppError.from(thrown).toPlain()) }))
      }
    },
  }
}

function newestOf({ key, moments }: TrainingRun): TrainingRun['resumable'] {
  const newest = moments.at(-1)
  return newest ? { key, step: newest.step, checkpoint: newest.checkpoint } : null
}

export type TrainingActions = ReturnType<typeof createTrainingActions>
