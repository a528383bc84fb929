import { useId, useState, type ReactNode } from 'react'

interface MoreSettingsProps {
  /** Of the group, for screen readers. */
  legend: string
  className: string
  disabled: boolean
  children: ReactNode
}

/** What an expert sets, behind a switch. */
export function MoreSettings({ legend, className, disabled, children }: MoreSettingsProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <>
      <button
        type="button"
        className="button button-quiet"
        data-control="settings"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {open ? 'Fewer settings' : 'All settings'}
      </button>
      <fieldset className={className} id={id} disabled={disabled} hidden={!open}>
        <legend className="visually-hidden">{legend}</legend>
        {children}
      </fieldset>
    </>
  )
}
