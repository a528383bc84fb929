import { PanelBoundary } from '../../../../ui/common/PanelBoundary.tsx'
import { ownDataset } from '../../own-dataset.ts'
import { useEventsState } from '../context.tsx'
import { OwnFilesPanel } from '../files/OwnFilesPanel.tsx'
import { KnownPanel } from './KnownPanel.tsx'
import { SamplesPanel } from './SamplesPanel.tsx'
import { SetsPanel } from './SetsPanel.tsx'
import './data.css'

/** What the events are, how sets are drawn of them, and what is known of the method. */
export function DataView() {
  const own = useEventsState((state) => state.intent.dataset === ownDataset.id)
  return (
    <div className="events-data">
      <PanelBoundary title="Samples">{own ? <OwnFilesPanel /> : <SamplesPanel />}</PanelBoundary>
      <div className="events-data-column">
        <PanelBoundary title="Sets">
          <SetsPanel />
        </PanelBoundary>
        <PanelBoundary title="About">
          <KnownPanel />
        </PanelBoundary>
      </div>
    </div>
  )
}
