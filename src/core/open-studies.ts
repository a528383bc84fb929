import { createJobClient } from '../jobs/job-client.ts'
import { createJobPool } from '../jobs/job-pool.ts'
import type { JobMapShape } from '../jobs/protocol.ts'
import { withStudy, type AppActions } from './app-actions.ts'
import type { AppIntent } from './app-state.ts'
import type { AppStore } from './app-store.ts'
import { lazily } from './lazily.ts'
import type { Platform, WorkerScript } from './platform.ts'
import type { ClientOf, Study, StudyContext } from './study.ts'
import { createStudyStore } from './study-store.ts'

/** A study that is at work in the page. */
export interface OpenStudy {
  study: Study
  context: StudyContext
  /** What its views act with. */
  handle: object
}

export interface OpenStudies {
  /** Opens a study, the first time; a failed opening is tried again at the next call. */
  open(id: string): Promise<OpenStudy>
  /** Its context, which is there before the study is opened. */
  context(id: string): StudyContext
}

/** @param link  address of what an intent shows */
export function createOpenStudies(
  studies: readonly Study[],
  store: AppStore,
  actions: AppActions,
  platform: Platform,
  link: (intent: AppIntent) => Promise<string>,
): OpenStudies {
  function contextOf(study: Study): StudyContext {
    const { id } = study
    return {
      store: createStudyStore(store, id),
      platform,
      change: (patch, key) => actions.changeStudy(id, { ...patch }, key),
      settle: () => actions.settle(),
      undo: () => actions.undo(),
      notify: (tone, text, choices) => actions.notify(tone, text, choices),
      notSaved: (text) => actions.notSaved(text),
      jobs: <K extends WorkerScript>(script: K, workers = 1) =>
        jobsOf(id, script, workers, platform) as never,
      link: (patch = {}) => link(withStudy(store.getState().intent, id, { ...patch })),
      before: () => store.getState().past.at(-1)?.studies[id],
    }
  }
  const entries = new Map(
    studies.map((study) => {
      const context = contextOf(study)
      const open = lazily(async () => ({ study, context, handle: await study.open(context) }))
      return [study.id, { context, open }]
    }),
  )
  function entryOf(id: string) {
    const entry = entries.get(id)
    if (!entry)
      throw new Error(`There is no study "${id}" here; there are ${[...entries.keys()].join(', ')}.`)
    return entry
  }
  return { open: (id) => entryOf(id).open(), context: (id) => entryOf(id).context }
}

/** The script's handlers are found by study and job: "drell-yan/open-dataset". */
function jobsOf<M extends JobMapShape<M>>(
  study: string,
  script: WorkerScript,
  workers: number,
  platform: Platform,
): ClientOf<M> {
  const spawn = () => platform.spawn(script)
  const client = workers === 1 ? createJobClient<M>(spawn, study) : createJobPool<M>(spawn, workers, study)
  return client as unknown as ClientOf<M>
}
