import type { AppActions } from '../../core/app-actions.ts'
import type { AppStore } from '../../core/app-store.ts'
import { frontOf } from '../../core/front.ts'
import type { OpenStudies } from '../../core/open-studies.ts'
import type { Study } from '../../core/study.ts'
import type { OpenedLink } from './links.ts'

/**
 * Says what the sender of a link had beside it and this browser has not: only the study can tell, and some of it only once its dataset
 * is open. Of links that are followed one after another, the last is told of.
 */
export function createTellLacking(
  studies: readonly Study[],
  store: AppStore,
  actions: Pick<AppActions, 'notify'>,
  open: Pick<OpenStudies, 'context'>,
): (link: Pick<OpenedLink, 'lacks' | 'asked'>) => Promise<void> {
  let newest = 0
  return async ({ lacks, asked }) => {
    const turn = ++newest
    if (lacks.length === 0) return
    const { study } = frontOf(store.getState().intent, studies)
    const lacking = (await study.lacking?.(lacks, asked.studies[study.id], open.context(study.id))) ?? lacks
    const { openedSentence } = await import('../../core/not-carried.ts')
    const sentence = openedSentence(lacking)
    if (sentence !== null && turn === newest) actions.notify('warning', sentence)
  }
}
