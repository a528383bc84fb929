import { useId, type ReactNode } from 'react'

export interface Choice<Id extends string> {
  id: Id
  label: ReactNode
}

interface SegmentedProps<Id extends string> {
  label: string
  choices: readonly Choice<Id>[]
  value: Id
  onChange: (id: Id) => void
}

/** A few exclusive choices side by side: radio buttons underneath, so arrows and screen readers just work. */
export function Segmented<Id extends string>({ label, choices, value, onChange }: SegmentedProps<Id>) {
  const name = useId()
  return (
    <div className="segmented" role="radiogroup" aria-label={label}>
      {choices.map((choice) => (
        <label key={choice.id}>
          <input
            type="radio"
            name={name}
            value={choice.id}
            checked={choice.id === value}
            onChange={() => onChange(choice.id)}
          />
          {choice.label}
        </label>
      ))}
    </div>
  )
}
