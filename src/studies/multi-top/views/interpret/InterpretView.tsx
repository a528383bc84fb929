import { lazyPart } from '../../../../ui/common/lazy-part.tsx'
import { Progress } from '../../../../ui/common/Progress.tsx'
import { Tabs } from '../../../../ui/common/Tabs.tsx'
import type { MapEvents } from '../../analysis/map/map-events.ts'
import { useMultiTop, useMultiTopState, viewOf } from '../context.tsx'
import '../multi-top.css'
import { EventTab } from './EventTab.tsx'

const SearchTab = lazyPart(
  async () => (await import('./SearchTab.tsx')).SearchTab,
  <Progress label="Loading" />,
)

/** A transformer asked about one event, and about all: numbers hidden, objects dragged, a search by its doubts. */
export const InterpretView = viewOf((state) => state.events, 'Numbers of an event', OpenInterpret)

const tabs = [
  { id: 'event' as const, label: 'One event' },
  { id: 'search' as const, label: 'Search' },
]

function OpenInterpret(events: MapEvents) {
  const { context } = useMultiTop()
  const tab = useMultiTopState((state) => state.intent.tab)
  return (
    <Tabs label="Questions" items={tabs} selected={tab} onSelect={(next) => context.change({ tab: next })}>
      {tab === 'event' ? <EventTab {...events} /> : <SearchTab events={events} />}
    </Tabs>
  )
}
