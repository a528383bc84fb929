import type { Command } from '../../../core/command.ts'
import type { Verb } from '../../../core/verbs.ts'
import type { EventsIntent } from '../intent.ts'
import type { EventsParts } from '../open.ts'

/** Every action of this study, for Ctrl-K. */
export function eventsCommands(open: () => Promise<EventsParts['handle']>): Command[] {
  const run = (act: (handle: EventsParts['handle']) => void) => () => void open().then(act)
  const show = (id: string, label: string, patch: Partial<EventsIntent> & { view: Verb }): Command => ({
    ...{ id: `events-${id}`, group: 'Events', label },
    run: run(({ context }) => context.change(patch)),
  })
  return [
    show('pairs', 'Distances of all pairs of models, with limits', { view: 'interpret', tab: 'distances' }),
    show('benchmarks', 'Few models that stand for all, and gaps between them', {
      view: 'interpret',
      tab: 'benchmarks',
    }),
    show('event-ratio', 'Exact |M|² ratio of two models at the events of a Les Houches file', {
      view: 'interpret',
      tab: 'event-ratio',
    }),
    show('set-size', 'How models come apart as sets grow', { view: 'interpret', tab: 'set-size' }),
    show('features', 'Which features tell two models apart', { view: 'interpret', tab: 'features' }),
    show('places', 'What the events near a place of the map look like', { view: 'interpret', tab: 'place' }),
    {
      ...{ id: 'events-live', group: 'Events', label: 'Generate the events of a live model, or remove it' },
      run: run(({ context }) => {
        const { live } = context.store.getState().intent
        context.change({ view: 'explore', live: { ...live, on: !live.on } })
      }),
    },
    {
      ...{ id: 'events-files', group: 'Events', label: 'A map of your own files of events' },
      run: run(({ showFiles }) => showFiles()),
    },
    {
      ...{ id: 'events-all', group: 'Events', label: 'Show all models on the map' },
      run: run(({ context }) => context.change({ view: 'explore', hidden: [] })),
    },
    {
      ...{ id: 'events-train', group: 'Events', label: 'Train the encoder of sets of events' },
      run: run(({ context }) => context.change({ view: 'train' })),
    },
  ]
}
