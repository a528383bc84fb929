interface ToggleProps {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  /** What it means, where its name cannot say it. */
  title?: string
}

/** A check box with its name. */
export function Toggle({ label, checked, onChange, disabled, title }: ToggleProps) {
  return (
    <label className="toggle small" title={title}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  )
}
