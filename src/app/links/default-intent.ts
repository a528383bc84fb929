import type { AppIntent } from '../../core/app-state.ts'
import { noLesson } from '../../core/learn.ts'
import type { Study } from '../../core/study.ts'

/** What the page opens with. */
export function defaultIntent(studies: readonly Study[]): AppIntent {
  return {
    view: 'explore',
    study: studies[0].id,
    studies: Object.fromEntries(studies.map(({ id, defaults }) => [id, defaults])),
    learn: noLesson,
  }
}
