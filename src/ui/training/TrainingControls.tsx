import { useEffect, type ReactNode } from 'react'
import type { TrainingRun } from '../../core/training/training-run.ts'
import type { TrainingSession } from '../../core/training/training-session.ts'
import { formatCount } from '../common/format.ts'
import { ErrorState } from '../common/Panel.tsx'
import { useMedia } from '../common/use-media.ts'
import { Progress } from '../common/Progress.tsx'
import { engineName } from './engine-labels.ts'
import { Scrubber } from './Scrubber.tsx'
import { trainingStatus, type StatusInput } from './training-status.ts'
import './training.css'

interface TrainingControlsProps extends StatusInput {
  session: TrainingSession
  /** The training shown is the one of the page's settings. */
  current: boolean
  /** Lowers the learning rate to a tenth, offered where the loss diverged. */
  gentler: () => void
  /** What can be done with the network of a step. */
  use?: (step: number) => ReactNode
}

/** Play, pause, step, stop; how far it is; the way back to any picture. */
export function TrainingControls(props: TrainingControlsProps) {
  const { run, ready, session, current, gentler, use } = props
  const { status, resumable, recorded } = run
  useEffect(() => session.warm(), [session, ready])
  const still = useMedia('(prefers-reduced-motion: reduce)')
  useEffect(() => (recorded && !still ? session.playRecorded() : undefined), [session, recorded, still])
  const active = status === 'running' || status === 'paused'
  const play = () => {
    if (status === 'paused') session.resume()
    else void (resumable ? session.resumeSaved() : session.start())
  }
  const again = !active && (resumable !== null || (current && run.outcome !== null))
  return (
    <div className="train-controls stack">
      <div className="row" role="group" aria-label="Training">
        {status === 'running' ? (
          // Keys: a Pause pressed as the training ends must not land on another button.
          <button key="pause" type="button" className="button button-primary" onClick={() => session.pause()}>
            Pause
          </button>
        ) : (
          (!again || resumable) && (
            <button
              key="play"
              type="button"
              className="button button-primary"
              disabled={!ready}
              onClick={play}
            >
              Play
            </button>
          )
        )}
        <button
          type="button"
          className="button"
          disabled={!ready}
          title="One optimiser step, then pause"
          onClick={() => void session.step()}
        >
          Step
        </button>
        <button type="button" className="button" disabled={!active} onClick={() => session.stop()}>
          Stop
        </button>
        {again && (
          <button
            type="button"
            className="button"
            disabled={!ready}
            title="This set-up once more from step 0; the checkpoint that came furthest is kept"
            onClick={() => void session.start()}
          >
            Start again
          </button>
        )}
        <p className="small soft train-status" role="status">
          {trainingStatus(props)}
        </p>
      </div>
      {active && run.steps > 0 && (
        <Progress
          label={run.backend ? `Training on ${engineName(run.backend)}` : 'Choosing an engine'}
          fraction={run.backend ? run.step / run.steps : undefined}
          detail={
            run.backend
              ? `step ${formatCount(run.step)} of ${formatCount(run.steps)}`
              : 'each is started, checked against the plain CPU and timed'
          }
        />
      )}
      {status === 'failed' && <Failure run={run} session={session} gentler={gentler} />}
      {!active && <FurthestOffer run={run} session={session} />}
      <Scrubber run={run} session={session} use={use} />
    </div>
  )
}

function Failure({ run, session, gentler }: Pick<TrainingControlsProps, 'run' | 'session' | 'gentler'>) {
  const { error, moments } = run
  const last = moments.at(-1)
  if (!error) return null
  const diverged = error.code === 'ml/diverged'
  const goOn = () => {
    if (diverged) gentler()
    void session.goOnFrom(moments.length - 1)
  }
  return (
    <div className="train-failure">
      <ErrorState error={error} />
      {last && (
        <div className="row">
          <button type="button" className="button" onClick={goOn}>
            Go on from step {last.step}
            {diverged && ' with a tenth of the learning rate'}
          </button>
        </div>
      )}
    </div>
  )
}

/** A run of this set-up that came further than the one shown is not lost. */
function FurthestOffer({ run, session }: { run: TrainingRun; session: TrainingSession }) {
  const { furthest, moments, resumable } = run
  const here = resumable?.step ?? moments.at(-1)?.step ?? 0
  if (!furthest || furthest.step <= here) return null
  return (
    <div className="row train-offer">
      <span className="small">
        An earlier run of this set-up came to step {formatCount(furthest.step)} and is kept.
      </span>
      <button type="button" className="button" onClick={() => void session.showFurthest()}>
        Back to step {formatCount(furthest.step)}
      </button>
    </div>
  )
}
