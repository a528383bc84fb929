/** Controls that a teacher's link can hide, by the name that their elements carry in `data-control`. */
export const hideableControls = [
  'views',
  'datasets',
  'share',
  'commands',
  'history',
  'settings',
  'skip',
  'show-me',
] as const

export type HideableControl = (typeof hideableControls)[number]

/** Languages of the lessons; each has one file of messages in `lessons/languages/`. */
export const languages = ['en', 'es'] as const

export type Language = (typeof languages)[number]

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

/** Lesson and step, from 0, of a place; null where it names no step. */
export function lessonPlace(place: string | null): { lesson: string; step: number } | null {
  const found = /^([a-z][a-z-]{0,31})\.([1-9]\d?)$/.exec(place ?? '')
  return found ? { lesson: found[1], step: Number(found[2]) - 1 } : null
}

export const placeOf = (lesson: string, step: number): string => `${lesson}.${step + 1}`
