import type { AppActions } from '../core/app-actions.ts'
import type { AppIntent } from '../core/app-state.ts'
import { placeOf } from '../core/lesson-place.ts'
import type { Study } from '../core/study.ts'
import type { Lesson } from './lesson.ts'
import { merged } from './merged.ts'

/**
 * Goes to a step, with what it begins with on the page; a step that begins with nothing of its own leaves the page as it
 * is. One step of undo.
 *
 * @param from  the step whose beginning it gets
 */
export function beginStep(
  { studies, actions, intent }: { studies: readonly Study[]; actions: AppActions; intent: AppIntent },
  lesson: Lesson,
  step: number,
  from = step,
): void {
  const place = placeOf(lesson.id, step)
  const beginning = lesson.steps[from]?.begin?.(intent.learn.student)
  const study = studies.find(({ id }) => id === beginning?.study)
  if (!beginning || !study) return actions.learn({ place })
  const own = merged(study.defaults, beginning.intent ?? {})
  actions.learn(
    { place },
    {
      ...{ view: beginning.view, study: study.id },
      studies: { ...intent.studies, [study.id]: own },
    },
  )
}

/** The step that a reset of this one begins from: the last up to it with a beginning of its own. */
export function startOf(lesson: Lesson, step: number): number {
  for (let k = step; k > 0; k--) if (lesson.steps[k]?.begin) return k
  return 0
}

/**
 * Whether a link names a step and nothing of what the page shows: written by hand for a class, it opens what the step begins
 * with. Links that are copied always name the view.
 */
export function beginsStep(hash: string): boolean {
  const keys = hash
    .replace(/^#/, '')
    .split('&')
    .map((pair) => pair.split('=', 1)[0])
  const ofClass = ['learn', 'student', 'hide', 'projector', 'lang', 'v', 'g', 'k']
  return keys.includes('learn') && keys.every((key) => ofClass.includes(key))
}
