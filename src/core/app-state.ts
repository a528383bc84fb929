import type { LearnIntent } from './learn.ts'
import type { Verb } from './verbs.ts'

/** The only thing a person or a link can set. Equal intent, data and models give equal pixels. */
export interface AppIntent {
  readonly view: Verb
  /** Study in front: that of the dataset chosen in the header. */
  readonly study: string
  /** What each study was asked for, by id; each study's schema says what it holds. */
  readonly studies: Readonly<Record<string, object>>
  readonly learn: LearnIntent
}

/** What a person can answer to a notice, which is dismissed by it. */
export interface NoticeChoice {
  readonly label: string
  run(): void
}

export interface Notice {
  id: number
  tone: 'info' | 'warning' | 'error'
  text: string
  /** How often it was said since it was last dismissed. */
  times: number
  /** It stays until one of them is taken, or it is dismissed. */
  choices?: readonly NoticeChoice[]
}

export interface AppState {
  readonly intent: AppIntent
  readonly past: readonly AppIntent[]
  readonly future: readonly AppIntent[]
  readonly notices: readonly Notice[]
  /** The browser refused to store something of this visit. */
  readonly notSaved: boolean
  /** What each study has made or read, by id. */
  readonly parts: Readonly<Record<string, object>>
}
