import { useState } from 'react'
import { freeName, joined, nameFault, type Joint, type NamedSelection } from './named-selections.ts'
import type { RuleColumn } from '../../numerics/tables/rules.ts'

interface NamedSelectionsProps<S extends { kind: string }> {
  selection: S | null
  named: readonly NamedSelection<S>[]
  columns: readonly RuleColumn[]
  onChange: (next: { selection: S | null; named: NamedSelection<S>[] }) => void
  /** A rule as a selection of the study. */
  asSelection: (rule: { kind: 'rule'; text: string }) => S
}

const joints: readonly { joint: Joint; title: string }[] = [
  { joint: 'and', title: 'Of what is selected, only what is in' },
  { joint: 'or', title: 'What is selected, and all of' },
  { joint: 'and not', title: 'What is selected, without' },
]

/** Keeps what is selected under a name, and joins kept selections by and, or, not. Links carry them. */
export function NamedSelections<S extends { kind: string }>(props: NamedSelectionsProps<S>) {
  const { selection, named, columns, onChange, asSelection } = props
  const [name, setName] = useState('')
  const wanted = name.trim() || freeName(named)
  const fault = nameFault(wanted, columns, named)
  if (!selection && named.length === 0) return null
  const kept = [...named]
  const words = selection && 'text' in selection ? String(selection.text) : null
  return (
    <div className="named-selections small" role="group" aria-label="Kept selections">
      {selection && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault()
            if (fault) return
            onChange({ selection, named: [...kept, { name: wanted, selection }] })
            setName('')
          }}
        >
          {words && (
            <span>
              selected: <code>{words}</code>
            </span>
          )}
          <label className="inline-field">
            Keep as
            <input
              className="input named-field"
              type="text"
              value={name}
              maxLength={32}
              spellCheck={false}
              placeholder={freeName(named)}
              onChange={(event) => setName(event.target.value)}
            />
          </label>
          <button type="submit" className="button button-quiet" disabled={fault !== null}>
            Keep
          </button>
          {name.trim() && fault && <span role="status">{fault}</span>}
        </form>
      )}
      {named.map((own) => (
        <span key={own.name} className="named-selection">
          <button
            type="button"
            className="chip"
            title={`Select ${own.name}`}
            onClick={() => onChange({ selection: own.selection, named: kept })}
          >
            {own.name}
          </button>
          {selection &&
            joints.map(({ joint, title }) => (
              <button
                key={joint}
                type="button"
                className="legend-only"
                title={`${title} ${own.name}`}
                aria-label={`${joint} ${own.name}`}
                onClick={() => {
                  const next = joined(selection, joint, own.name, named)
                  onChange({ selection: asSelection(next.selection), named: next.named })
                }}
              >
                {joint}
              </button>
            ))}
          <button
            type="button"
            className="legend-only"
            title={`Select all but ${own.name}`}
            aria-label={`not ${own.name}`}
            onClick={() =>
              onChange({ selection: asSelection({ kind: 'rule', text: `not ${own.name}` }), named: kept })
            }
          >
            not
          </button>
          <button
            type="button"
            className="legend-only"
            aria-label={`Remove ${own.name}`}
            onClick={() => onChange({ selection, named: kept.filter((each) => each !== own) })}
          >
            ×
          </button>
        </span>
      ))}
    </div>
  )
}
