import { useDrellYanState } from '../context.tsx'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { FirstPicture } from './FirstPicture.tsx'
import { MapToolbar } from '../../../../ui/map/MapToolbar.tsx'
import { MapChoices } from './MapChoices.tsx'
import { MapLead } from './MapLead.tsx'
import { StartButtons } from './StartButtons.tsx'

const ignore = (): void => undefined

/** The view before its dataset is open: the frame of what comes, so that nothing jumps when it does. */
export function OpeningExplore() {
  const dataset = useDrellYanState((state) => state.dataset)
  const { dataset: id, model, camera, selection, setup } = useDrellYanState((state) => state.intent)
  return (
    <div className="explore">
      <Panel
        title="Map of universes"
        className="map-host"
        state={{
          kind: 'partial',
          message: dataset.label ?? 'Opening the map',
          fraction: dataset.fraction ?? undefined,
        }}
        badges={<MapLead />}
        actions={<StartButtons />}
      >
        <div className="map-panel" inert>
          <MapToolbar
            label="Map"
            dragging="Dragging on the map"
            tool="pan"
            onTool={ignore}
            onShowAll={camera && ignore}
            onClearSelection={selection && ignore}
          >
            <MapChoices />
          </MapToolbar>
          <div className="map-frame">
            {camera === null && setup === null && <FirstPicture dataset={id} model={model} />}
          </div>
          <div className="map-foot small soft">Each dot will answer to the pointer in a moment.</div>
        </div>
      </Panel>
      <div className="explore-side">
        <Panel title="Spectrum" state={{ kind: 'loading', label: 'Loading spectra' }} />
        <Panel title="Inspector" state={{ kind: 'loading', label: 'Loading coefficients' }} />
      </div>
    </div>
  )
}
