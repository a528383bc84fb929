import type { StudyContext } from '../../core/study.ts'
import type { StudyStore } from '../../core/study-store.ts'
import type { EventsIntent } from './intent.ts'
import type { EventsJobs, EventsMlJobs } from './jobs.ts'
import type { EventsState } from './state/events-state.ts'

/** The types of what this study keeps and asks for. */
export interface EventsModel {
  intent: EventsIntent
  state: EventsState
  jobs: { compute: EventsJobs; ml: EventsMlJobs }
}

export type EventsContext = StudyContext<EventsModel>
export type EventsStore = StudyStore<EventsIntent, EventsState>
