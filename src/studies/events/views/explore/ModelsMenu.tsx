import { useEvents, useEventsState } from '../context.tsx'
import type { ModelMark } from '../model-marks.ts'
import { Toggle } from '../../../../ui/common/Toggle.tsx'

/** Which models are on the map. */
export function ModelsMenu({ marks }: { marks: readonly ModelMark[] }) {
  const { context } = useEvents()
  const hidden = useEventsState((state) => state.intent.hidden)
  const show = (id: string, shown: boolean) =>
    context.change({ hidden: shown ? hidden.filter((each) => each !== id) : [...hidden, id] })
  return (
    <details className="events-models">
      <summary className="button">
        Models ({marks.length - hidden.filter((id) => marks.some((mark) => mark.id === id)).length} of{' '}
        {marks.length})
      </summary>
      <div className="stack events-models-list">
        <button
          type="button"
          className="button button-quiet"
          onClick={() => context.change({ hidden: [] })}
          disabled={hidden.length === 0}
        >
          Show all models
        </button>
        {marks.map(({ id, label }) => (
          <Toggle
            key={id}
            label={label}
            checked={!hidden.includes(id)}
            onChange={(shown) => show(id, shown)}
          />
        ))}
      </div>
    </details>
  )
}
