import { render } from '@testing-library/react'
import { studyViews } from '../app/study-views.tsx'
import type { CheckpointStore } from '../core/checkpoint-store.ts'
import type { Study, StudyParts } from '../core/study.ts'
import type { Verb } from '../core/verbs.ts'
import type { LoadHandlers } from '../workers/serve-studies.ts'
import { inProcessScript } from './in-process.ts'
import { smallPage } from './small-page.ts'

const found = import.meta.glob<{ handlers: never }>('./studies/*/*-handlers.ts')

/** Handlers of the studies that only tests know, under the names by which the worker scripts find those of the others. */
const modules: Record<string, LoadHandlers> = Object.fromEntries(
  Object.entries(found).map(([file, load]) => [`.${file}`, async () => (await load()).handlers]),
)

/** A view of a study that only tests know, in a page whose workers serve the study's own handlers; `show` draws another of its views. */
export function studyPage<P extends StudyParts>(
  study: Study<P>,
  intent: P['intent'],
  view: Verb,
  checkpoints: CheckpointStore,
) {
  const made = smallPage(study, intent, view, checkpoints, undefined, {
    spawn: (script) => {
      const name = `../studies/${study.id}/${script}-handlers.ts`
      return inProcessScript({ [name]: modules[name] })
    },
  })
  const views = studyViews([study as unknown as Study], made.open)[study.id]
  function show(verb: Verb): void {
    const View = views[verb]
    if (!View) throw new Error(`${study.id} have no ${verb}`)
    drawn.rerender(<View />)
  }
  const drawn = render(<></>)
  show(view)
  return { ...made, show }
}
