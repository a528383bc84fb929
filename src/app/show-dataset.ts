import type { AppActions } from '../core/app-actions.ts'
import type { AppStore } from '../core/app-store.ts'
import type { Study } from '../core/study.ts'
import { verbs } from '../core/verbs.ts'

/** Puts a study in front with one of its datasets; the view stays where the study has it, else its first is shown. */
export function showDataset(store: AppStore, actions: AppActions, study: Study, dataset: string): void {
  bringToFront(store, actions, study, study.showDataset(store.getState().intent.studies[study.id], dataset))
}

/** Puts a study in front with a change of its intent; the view as above. */
export function bringToFront(store: AppStore, actions: AppActions, study: Study, patch: object = {}): void {
  const { view: shown } = store.getState().intent
  const view = study.views[shown] ? shown : verbs.find((verb) => study.views[verb])
  actions.front(study.id, { ...patch, ...(view && { view }) })
}
