import type { TrainingJob } from './training-job.ts'
import type { TrainingPorts, TrainingTypes } from './training-ports.ts'
import type { RecordedTraining } from './training-run.ts'

/** The training that the page ships of a set-up: shown where nothing was trained, gone with the first step of one's own. */
export function createRecordedTraining<T extends TrainingTypes>(
  { run, setup, recorded: find }: Pick<TrainingPorts<T>, 'run' | 'setup' | 'recorded'>,
  job: Pick<TrainingJob<T>, 'update' | 'underWay'>,
) {
  let played: RecordedTraining | null = null

  const blank = (key: string): boolean => {
    const { status, moments, losses, resumable } = run.get()
    const untrained = status === 'idle' && moments.length === 0 && losses.length === 0 && !resumable
    return untrained && !job.underWay && setup()?.key === key
  }

  return {
    async look(key: string): Promise<void> {
      if (!find || !blank(key) || run.get().recorded?.key === key) return
      const recorded = await find(key)
      if (blank(key) && (recorded || run.get().recorded)) job.update({ recorded, shown: null })
    },
    /** Another picture that is asked for, or a training, ends it. */
    play(everyMs = 180): () => void {
      const { recorded } = run.get()
      if (!recorded || played === recorded) return () => undefined
      played = recorded
      let at = 0
      job.update({ shown: at })
      const timer = setInterval(() => {
        const now = run.get()
        if (now.recorded !== recorded || now.shown !== at) return clearInterval(timer)
        at++
        const last = at >= recorded.seen.moments.length - 1
        job.update({ shown: last ? null : at })
        if (last) clearInterval(timer)
      }, everyMs)
      return () => {
        clearInterval(timer)
        if (run.get().recorded === recorded && run.get().shown === at) job.update({ shown: null })
      }
    },
  }
}
