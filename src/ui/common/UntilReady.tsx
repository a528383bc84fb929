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

/** A view of a product; before there is one, a panel that says how far it is, or why it did not come. */
export function UntilReady<T>({ title, answer, onRetry, children }: UntilReadyProps<T>) {
  if (answer.value !== undefined) return children(answer.value)
  return <Panel title={title} state={panelState(answer, onRetry)} />
}
