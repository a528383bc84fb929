import type { Tone } from './Badge.tsx'

export interface Toast {
  id: string
  message: string
  tone?: Tone
  action?: { label: string; run: () => void }
}

interface ToastsProps {
  toasts: readonly Toast[]
  onDismiss: (id: string) => void
}

/** Polite live region. Toasts stay until dismissed by the reader or by the owner of the list. */
export function Toasts({ toasts, onDismiss }: ToastsProps) {
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className={
            toast.tone && toast.tone !== 'plain' ? `toast popover tone-${toast.tone}` : 'toast popover'
          }
        >
          <span>{toast.message}</span>
          {toast.action && (
            <button type="button" className="button" onClick={toast.action.run}>
              {toast.action.label}
            </button>
          )}
          <button
            type="button"
            className="icon-button"
            aria-label={`Dismiss: ${toast.message}`}
            onClick={() => onDismiss(toast.id)}
          >
            ×
          </button>
        </div>
      ))}
    </div>
  )
}
