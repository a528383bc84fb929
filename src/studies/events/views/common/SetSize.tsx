import { linearEncoderId } from '../../analysis/map-encoder.ts'
import { mostPerSet } from '../../limits.ts'
import { useEvents, useEventsState } from '../context.tsx'
import './set-size.css'

/** How many events make a dot. */
export function SetSize() {
  const { context } = useEvents()
  const asked = useEventsState((state) => state.intent.perSet)
  const encoder = useEventsState((state) => state.map.value?.encoder)
  const fixed = encoder !== undefined && encoder.id !== linearEncoderId && !encoder.mlp.pool
  const perSet = fixed ? encoder.perSet : asked
  return (
    <label
      className="inline-field small"
      title={
        fixed
          ? 'This encoder takes sets of one size: choose the best linear map in Data for others.'
          : undefined
      }
    >
      <span className="set-size-name">Events per set</span>
      <input
        type="range"
        className="set-size-range"
        min={1}
        max={mostPerSet}
        disabled={fixed}
        value={perSet}
        aria-valuetext={`${perSet} events`}
        onChange={(event) => context.change({ perSet: event.target.valueAsNumber, focus: null }, 'set-size')}
        onPointerUp={() => context.settle()}
      />
      <output>{perSet}</output>
    </label>
  )
}
