import type { ViewName } from '../../share/schema.ts'
import { useApp, useAppState } from '../app-context.tsx'

const ways: [view: ViewName, label: string][] = [
  ['train', 'Train it yourself'],
  ['data', 'Drop your data'],
  ['fit', 'Fit events'],
]

/** Where to go from here, for who has not done anything yet. */
export function StartButtons() {
  const { actions } = useApp()
  const untouched = useAppState((state) => state.past.length === 0 && state.future.length === 0)
  return (
    untouched && (
      <div className="start-buttons">
        {ways.map(([view, label]) => (
          <button
            key={view}
            type="button"
            className="button button-quiet"
            onClick={() => actions.change({ view })}
          >
            {label}
          </button>
        ))}
      </div>
    )
  )
}
