import type { ReactNode } from 'react'
import type { Loadable } from '../../core/loadable.ts'
import { Panel } from './Panel.tsx'
import { panelState } from './panel-state.ts'

interface UntilReadyProps<T> {
  /** Of the panel that stands for the view until then. */
  title: string
  answer: Loadable<T>
  onRetry?: () => void
  children: (value: T) => ReactNode
}

/**
 * A view of a product; before there is one, a panel that says how far it is in the place of the view, empty of any other
 * product's picture, or why it did not come.
 */
export function UntilReady<T>({ title, answer, onRetry, children }: UntilReadyProps<T>) {
  if (answer.value !== undefined) return children(answer.value)
  const state = panelState(answer, onRetry)
  const panel = <Panel title={title} state={state} />
  if (state.kind !== 'loading') return panel
  return (
    <div className="waiting-view">
      {panel}
      <div className="panel" aria-hidden="true" />
    </div>
  )
}
