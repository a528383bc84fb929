import { AppError } from '../../errors.ts'
import type { JobRun } from '../../jobs/run-job.ts'
import { afterEvent, warningOf } from './training-events.ts'
import { createReportBatch } from './report-batch.ts'
import type { TrainingCheckpoints } from './training-checkpoints.ts'
import type { Beginning, RunOf, TrainingPorts, TrainingTypes } from './training-ports.ts'
import { emptyTraining, furthestOf, newestPoint } from './training-run.ts'
import type { TrainingTurn } from './training-turn.ts'

/** The one training under way: begun, paused, stepped, stopped, its reports taken in and its checkpoints saved. */
export function createTrainingJob<T extends TrainingTypes>(
  ports: TrainingPorts<T>,
  checkpoints: TrainingCheckpoints,
  turn: TrainingTurn,
) {
  const { meter } = ports
  let job: JobRun<T['end']> | null = null

  function update(patch: Partial<RunOf<T>>): void {
    ports.run.set({ ...ports.run.get(), ...patch })
  }

  const reports = createReportBatch<T['event']>((events) => {
    let run = ports.run.get()
    for (const event of events) {
      const warning = warningOf(run, event, ports.words.collapsedAt)
      if (warning) ports.notify('warning', warning)
      run = { ...run, ...afterEvent(run, event) }
    }
    ports.run.set(run)
  })

  function receive(event: T['event']): void {
    ports.heard?.(event)
    const { key, status } = ports.run.get()
    reports.add(event, event.kind !== 'step' || event.recovered !== undefined || status !== 'running')
    if (event.kind === 'evaluation') void checkpoints.save(key, event.step, event.checkpoint)
  }

  function letGo(): void {
    reports.flush()
    job = null
    meter.end()
    turn.end(checkpoints.stored())
  }

  return {
    get underWay(): boolean {
      return job !== null
    },
    update,
    /** Ends the one before. Does nothing without a whole dataset, or where another tab has the training, which is told. */
    async begin({ resumeFrom, kept = {}, single = false }: Beginning<T> = {}): Promise<void> {
      const setup = ports.setup()
      if (!setup || setup.data === 'running' || !(await turn.take(setup.key))) return
      job?.cancel()
      reports.flush()
      const preview = ports.preview(setup)
      checkpoints.begin()
      update({
        ...emptyTraining,
        ...kept,
        status: single ? 'paused' : 'running',
        key: setup.key,
        about: setup.about,
        steps: setup.about.config.steps,
        previewItems: preview.items,
        furthest: furthestOf(ports.run.get(), setup.key),
      })
      const own = ports.train(setup, preview, resumeFrom, {
        onProgress: (event) => {
          if (job === own) receive(event) // a training that was given up may still have news on its way
        },
        startPaused: single,
      })
      job = own
      meter.start()
      if (single) {
        meter.pause()
        // The job's first report names its backend, the second is the first step.
        own.step()
        own.step()
      }
      try {
        const outcome = await own.promise
        if (job !== own) return
        reports.flush()
        update({ status: 'finished', outcome, resumable: null })
      } catch (thrown) {
        if (job !== own) return
        reports.flush()
        const error = AppError.from(thrown)
        if (error.code === 'job/cancelled') return
        update({ status: 'failed', error: error.toPlain(), resumable: newestPoint(ports.run.get()) })
      } finally {
        if (job === own) letGo()
      }
    },
    pause(): void {
      job?.pause()
      reports.flush()
      meter.pause()
      update({ status: 'paused' })
    },
    resume(): void {
      job?.resume()
      meter.resume()
      update({ status: 'running' })
    },
    step(): void {
      job?.step()
      reports.flush()
      meter.pause()
      update({ status: 'paused' })
    },
    stop(): void {
      job?.cancel()
      letGo()
      update({ status: 'idle', resumable: newestPoint(ports.run.get()) })
    },
  }
}

export type TrainingJob<T extends TrainingTypes> = ReturnType<typeof createTrainingJob<T>>
