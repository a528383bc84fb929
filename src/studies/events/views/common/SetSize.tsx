import { mostPerSet } from '../../limits.ts'
import { useEvents, useEventsState } from '../context.tsx'
import './set-size.css'

/** How many events make a dot. */
export function SetSize() {
  const { context } = useEvents()
  const perSet = useEventsState((state) => state.intent.perSet)
  return (
    <label className="inline-field small">
      <span className="set-size-name">Events per set</span>
      <input
        type="range"
        className="set-size-range"
        min={1}
        max={mostPerSet}
        value={perSet}
        aria-valuetext={`${perSet} events`}
        onChange={(event) => context.change({ perSet: event.target.valueAsNumber, focus: null }, 'set-size')}
        onPointerUp={() => context.settle()}
      />
      <output>{perSet}</output>
    </label>
  )
}
