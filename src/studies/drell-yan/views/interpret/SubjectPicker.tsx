import type { Focus } from '../../intent.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { shapeTitle } from '../../state/shape-words.ts'
import { isExpectation, type Subject } from '../../state/subject.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { Chip } from '../../../../ui/common/Badge.tsx'
import { NumberField } from '../../../../ui/common/NumberField.tsx'
import { Segmented } from '../../../../ui/common/Segmented.tsx'

interface SubjectPickerProps {
  open: OpenDataset
  subject: Subject
}

/** Which spectrum is interpreted: the focus of the whole page, or a row of the dropped file. */
export function SubjectPicker({ open, subject }: SubjectPickerProps) {
  const { actions } = useDrellYan()
  const focus = useDrellYanState((state) => state.intent.focus)
  const panels = useDrellYanState((state) => state.intent.panels)
  const { droppedRow } = panels
  const noise = useDrellYanState((state) => state.intent.noise)
  const query = useDrellYanState((state) => state.query.value)
  const rows = useDrellYanState((state) => state.rows.exact)
  const { header } = open
  const dropped = query?.manifestHash === header.manifestHash ? query : undefined
  const kind = subject.kind === 'replica' ? 'row' : subject.kind

  const choose = (next: string) => {
    if (next === 'dropped') return actions.showIn({ droppedRow: 0 })
    const take = (focus: Focus) => actions.change({ focus, panels: { ...panels, droppedRow: null } })
    const universe = subject.universe ?? 0
    if (next === 'live' || next === 'measurement') take({ kind: next })
    if (next === 'universe') take({ kind: 'universe', id: universe })
    if (next === 'row') take({ kind: 'row', row: universe * header.manifest.replicasPerUniverse })
  }

  return (
    <div className="row subject-picker">
      <label className="field">
        <span className="field-label">Spectrum of</span>
        <select className="select" value={kind} onChange={(event) => choose(event.target.value)}>
          <option value="live">the live universe</option>
          <option value="universe">a universe of the dataset</option>
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
      {droppedRow !== null && dropped && dropped.rows > 1 && (
        <NumberField
          label="Row of the file"
          value={droppedRow}
          min={0}
          max={dropped.rows - 1}
          step={1}
          integer
          format={String}
          onCommit={(row) => actions.showIn({ droppedRow: row })}
        />
      )}
      {isExpectation(subject) && (
        <Segmented
          label="Noise"
          choices={[
            { id: 'none', label: 'No noise' },
            { id: 'replica', label: 'One replica' },
          ]}
          value={noise}
          onChange={(next) => actions.change({ noise: next })}
        />
      )}
      {subject.shape && (
        <Chip
          title="Drawn under Anomaly; all tabs take the spectrum with it"
          removeLabel={`Take ${shapeTitle(subject.shape)} off the spectrum`}
          onRemove={() => actions.change({ shape: null })}
        >
          with {shapeTitle(subject.shape)}
        </Chip>
      )}
    </div>
  )
}
