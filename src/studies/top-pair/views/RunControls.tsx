import { useState, type ReactNode } from 'react'
import { fitKinds, type FitKind } from '../analysis/fit/fit-setup.ts'
import type { FitState } from '../state/fit-state.ts'
import { useTopPairState } from './context.tsx'
import { formatCount } from '../../../ui/common/format.ts'
import { lazyPart } from '../../../ui/common/lazy-part.tsx'
import { useFit, useFitActions } from './fit-context.tsx'
import { kindStyles } from './kinds.ts'
import { fitStage, networkStage, ratioStage, runSentence, type Stage } from './stages.ts'

/** In a chunk of its own: most visits run their fit here. */
const RunElsewhere = lazyPart(
  async () => (await import('./RunElsewhere.tsx')).RunElsewhere,
  <p className="soft">Loading.</p>,
)

const whole = (fit: FitState) => fit

/** One way through: everything, or stage by stage. */
export function RunControls() {
  const fit = useFitActions()
  const state = useFit(whole)
  useTopPairState((all) => all.intent.fit) // what is stale depends on it
  const [elsewhere, setElsewhere] = useState(false)
  const { status, data, networks, ratios, fits } = state
  const idle = status === 'idle'
  const dataStage: Stage =
    data.status === 'running'
      ? { mark: 'running', text: `${Math.round(100 * (data.fraction ?? 0))} %` }
      : data.status === 'failed'
        ? { mark: 'failed', text: 'failed' }
        : !data.value
          ? { mark: 'waiting', text: 'none yet' }
          : {
              mark: fit.dataIsStale() ? 'stale' : 'done',
              text: `${formatCount(data.value.value.events)} events`,
            }
  const resumable =
    networks.filter((tile) => tile.status === 'waiting' && tile.resumable !== null).length +
    fitKinds.filter((kind) => fits[kind].status === 'idle' && fits[kind].resumable).length
  const loads = networks.length > 0 && networks[0].from !== 'trained'
  const anything = networks.some(({ network }) => network) || data.value || resumable > 0
  return (
    <div className="stack">
      <div className="row" role="group" aria-label="Run">
        {status === 'running' ? (
          // Keys: a Pause pressed as the run ends must not land on "Run all".
          <button key="pause" type="button" className="button button-primary" onClick={() => fit.pause()}>
            Pause
          </button>
        ) : (
          <button
            key="run"
            type="button"
            className="button button-primary"
            onClick={() => (status === 'paused' ? fit.resume() : void fit.runAll())}
          >
            {status === 'paused' ? 'Go on' : resumable > 0 ? 'Run all, going on' : 'Run all'}
          </button>
        )}
        <button type="button" className="button" disabled={idle} onClick={() => fit.cancel()}>
          Cancel
        </button>
        <button
          type="button"
          className="button button-quiet"
          disabled={!idle || !anything}
          title="Throws results and checkpoints of this set-up away"
          onClick={() => void fit.discard()}
        >
          Discard results
        </button>
        <button
          type="button"
          className="button button-quiet"
          disabled={networks.length === 0}
          aria-expanded={elsewhere}
          title="The networks of this set-up as jobs for Snakemake, Slurm and HTCondor: what they cost, and a zip with a plan"
          onClick={() => setElsewhere(!elsewhere)}
        >
          Run elsewhere
        </button>
        <p className="small soft fit-status" role="status">
          {runSentence(state, resumable)}
        </p>
      </div>
      <ol className="fit-stages" aria-label="Stages">
        <StageItem title="Data" stage={dataStage}>
          <StageButton label="Prepare" about="Prepare the data" disabled={!idle} run={() => fit.prepare()} />
        </StageItem>
        <StageItem title="Networks" stage={networkStage(networks)}>
          <StageButton
            label={loads ? 'Load' : 'Train'}
            about={loads ? 'Load the networks' : 'Train the networks'}
            disabled={!idle}
            run={() => fit.train()}
          />
        </StageItem>
        <StageItem title="Ratios" stage={ratioStage(ratios)} />
        {fitKinds.map((kind: FitKind) => (
          <StageItem
            key={kind}
            title={titleCase(kindStyles[kind].label)}
            about={kindStyles[kind].about}
            colour={kindStyles[kind].colour}
            stage={fitStage(fits[kind], fit.isStale(kind))}
          >
            <StageButton
              label="Run"
              about={`Run ${kindStyles[kind].label} alone`}
              disabled={!idle}
              run={() => fit.fit(kind)}
            />
          </StageItem>
        ))}
      </ol>
      {elsewhere && networks.length > 0 && <RunElsewhere />}
    </div>
  )
}

function titleCase(text: string): string {
  return text[0].toUpperCase() + text.slice(1)
}

const marks: Record<Stage['mark'], string> = {
  waiting: '○',
  running: '◐',
  done: '●',
  stale: '◌',
  failed: '✕',
}

function StageItem(props: {
  title: string
  about?: string
  colour?: string
  stage: Stage
  children?: ReactNode
}) {
  const { title, about, colour, stage, children } = props
  return (
    <li className="fit-stage" data-mark={stage.mark} title={about}>
      <span className="fit-stage-title">
        <span className="fit-mark" aria-hidden="true">
          {marks[stage.mark]}
        </span>
        {title}
        {colour && <span className="fit-swatch" style={{ background: colour }} aria-hidden="true" />}
      </span>
      <span className="small soft">{stage.text}</span>
      {children}
    </li>
  )
}

function StageButton(props: { label: string; about: string; disabled: boolean; run: () => Promise<void> }) {
  return (
    <button
      type="button"
      className="button button-quiet"
      aria-label={props.about}
      disabled={props.disabled}
      onClick={() => void props.run()}
    >
      {props.label}
    </button>
  )
}
