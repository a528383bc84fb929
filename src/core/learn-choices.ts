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
