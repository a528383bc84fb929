import type { Study } from '../core/study.ts'
import { useShell, useShellActions, useShellStore } from '../ui/shell-context.tsx'
import { showDataset } from './show-dataset.ts'

const pageMade = 'page-made'

interface DatasetMenuProps {
  studies: readonly Study[]
  /** Whose view is shown. */
  study: Study
}

/** The datasets of all studies by their process, and a few words on what is open. */
export function DatasetMenu({ studies, study }: DatasetMenuProps) {
  const store = useShellStore()
  const actions = useShellActions()
  const dataset = useShell((state) => study.datasetOf(state.intent.studies[study.id]))
  const made = useShell(
    ({ parts, intent }) =>
      study.nameOfMade?.(parts[study.id], intent.studies[study.id]) ?? 'Made in this page',
  )
  const words = useShell((state) => study.describe?.(state.parts[study.id]) ?? '')
  return (
    <div className="app-open small" data-control="datasets">
      <label>
        <span className="visually-hidden">Dataset</span>
        <select
          className="select"
          value={dataset ?? pageMade}
          onChange={(event) => {
            const id = event.target.value
            const owner = studies.find((each) => each.datasets.some((entry) => entry.id === id))
            if (owner) showDataset(store, actions, owner, id)
          }}
        >
          {studies.map(({ id, title, datasets }) => (
            <optgroup key={id} label={title}>
              {datasets
                .filter((entry) => !entry.earlier || entry.id === dataset)
                .map((entry) => (
                  <option key={entry.id} value={entry.id}>
                    {entry.title}
                  </option>
                ))}
              {id === study.id && dataset === null && <option value={pageMade}>{made}</option>}
            </optgroup>
          ))}
        </select>
      </label>
      {words && <span className="soft wide-only">{words}</span>}
    </div>
  )
}
