import type { ComponentType } from 'react'
import type { OpenStudies } from '../core/open-studies.ts'
import type { Study, StudyView } from '../core/study.ts'
import { verbs, type Verb } from '../core/verbs.ts'
import { lazyPart } from '../ui/common/lazy-part.tsx'
import { Progress } from '../ui/common/Progress.tsx'
import { StudyContext } from '../ui/study-context.tsx'

/** Components by study and view. */
export type StudyViews = Readonly<Record<string, { readonly [verb in Verb]?: ComponentType }>>

const opening = <Progress label="Opening the view" />

/** Every view, with what it acts with around it; both come when the view is first shown. */
export function studyViews(studies: readonly Study[], open: OpenStudies): StudyViews {
  const partOf = (study: Study, view: StudyView): ComponentType =>
    lazyPart(async () => {
      const [entry, View] = await Promise.all([open.open(study.id), view.load()])
      return function OpenView() {
        return (
          <StudyContext value={entry}>
            <View />
          </StudyContext>
        )
      }
    }, opening)
  return Object.fromEntries(
    studies.map((study) => [
      study.id,
      Object.fromEntries(
        verbs.flatMap((verb) => {
          const view = study.views[verb]
          return view ? [[verb, partOf(study, view)]] : []
        }),
      ),
    ]),
  )
}
