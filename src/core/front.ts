import type { AppIntent } from './app-state.ts'
import type { Study } from './study.ts'

export interface Front {
  /** The study whose view is shown. */
  study: Study
  /** The study of the chosen dataset, where it has no such view and another one stands in. */
  insteadOf: Study | null
}

/**
 * The study that shows the open view: that in front, or, where it lacks the view, the first that has it. Which one is
 * in front does not change by that, so that Back returns to where one was.
 */
export function frontOf(
  { study, view }: Pick<AppIntent, 'study' | 'view'>,
  studies: readonly Study[],
): Front {
  const chosen = studies.find(({ id }) => id === study) ?? studies[0]
  if (chosen.views[view]) return { study: chosen, insteadOf: null }
  const other = studies.find(({ views }) => views[view])
  return other ? { study: other, insteadOf: chosen } : { study: chosen, insteadOf: null }
}
