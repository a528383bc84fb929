import type { HideableControl, Language } from './learn-choices.ts'

/** Where a reader of the lessons is, and how a teacher's link wants the page. */
export interface LearnIntent {
  /** null: no lesson is open; "list": which there are; else lesson and step, counted from one, as "universe.3". */
  readonly place: string | null
  /** Seed of what differs between students, 0 to 9999; 0 is that of a reader alone. */
  readonly student: number
  readonly hide: readonly HideableControl[]
  /** Large type and fewer panels. */
  readonly projector: boolean
  /** null: that of the browser. */
  readonly language: Language | null
}

export const noLesson: LearnIntent = {
  place: null,
  student: 0,
  hide: [],
  projector: false,
  language: null,
}
