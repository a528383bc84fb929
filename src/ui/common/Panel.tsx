import { useId, type ReactNode } from 'react'
import type { PlainError } from '../../errors.ts'
import { Progress, type ProgressProps } from './Progress.tsx'

export type PanelState =
  | { kind: 'ready' }
  /** Nothing to show yet: say what would fill it. */
  | { kind: 'empty'; message: string; action?: ReactNode }
  | ({ kind: 'loading' } & ProgressProps)
  /** Shows the children under a line that says what is still missing. */
  | { kind: 'partial'; message: string; fraction?: number }
  /** Shows the last good children, when keepContent is set, under the error. */
  | { kind: 'error'; error: PlainError; onRetry?: () => void; keepContent?: boolean }

interface PanelProps {
  title: ReactNode
  /** Badges beside the title. */
  badges?: ReactNode
  actions?: ReactNode
  state?: PanelState
  children?: ReactNode
  className?: string
}

const ready: PanelState = { kind: 'ready' }

/** The frame of every part of a view, with its drawn empty, loading, partial and error state. */
export function Panel({ title, badges, actions, state = ready, children, className }: PanelProps) {
  const heading = useId()
  const showsContent =
    state.kind === 'ready' || state.kind === 'partial' || (state.kind === 'error' && state.keepContent)
  return (
    <section
      className={className ? `panel ${className}` : 'panel'}
      aria-labelledby={heading}
      aria-busy={state.kind === 'loading' || undefined}
    >
      <header className="panel-head">
        <h2 id={heading} className="panel-title">
          {title}
        </h2>
        {badges}
        {actions && <div className="panel-actions">{actions}</div>}
      </header>
      {state.kind === 'partial' && (
        <div className="panel-note" role="status">
          <Progress label={state.message} fraction={state.fraction} />
        </div>
      )}
      <div className="panel-body">
        {state.kind === 'empty' && <EmptyState message={state.message} action={state.action} />}
        {state.kind === 'loading' && (
          <div className="panel-state">
            <Progress label={state.label} fraction={state.fraction} detail={state.detail} />
          </div>
        )}
        {state.kind === 'error' && <ErrorState error={state.error} onRetry={state.onRetry} />}
        {showsContent && children}
      </div>
    </section>
  )
}

/** A drawn spectrum without numbers, and what would fill it. */
export function EmptyState({ message, action }: { message: string; action?: ReactNode }) {
  return (
    <div className="panel-state">
      <svg className="empty-drawing" viewBox="0 0 240 48" aria-hidden="true">
        <path d="M0.5 47.5H239.5" fill="none" stroke="currentColor" />
        <path
          d="M4 40H40V34H72V22H92V8H104V24H128V33H164V38H200V42H236"
          fill="none"
          stroke="currentColor"
          strokeDasharray="3 4"
        />
      </svg>
      <p>{message}</p>
      {action}
    </div>
  )
}

/** Code first (it can be searched), then the sentence that says what, where, both numbers and the cure. */
export function ErrorState({ error, onRetry }: { error: PlainError; onRetry?: () => void }) {
  return (
    <div className="panel-state" role="alert">
      <code>{error.code}</code>
      <p>{error.message}</p>
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  )
}
