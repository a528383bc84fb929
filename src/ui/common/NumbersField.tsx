import { useId, useState } from 'react'

interface NumbersFieldProps {
  label: string
  value: readonly number[]
  /** The numbers of a text, or a sentence that says what is wrong. */
  parse: (text: string) => { values: number[] } | { complaint: string }
  onCommit: (values: number[]) => void
}

/** Several numbers in one field, "128, 64, 32"; they count when the field is left or Enter pressed. */
export function NumbersField({ label, value, parse, onCommit }: NumbersFieldProps) {
  const [draft, setDraft] = useState<string>()
  const errorId = useId()
  const parsed = draft === undefined ? { values: [...value] } : parse(draft)
  const complaint = 'complaint' in parsed ? parsed.complaint : undefined
  const commit = () => {
    if ('values' in parsed && parsed.values.join() !== value.join()) onCommit(parsed.values)
    setDraft(undefined)
  }
  return (
    <label className="field">
      <span className="field-label">{label}</span>
      <input
        className="input"
        autoComplete="off"
        value={draft ?? value.join(', ')}
        aria-invalid={complaint ? true : undefined}
        aria-describedby={complaint ? errorId : undefined}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit()
          else if (event.key === 'Escape') setDraft(undefined)
        }}
      />
      {complaint && (
        <span id={errorId} className="field-error" role="alert">
          {complaint}
        </span>
      )}
    </label>
  )
}
