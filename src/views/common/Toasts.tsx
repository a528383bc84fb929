import { useEffect } from 'react'
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

/** Long enough to be read twice. */
const plainToastMs = 10_000

/** Polite live region. Warnings and errors stay until they are dismissed, plain news go by themselves. */
export function Toasts({ toasts, onDismiss }: ToastsProps) {
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastLine key={toast.id} toast={toast} onDismiss={onDismiss} />
      ))}
    </div>
  )
}

function ToastLine({ toast, onDismiss }: { toast: Toast; onDismiss: ToastsProps['onDismiss'] }) {
  const { id, message, tone = 'plain', action } = toast
  const plain = tone === 'plain' && !action
  useEffect(() => {
    if (!plain) return
    const timer = setTimeout(() => onDismiss(id), plainToastMs)
    return () => clearTimeout(timer)
  }, [plain, id, onDismiss])
  return (
    <div className={`toast popover tone-${tone}`}>
      <span>{message}</span>
      {action && (
        <button type="button" className="button" onClick={action.run}>
          {action.label}
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={`Dismiss: ${message}`}
        onClick={() => onDismiss(id)}
      >
        ×
      </button>
    </div>
  )
}
