import type { OpenDataset } from '../../state/app-state.ts'
import type { Subject } from '../../state/subject.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { NumberField } from '../common/NumberField.tsx'

/** The focus of the whole page, or a row of the dropped file, which no link can carry. */
export type SubjectChoice = { kind: 'focus' } | { kind: 'dropped'; row: number }

interface SubjectPickerProps {
  open: OpenDataset
  subject: Subject
  choice: SubjectChoice
  onChoice: (choice: SubjectChoice) => void
}

/** Which spectrum is interpreted; what can be linked to becomes the focus of the page. */
export function SubjectPicker({ open, subject, choice, onChoice }: SubjectPickerProps) {
  const { actions } = useApp()
  const focus = useAppState((state) => state.intent.focus)
  const query = useAppState((state) => state.query.value)
  const { header, rows } = open
  const dropped = query?.manifestHash === header.manifestHash ? query : undefined
  const kind = subject.kind === 'replica' ? 'row' : subject.kind

  const choose = (next: string) => {
    if (next === 'dropped') return onChoice({ kind: 'dropped', row: 0 })
    onChoice({ kind: 'focus' })
    if (next === 'live' || next === 'measurement') actions.change({ focus: { kind: next } })
    if (next === 'universe') actions.change({ focus: { kind: 'universe', id: subject.universe ?? 0 } })
    if (next === 'row')
      actions.change({
        focus: { kind: 'row', row: (subject.universe ?? 0) * header.manifest.replicasPerUniverse },
      })
  }

  return (
    <div className="row subject-picker">
      <label className="field">
        <span className="field-label">Spectrum of</span>
        <select className="select" value={kind} onChange={(event) => choose(event.target.value)}>
          <option value="live">the live universe</option>
          <option value="universe">a universe, exact</option>
          {rows > 0 && <option value="row">a replica of the dataset</option>}
          {header.measurement && <option value="measurement">{header.measurement.title}</option>}
          <option value="dropped" disabled={!dropped}>
            {dropped ? dropped.name : 'your file: drop one on the page'}
          </option>
        </select>
      </label>
      {kind === 'universe' && (
        <NumberField
          label="Universe"
          value={subject.universe ?? 0}
          min={0}
          max={header.table.count - 1}
          step={1}
          integer
          format={String}
          onCommit={(id) => actions.change({ focus: { kind: 'universe', id } })}
        />
      )}
      {kind === 'row' && focus.kind === 'row' && (
        <NumberField
          label="Row"
          value={focus.row}
          min={0}
          max={Math.max(focus.row, rows - 1)}
          step={1}
          integer
          format={String}
          onCommit={(row) => actions.change({ focus: { kind: 'row', row } })}
        />
      )}
      {choice.kind === 'dropped' && dropped && dropped.rows > 1 && (
        <NumberField
          label="Row of the file"
          value={choice.row}
          min={0}
          max={dropped.rows - 1}
          step={1}
          integer
          format={String}
          onCommit={(row) => onChoice({ kind: 'dropped', row })}
        />
      )}
    </div>
  )
}
