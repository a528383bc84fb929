import { useEffect, useState } from 'react'
import { AppError } from '../../errors.ts'
import type { MapChoice } from '../../state/latent-actions.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { Progress } from '../common/Progress.tsx'
import { Segmented } from '../common/Segmented.tsx'
import type { MapTool } from '../embedding/gesture-session.ts'

interface CompareToolbarProps {
  ids: readonly string[]
  choices: readonly MapChoice[]
  tool: MapTool
  onTool: (tool: MapTool) => void
}

const tools = [
  { id: 'pan' as const, label: 'Pan' },
  { id: 'lasso' as const, label: 'Lasso' },
  { id: 'box' as const, label: 'Box' },
  { id: 'vertices' as const, label: 'Vertices' },
]

const colours = [
  { id: 'as-explore' as const, label: 'as on Explore' },
  { id: 'kept' as const, label: 'neighbours kept' },
]

const mostMaps = 4

/** What is drawn, how maps are laid over one another, and one more map. */
export function CompareToolbar({ ids, choices, tool, onTool }: CompareToolbarProps) {
  const { actions } = useApp()
  const compare = useAppState((state) => state.intent.compare)
  const neighbourCount = useAppState((state) => state.intent.neighbourCount)
  const selection = useAppState((state) => state.intent.selection)
  const change = (patch: Partial<typeof compare>) => actions.change({ compare: { ...compare, ...patch } })
  const free = choices.filter(({ id }) => !ids.includes(id))
  const toggle = (key: 'align' | 'trails', label: string, disabled = false) => (
    <label className="toggle small">
      <input
        type="checkbox"
        checked={compare[key]}
        disabled={disabled}
        onChange={(event) => change({ [key]: event.target.checked })}
      />
      {label}
    </label>
  )
  return (
    <div className="map-toolbar" role="toolbar" aria-label="Maps">
      <Segmented label="Dragging on a map" choices={tools} value={tool} onChange={onTool} />
      {toggle('align', 'align (Procrustes)')}
      {toggle('trails', 'trails from the first map', !compare.align)}
      <Segmented
        label="Colour"
        choices={colours}
        value={compare.colour}
        onChange={(colour) => change({ colour })}
      />
      <label className="inline-field small">
        Neighbours
        <select
          className="select select-short"
          value={neighbourCount}
          onChange={(event) => actions.change({ neighbourCount: Number(event.target.value) })}
        >
          {[...new Set([5, 10, 15, 30, 50, neighbourCount])]
            .sort((a, b) => a - b)
            .map((count) => (
              <option key={count} value={count}>
                {count}
              </option>
            ))}
        </select>
      </label>
      <label className="inline-field small">
        Add
        <select
          className="select"
          value=""
          disabled={ids.length >= mostMaps || free.length === 0}
          onChange={(event) => change({ maps: [...ids, event.target.value] })}
        >
          <option value="">{ids.length >= mostMaps ? 'four maps are shown' : 'a map …'}</option>
          {free.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <TrainSeed />
      {selection && (
        <button
          type="button"
          className="button button-quiet"
          onClick={() => actions.change({ selection: null })}
        >
          Clear selection
        </button>
      )}
    </div>
  )
}

/** The set-up of the Train view from the next seed, put beside the other maps. Leaving the view cancels it. */
function TrainSeed() {
  const { actions, openLatent, store } = useApp()
  const [run, setRun] = useState<{ abort: AbortController; fraction: number } | null>(null)
  const training = useAppState((state) => state.training.status === 'running')
  const abort = run?.abort
  useEffect(() => () => abort?.abort(), [abort])
  const start = async () => {
    const used = store.getState().ownEncoders.flatMap(({ id }) => /^trained-seed(\d+)-/.exec(id)?.[1] ?? [])
    const seed = Math.max(store.getState().intent.training.seed, ...used.map(Number)) + 1
    const abort = new AbortController()
    setRun({ abort, fraction: 0 })
    try {
      const id = await (
        await openLatent()
      ).trainSeed(seed, {
        signal: abort.signal,
        onProgress: (fraction) => setRun({ abort, fraction }),
      })
      const { compare } = store.getState().intent
      // Read only now: maps may have come and gone since the start.
      actions.change({ compare: { ...compare, maps: [...compare.maps.slice(0, mostMaps - 1), id] } })
    } catch (thrown) {
      const error = AppError.from(thrown)
      if (error.code !== 'job/cancelled') actions.notify('error', error.message)
    } finally {
      setRun(null)
    }
  }
  if (!run)
    return (
      <button
        type="button"
        className="button"
        disabled={training}
        title="Trains the set-up of the Train view from the next seed"
        onClick={() => void start()}
      >
        Train another seed
      </button>
    )
  return (
    <span className="compare-training">
      <Progress label="Training another seed" fraction={run.fraction} />
      <button type="button" className="button button-quiet" onClick={() => run.abort.abort()}>
        Cancel
      </button>
    </span>
  )
}
