import { PanelBoundary } from '../../../../ui/common/PanelBoundary.tsx'
import { KnownPanel } from './KnownPanel.tsx'
import { SamplesPanel } from './SamplesPanel.tsx'
import { SetsPanel } from './SetsPanel.tsx'
import './data.css'

/** What the events are, how sets are drawn of them, and what is known of the method. */
export function DataView() {
  return (
    <div className="events-data">
      <PanelBoundary title="Samples">
        <SamplesPanel />
      </PanelBoundary>
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
