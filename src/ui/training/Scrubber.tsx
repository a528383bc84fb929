import { useId, type ReactNode } from 'react'
import type { TrainingRun } from '../../core/training/training-run.ts'
import type { TrainingSession } from '../../core/training/training-session.ts'
import { formatCount, formatNumber } from '../common/format.ts'

interface ScrubberProps {
  run: TrainingRun
  session: TrainingSession
  use?: (step: number) => ReactNode
}

/** Any picture of the training again, and what can be done with its network. */
export function Scrubber({ run, session, use }: ScrubberProps) {
  const label = useId()
  const { moments, shown, status, recorded } = run
  if (moments.length === 0) return null
  const at = shown ?? moments.length - 1
  const kept = shown === null && run.outcome ? run.outcome.step : moments[at].step
  return (
    <div className="row train-scrub">
      <span id={label} className="small">
        Back to step
      </span>
      <input
        className="train-range"
        type="range"
        min={0}
        max={moments.length - 1}
        value={at}
        aria-labelledby={label}
        aria-valuetext={`step ${moments[at].step}, held-out loss ${formatNumber(moments[at].heldOutLoss, 4)}`}
        onChange={(event) => session.show(Number(event.target.value))}
      />
      <output className="small train-step">{formatCount(moments[at].step)}</output>
      {!recorded && (
        <button
          type="button"
          className="button button-quiet"
          aria-pressed={shown === null}
          onClick={() => session.show(null)}
        >
          Follow newest
        </button>
      )}
      {shown !== null && !recorded && status !== 'running' && (
        <button type="button" className="button button-quiet" onClick={() => void session.goOnFrom(at)}>
          Train on from here
        </button>
      )}
      {!recorded && <span className="row spread">{use?.(kept)}</span>}
    </div>
  )
}
