import type { EventsContext, EventsModel } from './model.ts'
import { startLiveEffect } from './state/live-effect.ts'
import { startMapEffect } from './state/map-effect.ts'

/** Starts this study: events are read, and its views get what they act with. */
export function openEvents(context: EventsContext) {
  const { retry } = startMapEffect(context)
  startLiveEffect(context)
  return { context, store: context.store, retry }
}

/** All types of this study. */
export interface EventsParts extends EventsModel {
  handle: ReturnType<typeof openEvents>
}
