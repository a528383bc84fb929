import type { TopPairContext, TopPairModel } from './model.ts'
import { createFitActions } from './state/fit-actions.ts'

/** Starts this study: its views get what they act with. */
export function openTopPair(context: TopPairContext) {
  return { context, store: context.store, fit: createFitActions(context) }
}

export type TopPairHandle = ReturnType<typeof openTopPair>

/** All types of this study. */
export interface TopPairParts extends TopPairModel {
  handle: TopPairHandle
}
