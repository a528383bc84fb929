import { useAppState } from '../app-context.tsx'
import { Panel } from '../common/Panel.tsx'
import { FirstPicture } from './FirstPicture.tsx'
import { MapLead } from './MapLead.tsx'
import { MapToolbar } from './MapToolbar.tsx'
import { StartButtons } from './StartButtons.tsx'

const ignore = (): void => undefined

/** The view before its dataset is open: the frame of what comes, so that nothing jumps when it does. */
export function OpeningExplore() {
  const dataset = useAppState((state) => state.dataset)
  const { dataset: id, model, camera, setup } = useAppState((state) => state.intent)
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
          <MapToolbar tool="pan" onTool={ignore} showArrows={false} onShowArrows={ignore} />
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
