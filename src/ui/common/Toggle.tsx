import { useId } from 'react'

interface ToggleProps {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  /** What it means, where its name cannot say it. */
  title?: string
}

/** A check box with its name; what it means is shown under the mouse and while the keyboard is on it. */
export function Toggle({ label, checked, onChange, disabled, title }: ToggleProps) {
  const note = useId()
  const toggle = (
    <label className="toggle small" title={title}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={title && note}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  )
  if (!title) return toggle
  return (
    <span className="toggle-told">
      {toggle}
      {/* Beside the label: within it, the words would belong to its name. */}
      <span id={note} className="toggle-note popover small">
        {title}
      </span>
    </span>
  )
}
