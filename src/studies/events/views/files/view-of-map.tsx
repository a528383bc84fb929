import type { ComponentType } from 'react'
import { PanelBoundary } from '../../../../ui/common/PanelBoundary.tsx'
import { UntilReady } from '../../../../ui/common/UntilReady.tsx'
import { ownDataset } from '../../own-dataset.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { useEvents, useEventsState } from '../context.tsx'
import { OwnFilesPanel } from './OwnFilesPanel.tsx'

/** A view of the map; until there is one, how far it is, or where the files go of which it will be. */
export function viewOfMap(title: string, View: ComponentType<EventsMap>) {
  return function ViewOfMap() {
    const { retry } = useEvents()
    const map = useEventsState((state) => state.map)
    const dataset = useEventsState((state) => state.intent.dataset)
    if (dataset === ownDataset.id && map.value?.dataset !== ownDataset.id)
      return (
        <PanelBoundary title={ownDataset.title}>
          <OwnFilesPanel />
        </PanelBoundary>
      )
    return (
      <UntilReady title={title} answer={map} onRetry={retry}>
        {(value) => <View {...value} />}
      </UntilReady>
    )
  }
}
