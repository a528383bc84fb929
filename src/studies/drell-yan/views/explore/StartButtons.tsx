import { useState } from 'react'
import type { Verb } from '../../../../core/verbs.ts'
import { useDrellYan } from '../context.tsx'

const ways: [view: Verb, label: string][] = [
  ['train', 'Train it yourself'],
  ['data', 'Drop your data'],
  ['fit', 'Fit events'],
]

/** Under it a tab remembers that one of the ways was taken. */
const rememberedAs = 'theoryscape-way-taken'

/** Where to go from here: there until one of them was taken, whatever else is done on the map. */
export function StartButtons() {
  const { actions, context } = useDrellYan()
  const { tab } = context.platform
  const [taken, setTaken] = useState(() => tab.getItem(rememberedAs) !== null)
  return (
    !taken && (
      <div className="start-buttons">
        {ways.map(([view, label]) => (
          <button
            key={view}
            type="button"
            className="button button-quiet"
            onClick={() => {
              tab.setItem(rememberedAs, view)
              setTaken(true)
              actions.change({ view })
            }}
          >
            {label}
          </button>
        ))}
      </div>
    )
  )
}
