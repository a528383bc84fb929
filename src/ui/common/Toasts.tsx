import { useEffect, useRef } from 'react'
import type { Tone } from './Badge.tsx'

export interface Toast {
  id: string
  message: string
  /** How often it was said; more than once is shown. */
  times?: number
  tone?: Tone
  /** Ways to answer it, each of which closes it. */
  choices?: readonly { label: string; run(): void }[]
}

interface ToastsProps {
  toasts: readonly Toast[]
  onDismiss: (id: string) => void
}

/** Long enough to be read twice. */
const plainToastMs = 10_000

/** Polite live region. Warnings and errors stay until they are dismissed, plain news go by themselves. */
export function Toasts({ toasts, onDismiss }: ToastsProps) {
  const list = useRef<HTMLDivElement>(null)
  const newest = toasts.at(-1)
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [newest?.id, newest?.times])
  return (
    <div className="toasts" role="status" aria-live="polite" ref={list}>
      {toasts.map((toast) => (
        <ToastLine key={toast.id} toast={toast} onDismiss={onDismiss} />
      ))}
    </div>
  )
}

function ToastLine({ toast, onDismiss }: { toast: Toast; onDismiss: ToastsProps['onDismiss'] }) {
  const { id, message, times = 1, tone = 'plain', choices = [] } = toast
  const plain = tone === 'plain' && choices.length === 0
  useEffect(() => {
    if (!plain) return
    const timer = setTimeout(() => onDismiss(id), plainToastMs)
    return () => clearTimeout(timer)
  }, [plain, id, times, onDismiss])
  return (
    <div className={`toast popover tone-${tone}`}>
      <div className="toast-message">
        {message}
        {times > 1 && <span className="soft"> ({times} times)</span>}
        {choices.length > 0 && (
          <div className="toast-choices">
            {choices.map(({ label, run }) => (
              <button
                key={label}
                type="button"
                className="button"
                onClick={() => {
                  run()
                  onDismiss(id)
                }}
              >
                {label}
              </button>
            ))}
          </div>
        )}
      </div>
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
