import { useId } from 'react'
import type { TrainingRun } from '../../state/app-state.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { downloadModel } from '../common/download-model.ts'
import { formatCount, formatNumber } from '../common/format.ts'
import { ErrorState } from '../common/Panel.tsx'
import { Progress } from '../common/Progress.tsx'
import { engineName } from './labels.ts'
import { timeLeft } from './step-rate.ts'
import { useTrainingActions, type SampledTraining } from './use-training.ts'

/** Play, pause, step, stop; how far it is; the way back to any picture. */
export function TrainControls({ run, wallMsPerStep }: SampledTraining) {
  const training = useTrainingActions()
  const ready = useAppState((state) => state.dataset.status === 'ready')
  const { status, error } = run
  const active = status === 'running' || status === 'paused'
  const idleLabel = run.moments.length > 0 ? 'Train anew' : 'Play'
  return (
    <div className="train-controls stack">
      <div className="row" role="group" aria-label="Training">
        {status === 'running' ? (
          // Keys: a Pause pressed as the training ends must not land on "Train anew".
          <button
            key="pause"
            type="button"
            className="button button-primary"
            onClick={() => training.pause()}
          >
            Pause
          </button>
        ) : (
          <button
            key="play"
            type="button"
            className="button button-primary"
            disabled={!ready}
            onClick={() => (status === 'paused' ? training.resume() : void training.start())}
          >
            {status === 'paused' ? 'Play' : idleLabel}
          </button>
        )}
        <button
          type="button"
          className="button"
          disabled={!ready}
          title="One optimiser step, then pause"
          onClick={() => void training.step()}
        >
          Step
        </button>
        <button type="button" className="button" disabled={!active} onClick={() => training.stop()}>
          Stop
        </button>
        <StatusLine run={run} wallMsPerStep={wallMsPerStep} ready={ready} />
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
      {status === 'failed' && error && <Failure run={run} />}
      {!active && status !== 'failed' && run.resumable && <ResumeOffer run={run} />}
      <Scrub run={run} />
    </div>
  )
}

function StatusLine({ run, wallMsPerStep, ready }: SampledTraining & { ready: boolean }) {
  return (
    <p className="small soft train-status" role="status">
      {statusText(run, wallMsPerStep, ready)}
    </p>
  )
}

function statusText(run: TrainingRun, wallMsPerStep: number | null, ready: boolean): string {
  const { status, step, steps, outcome } = run
  if (status === 'running') {
    if (wallMsPerStep === null) return run.backend ? 'Running' : 'Starting'
    return `${formatNumber(wallMsPerStep, 2)} ms/step, ${timeLeft((steps - step) * wallMsPerStep)}`
  }
  if (status === 'paused')
    return `Paused at step ${formatCount(step)}${run.moments.length ? '' : '; the first picture of the map is still to come'}`
  if (status === 'finished' && outcome)
    return (
      `${outcome.stoppedEarly ? `No better held-out loss for a while: stopped at step ${formatCount(step)}` : `Finished ${formatCount(step)} steps`}. ` +
      `Kept: step ${formatCount(outcome.step)}, held-out loss ${formatNumber(outcome.heldOutLoss, 4)}.`
    )
  if (!ready) return 'Waiting for the dataset'
  return status === 'idle' && run.moments.length === 0
    ? 'Not trained yet. Play trains an encoder here, in this page.'
    : ''
}

function Failure({ run }: { run: TrainingRun }) {
  const { actions, store } = useApp()
  const training = useTrainingActions()
  const { error, moments } = run
  const last = moments.at(-1)
  if (!error) return null
  const gentler = () => {
    const { intent } = store.getState()
    const learningRate = Math.max(1e-7, Number((intent.training.learningRate / 10).toPrecision(3)))
    actions.change({ training: { ...intent.training, learningRate } })
    void training.goOnFrom(moments.length - 1)
  }
  return (
    <div className="train-failure">
      <ErrorState error={error} />
      {last && (
        <div className="row">
          {error.code === 'ml/diverged' ? (
            <button type="button" className="button" onClick={gentler}>
              Go on from step {last.step} with a tenth of the learning rate
            </button>
          ) : (
            <button
              type="button"
              className="button"
              onClick={() => void training.goOnFrom(moments.length - 1)}
            >
              Go on from step {last.step}
            </button>
          )}
        </div>
      )}
    </div>
  )
}

function ResumeOffer({ run }: { run: TrainingRun }) {
  const training = useTrainingActions()
  const ready = useAppState((state) => state.dataset.status === 'ready')
  const steps = useAppState((state) => state.intent.training.steps)
  const { resumable } = run
  if (!resumable) return null
  const done = resumable.step >= steps
  return (
    <div className="row train-offer" role="status">
      <span className="small">
        {done
          ? `Training of this set-up ended at step ${formatCount(resumable.step)} in an earlier visit.`
          : `Training of this set-up stopped at step ${formatCount(resumable.step)} of ${formatCount(steps)}.`}
      </span>
      <button type="button" className="button" disabled={!ready} onClick={() => void training.resumeSaved()}>
        {done ? 'Show its encoder' : 'Resume'}
      </button>
      <button
        type="button"
        className="button button-quiet"
        disabled={!ready}
        onClick={() => void training.start()}
      >
        Start anew
      </button>
    </div>
  )
}

/** Any picture of the training again, and what can be done with its encoder. */
function Scrub({ run }: { run: TrainingRun }) {
  const training = useTrainingActions()
  const label = useId()
  const { moments, shown, status } = run
  if (moments.length === 0) return null
  const at = shown ?? moments.length - 1
  const kept = shown === null && run.outcome ? run.outcome.step : moments[at].step
  const exportFiles = async () => {
    const made = await training.exportModel()
    if (!made) return
    downloadModel(made.files)
  }
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
        onChange={(event) => training.show(Number(event.target.value))}
      />
      <output className="small train-step">{formatCount(moments[at].step)}</output>
      <button
        type="button"
        className="button button-quiet"
        aria-pressed={shown === null}
        onClick={() => training.show(null)}
      >
        Follow newest
      </button>
      {shown !== null && status !== 'running' && (
        <button type="button" className="button button-quiet" onClick={() => void training.goOnFrom(at)}>
          Train on from here
        </button>
      )}
      <span className="row spread">
        <button type="button" className="button" onClick={() => void training.useOnMap()}>
          Use step {formatCount(kept)} on the map
        </button>
        <button
          type="button"
          className="button"
          title="card.json, model.json and weights.bin: drop them on Data to read them again"
          onClick={() => void exportFiles()}
        >
          Export model
        </button>
      </span>
    </div>
  )
}
