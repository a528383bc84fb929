import type { AppIntent } from './app-state.ts'

export interface IntentHistory {
  readonly intent: AppIntent
  readonly past: readonly AppIntent[]
  readonly future: readonly AppIntent[]
}

const depth = 200

/**
 * Goes over to another intent. Changes that carry the same key as the one before (a slider being dragged) become
 * one step of undo.
 */
export function changeIntent(history: IntentHistory, intent: AppIntent, sameStep: boolean): IntentHistory {
  if (sameStep) return { intent, past: history.past, future: [] }
  return { intent, past: [...history.past.slice(1 - depth), history.intent], future: [] }
}

export function undo(history: IntentHistory): IntentHistory {
  if (history.past.length === 0) return history
  const past = history.past.slice(0, -1)
  return { intent: history.past[past.length], past, future: [history.intent, ...history.future] }
}

export function redo(history: IntentHistory): IntentHistory {
  const [intent, ...future] = history.future
  if (!intent) return history
  return { intent, past: [...history.past, history.intent], future }
}
