interface SelectFieldProps<K extends string> {
  label: string
  value: K
  /** What each choice is called, in the order of the list. */
  labels: Readonly<Record<K, string>>
  onChange: (value: K) => void
  className?: string
  describedBy?: string
}

/** One of some named choices, under its label. */
export function SelectField<K extends string>(props: SelectFieldProps<K>) {
  const { label, value, labels, onChange, className, describedBy } = props
  return (
    <label className={className ? `field ${className}` : 'field'}>
      <span className="field-label">{label}</span>
      <select
        className="select"
        value={value}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.target.value as K)}
      >
        {Object.entries<string>(labels).map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}
