import type { Verb } from '../../../../core/verbs.ts'
import { useShell } from '../../../../ui/shell-context.tsx'
import { useDrellYan } from '../context.tsx'

const ways: [view: Verb, label: string][] = [
  ['train', 'Train it yourself'],
  ['data', 'Drop your data'],
  ['fit', 'Fit events'],
]

/** Where to go from here, for who has not done anything yet. */
export function StartButtons() {
  const { actions } = useDrellYan()
  const untouched = useShell((state) => state.past.length === 0 && state.future.length === 0)
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
