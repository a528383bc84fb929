import { useId, useState } from 'react'
import { useModal } from '../../../ui/common/use-modal.ts'
import { SelectField } from '../../../ui/common/SelectField.tsx'
import { guessedColumns, pickFrom, type EnergyUnit } from './column-choice.ts'
import { useFit, useFitActions } from './fit-context.tsx'
import type { ColumnQuestion, FitState } from '../state/fit-state.ts'

const questionOf = ({ columnQuestion }: FitState) => columnQuestion

/** Asks which column of a dropped file is which, where it has names of its own. */
export function ColumnDialog() {
  const question = useFit(questionOf, 0)
  // Another file is another question: nothing of an earlier answer is left.
  return question && <OpenDialog key={`${question.name} ${question.bytes.length}`} question={question} />
}

function OpenDialog({ question }: { question: ColumnQuestion }) {
  const fit = useFitActions()
  const dialog = useModal()
  const title = useId()
  const { name, wanted, tables } = question
  const [at, setAt] = useState(() => bestTable(question))
  const table = tables[at]
  const [chosen, setChosen] = useState(() => guessedColumns(wanted, table))
  const [unit, setUnit] = useState<EnergyUnit>('GeV')
  const open = wanted.filter((column) => !chosen[column.name]).length
  const cancel = () => void fit.answerColumns(null)

  return (
    <dialog
      ref={dialog}
      className="dialog popover column-dialog"
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault()
        cancel()
      }}
    >
      <form
        className="column-form"
        onSubmit={(event) => {
          event.preventDefault()
          void fit.answerColumns(pickFrom(wanted, table, chosen, unit))
        }}
      >
        <h2 id={title}>Which column is which?</h2>
        <p className="small soft">
          {name} has names of its own. Say which of its columns the fit reads as what; the first values stand
          below each.
        </p>
        <div className="row column-row">
          {tables.length > 1 && (
            <SelectField
              label="tree"
              value={String(at)}
              labels={Object.fromEntries(
                tables.map(({ path, rows }, k) => [String(k), `${path} (${rows.toLocaleString('en-US')})`]),
              )}
              onChange={(k) => {
                setAt(Number(k))
                setChosen(guessedColumns(wanted, tables[Number(k)]))
              }}
            />
          )}
          <SelectField<EnergyUnit>
            label="momenta and masses in"
            value={unit}
            labels={{ GeV: 'GeV', MeV: 'MeV' }}
            onChange={setUnit}
          />
        </div>
        <div className="column-grid">
          {wanted.map((column) => (
            <ColumnField
              key={column.name}
              column={column}
              table={table}
              chosen={chosen[column.name] ?? ''}
              onChange={(source) => setChosen({ ...chosen, [column.name]: source })}
            />
          ))}
        </div>
        <div className="row">
          <button type="submit" className="button button-primary" disabled={open > 0}>
            Read the events
          </button>
          <button type="button" className="button" onClick={cancel}>
            Cancel
          </button>
          <span className="small soft" role="status">
            {open > 0 ? `${open} of ${wanted.length} still to choose` : ''}
          </span>
        </div>
      </form>
    </dialog>
  )
}

interface ColumnFieldProps {
  column: ColumnQuestion['wanted'][number]
  table: ColumnQuestion['tables'][number]
  chosen: string
  onChange: (source: string) => void
}

function ColumnField({ column, table, chosen, onChange }: ColumnFieldProps) {
  const id = useId()
  const { unit, description } = column
  const labels = Object.fromEntries([
    ['', 'choose …'],
    ...table.columns.map(({ name, type }) => [name, `${name} (${type})`]),
  ]) as Record<string, string>
  const first = table.columns.find(({ name }) => name === chosen)?.first ?? []
  return (
    <div>
      <SelectField label={column.name} value={chosen} labels={labels} onChange={onChange} describedBy={id} />
      <p id={id} className="small soft column-values">
        {description}
        {unit === '1' ? '' : ` [${unit}]`}
        {first.length > 0 && (
          <span className="numeric">
            : {first.map((x) => String(Number(x.toPrecision(5)))).join(', ')}, …
          </span>
        )}
      </p>
    </div>
  )
}

/** The table with most columns of the right names, else the first. */
function bestTable({ wanted, tables }: ColumnQuestion): number {
  const found = tables.map((table) => Object.keys(guessedColumns(wanted, table)).length)
  return found.indexOf(Math.max(...found))
}
