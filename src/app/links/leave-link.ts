import type { AppActions } from '../../core/app-actions.ts'
import type { NoticeChoice } from '../../core/app-state.ts'
import type { AppStore } from '../../core/app-store.ts'
import type { Study } from '../../core/study.ts'
import { defaultIntent } from './default-intent.ts'

/**
 * The way out of the link that has just been followed, as one step of undo: to what was open before it, or to what the page
 * opens with where it opened with the link. What was computed and dropped is no part of the intent and stays.
 */
export function leaveLink(store: AppStore, actions: AppActions, studies: readonly Study[]): NoticeChoice {
  const before = store.getState().past.at(-1)
  return before
    ? { label: 'Go back to what was open', run: () => actions.replace(before) }
    : { label: 'Open without the link', run: () => actions.replace(defaultIntent(studies)) }
}
