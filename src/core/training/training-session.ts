import type { SavedCheckpoint } from '../checkpoint-store.ts'
import { told } from '../told.ts'
import { createTrainingCheckpoints } from './training-checkpoints.ts'
import { createTrainingJob } from './training-job.ts'
import { momentOf, type RunOf, type TrainingPorts, type TrainingTypes } from './training-ports.ts'
import { emptyTraining, pointToGoOn } from './training-run.ts'
import { createRecordedTraining } from './recorded-training.ts'
import { createTrainingTurn } from './training-turn.ts'

/** Play, pause, step, stop, go on, scrub. One training at a time; what it stores outlives the page. */
export function createTrainingSession<T extends TrainingTypes>(ports: TrainingPorts<T>) {
  const { run, notify } = ports
  const checkpoints = createTrainingCheckpoints(ports)
  const turn = createTrainingTurn(ports.locks, () => notify('warning', ports.words.busyElsewhere))
  const job = createTrainingJob(ports, checkpoints, turn)
  const recorded = createRecordedTraining(ports, job)

  /** A training from its checkpoint: the moment, the losses on the way there, and its end where it had ended. */
  async function recall(setup: T['setup'], checkpoint: Uint8Array): Promise<Partial<RunOf<T>>> {
    const preview = ports.preview(setup)
    const { steps } = setup.about.config
    const replayed = await ports.replay(setup, preview, checkpoint)
    const { step, history, outcome } = replayed
    return {
      ...{ step, steps, moments: [momentOf(replayed, checkpoint)], outcome, previewItems: preview.items },
      losses: history.map(({ step, loss }) => ({ step, loss })),
      earlier: history.slice(0, -1).map((record) => ({ ...record, effectiveRank: NaN })),
    }
  }

  /** Shows a saved training of the set-up where it stood. Does nothing where another came in between. */
  async function restore(setup: T['setup'], saved: SavedCheckpoint): Promise<void> {
    const { key } = setup
    const kept = await told(notify, recall(setup, saved.checkpoint))
    const now = ports.setup()
    if (!kept || job.underWay || run.get().resumable?.key !== key || now?.key !== key) return
    job.update({
      ...{ ...emptyTraining, ...kept, key, about: now.about },
      status: kept.outcome ? 'finished' : 'idle',
      furthest: saved.further ?? null,
      resumable: kept.outcome ? null : { key, step: saved.step, checkpoint: saved.checkpoint },
    })
  }

  async function goOn(single = false): Promise<void> {
    const training = run.get()
    const { resumable, losses, earlier, moments, step } = training
    const setup = ports.setup()
    if (!resumable || !setup || !(await turn.take(resumable.key))) return
    const elsewhere = await checkpoints.madeElsewhere(resumable.key)
    const further = elsewhere && elsewhere.step > resumable.step ? elsewhere : null
    if (further)
      notify('info', `Another tab trained this set-up to step ${further.step}: it goes on from there.`)
    const { checkpoint } = further ?? resumable
    const kept: Partial<RunOf<T>> | null =
      training.key === resumable.key && !further
        ? { losses, earlier, moments, step }
        : await told(notify, recall(setup, checkpoint))
    // Meanwhile another training may have begun, or another set-up been chosen.
    if (kept && !job.underWay && run.get().resumable?.key === resumable.key)
      await job.begin({ resumeFrom: checkpoint, kept: { ...kept, outcome: null }, single })
    else if (!job.underWay) turn.end()
  }

  return {
    underWay: () => job.underWay,
    /** Before a person presses Play. What cannot be had is told when it is needed. */
    warm(): void {
      if (!job.underWay) void ports.warm?.().catch(() => undefined)
    },
    /** From step 0. Checkpoints further on are kept. */
    start: () => job.begin(),
    pause: () => job.pause(),
    resume: () => job.resume(),
    /** One step; goes on, or begins, where there is no training under way. */
    async step(): Promise<void> {
      if (job.underWay) return job.step()
      await (run.get().resumable ? goOn(true) : job.begin({ single: true }))
    },
    stop: () => job.stop(),
    /** Looks for what is saved of the set-up on the page; on a page where nothing was trained it is shown where it stood. */
    async lookForCheckpoint(): Promise<void> {
      const setup = ports.setup()
      if (!setup || job.underWay) return
      const { key } = setup
      const training = run.get()
      if (training.key === key) return job.update({ resumable: pointToGoOn(training, setup.about.config) })
      const found = await checkpoints.load(key)
      const now = ports.setup()
      // Meanwhile the set-up may have changed, or a training have begun.
      if (job.underWay || now?.key !== key || run.get().key === key) return
      job.update({
        resumable: found && { key, step: found.step, checkpoint: found.checkpoint },
        ...(found && { recorded: null }),
      })
      if (found && now.data === 'ready' && run.get().moments.length === 0) await restore(now, found)
      if (!found) await recorded.look(key)
    },
    /** Goes on from where the set-up on the page stood, in this visit or an earlier one. */
    resumeSaved: () => goOn(),
    /** Shows the run of this set-up that came furthest, where it stood. */
    async showFurthest(): Promise<void> {
      const setup = ports.setup()
      const { key, furthest } = run.get()
      if (!setup || !furthest || job.underWay) return
      job.update({ resumable: { key, ...furthest } })
      if (setup.key === key) await restore(setup, furthest)
    },
    /** Trains on from a moment in the past; what came after it is left behind. */
    async goOnFrom(index: number): Promise<void> {
      const { moments, losses, earlier, about } = run.get()
      const moment = moments[index]
      if (!moment || !about || !ports.goBackTo(about)) return
      await job.begin({
        resumeFrom: moment.checkpoint,
        kept: {
          earlier,
          moments: moments.slice(0, index + 1),
          losses: losses.filter(({ step }) => step <= moment.step),
          step: moment.step,
        },
      })
    },
    /** Shows the recorded training picture by picture, once; gives what ends that. */
    playRecorded: recorded.play,
    show: (index: number | null) => job.update({ shown: index }),
  }
}

export type TrainingSession = ReturnType<typeof createTrainingSession>
