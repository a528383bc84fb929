import type { Loadable } from '../../core/loadable.ts'
import type { PanelState } from './Panel.tsx'

/** How a panel shows a product: the last good one stays while a newer one is made, and where it fails. */
export function panelState(
  { status, value, label = '', fraction, error }: Loadable<unknown>,
  onRetry?: () => void,
): PanelState {
  if (status === 'failed' && error) return { kind: 'error', error, keepContent: value !== undefined, onRetry }
  if (status !== 'running') return { kind: 'ready' }
  const done = fraction ?? undefined
  return value === undefined
    ? { kind: 'loading', label, fraction: done }
    : { kind: 'partial', message: label, fraction: done }
}
