import { render } from '@testing-library/react'
import { studyViews } from '../app/study-views.tsx'
import { createMemoryCheckpointStore } from '../core/checkpoint-store.ts'
import type { Platform } from '../core/platform.ts'
import type { Study, StudyContext } from '../core/study.ts'
import type { Verb } from '../core/verbs.ts'
import { drawMap } from '../studies/events/analysis/draw-map.ts'
import { encoderHandlers } from '../ml/encoder-job.ts'
import {
  trainEventsJob,
  type TrainEventsRequest,
} from '../studies/events/analysis/encoder/train-events-job.ts'
import { handlers } from '../studies/events/compute-handlers.ts'
import { eventsDefaults } from '../studies/events/default-intent.ts'
import type { EventsIntent } from '../studies/events/intent.ts'
import type { EventsJobs, EventsMlJobs } from '../studies/events/jobs.ts'
import type { EventsParts } from '../studies/events/open.ts'
import { events } from '../studies/events/study.ts'
import { ShellContext } from '../ui/shell-context.tsx'
import { createInProcessJobs } from './in-process.ts'
import { smallModels } from './small-events.ts'
import { smallPage } from './small-page.ts'

/** A view of models by their events over the study's own jobs, but that samples are small and made on the spot; `asked` names every job. */
export function eventsPage(view: Verb, patch: Partial<EventsIntent> = {}, instead: Partial<Platform> = {}) {
  const asked: string[] = []
  const counted = Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (request: never, context: never) => {
        asked.push(name)
        return (handler as (request: never, context: never) => unknown)(request, context)
      },
    ]),
  ) as unknown as typeof handlers
  const compute = createInProcessJobs<EventsJobs>({
    ...counted,
    async *'open-events'({ samples, encoder, ...settings }) {
      asked.push('open-events')
      const models = smallModels(samples.length, 1000).map((model, m) => ({
        ...{ ...model, id: samples[m].id, title: samples[m].title },
      }))
      for (const model of models) yield { kind: 'model', model }
      yield* drawMap({ models, encoder, ...settings })
      return { sets: samples.length * settings.sets }
    },
  })
  const ml = createInProcessJobs<EventsMlJobs>({
    // A few steps of small batches, with the same code.
    ...encoderHandlers(({ config, ...request }: TrainEventsRequest) =>
      trainEventsJob(
        { ...request, config: { ...config, steps: 6, replicasPerUniverse: 4, backend: 'cpu' } },
        {},
      ),
    ),
    'probe-backends': async () => [],
    'warm-up': async () => null,
  })
  const jobs = ((script: string) => {
    return script === 'compute' ? compute : ml
  }) as unknown as StudyContext<EventsParts>['jobs']
  const intent: EventsIntent = { ...eventsDefaults, sets: 20, contours: false, ...patch }
  const made = smallPage(events, intent, view, createMemoryCheckpointStore(), jobs, instead)
  // The study is opened with the jobs of this page, not with workers.
  const open = {
    ...made.open,
    open: async () => ({
      study: events as unknown as Study,
      context: made.context,
      handle: await handleOf(),
    }),
  }
  let handle: Promise<EventsParts['handle']> | undefined
  const handleOf = () => (handle ??= events.open(made.context))
  const views = studyViews([events as unknown as Study], open as unknown as typeof made.open)[events.id]
  const shellOf = { store: made.appStore, actions: made.shell, drop: async () => undefined }
  function show(verb: Verb): void {
    const View = views[verb]
    if (!View) throw new Error(`events have no ${verb}`)
    drawn.rerender(
      <ShellContext value={shellOf}>
        <View />
      </ShellContext>,
    )
  }
  const drawn = render(<></>)
  show(view)
  return { ...made, asked, show }
}
