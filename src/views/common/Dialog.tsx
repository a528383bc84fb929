import { useEffect, useId, useRef, type ReactNode } from 'react'

interface DialogProps {
  title: string
  open: boolean
  onClose: () => void
  children: ReactNode
  /** A sheet rises from the bottom edge below 720 px; above it is an ordinary dialog. */
  sheet?: boolean
}

/** Native modal dialog: focus trap, Esc and inert background come from the browser. */
export function Dialog({ title, open, onClose, children, sheet = true }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()

  useEffect(() => {
    const element = dialog.current
    if (!element) return
    if (open && !element.open) element.showModal()
    if (!open && element.open) element.close()
  }, [open])

  return (
    <dialog
      ref={dialog}
      className={sheet ? 'dialog dialog-sheet popover' : 'dialog popover'}
      aria-labelledby={heading}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      {open && (
        <>
          <header className="dialog-head">
            <h2 id={heading} className="panel-title">
              {title}
            </h2>
            <button type="button" className="button button-quiet spread" onClick={onClose}>
              Close
            </button>
          </header>
          <div className="dialog-body">{children}</div>
        </>
      )}
    </dialog>
  )
}
