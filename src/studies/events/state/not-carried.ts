import { notCarried, type NotCarried } from '../../../core/not-carried.ts'
import type { EventsState } from './events-state.ts'
import { trainedEncoder } from './trained-encoder.ts'

/** Dropped events and an encoder in training: a link holds neither. */
export function eventsNotCarried(state: Pick<EventsState, 'dropped' | 'map' | 'training'>): NotCarried[] {
  const { dropped, training } = state
  return [
    ...(dropped.value ?? []).map(({ title }) => notCarried('events', title)),
    ...(trainedEncoder(state) ? [notCarried('encoder')] : []),
    ...(!training.outcome && training.moments.length > 0 ? [notCarried('training')] : []),
  ]
}
