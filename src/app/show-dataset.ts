import type { AppActions } from '../core/app-actions.ts'
import type { AppStore } from '../core/app-store.ts'
import type { Study } from '../core/study.ts'
import { verbs } from '../core/verbs.ts'

/** Puts a study in front with one of its datasets; the view stays where the study has it, else its first is shown. */
export function showDataset(store: AppStore, actions: AppActions, study: Study, dataset: string): void {
  const { intent } = store.getState()
  const view = study.views[intent.view] ? intent.view : verbs.find((verb) => study.views[verb])
  actions.front(study.id, { ...study.showDataset(intent.studies[study.id], dataset), ...(view && { view }) })
}
