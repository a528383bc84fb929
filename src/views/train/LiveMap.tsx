import { useEffect, useMemo, useRef, useState } from 'react'
import type { OpenDataset, TrainingRun } from '../../state/app-state.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { fitCamera, type Camera, type Viewport } from '../embedding/camera.ts'
import { EmbeddingMap } from '../embedding/EmbeddingMap.tsx'
import { mapSummary } from '../embedding/figure.ts'
import type { MapMarkers } from '../embedding/types.ts'
import { mapColours } from '../explore/map-colours.ts'
import { MapLegend } from '../explore/MapLegend.tsx'
import { firstTwoAxes, steadyBounds } from './live-map.ts'

/** Width and height that the map's frame takes off its element; see embedding.css. */
const frameSize = { width: 54, height: 52 }

/** Universes and replicas under the encoder in training, or under the map's encoder while there is none. */
export function LiveMap({ open, run }: { open: OpenDataset; run: TrainingRun }) {
  const { actions } = useApp()
  const colourBy = useAppState((state) => state.intent.colourBy)
  const focus = useAppState((state) => state.intent.focus)
  const frame = useRef<HTMLDivElement>(null)
  const [viewport, setViewport] = useState<Viewport>({ width: 0, height: 0 })
  const [ownCamera, setOwnCamera] = useState<Camera | null>(null)
  // The picture from which on the camera must hold everything; "Fit" sets it to the one shown.
  const [heldFrom, setHeldFrom] = useState({ key: '', from: 0 })

  const { moments, shown } = run
  const at = shown ?? moments.length - 1
  const moment = moments[at]
  const universe = useMemo(
    () => (moment ? run.previewUniverse : Int32Array.from({ length: open.header.table.count }, (_, u) => u)),
    [moment, run.previewUniverse, open.header],
  )
  const latent = moment?.latent ?? open.embedding.universes
  const points = useMemo(
    () => ({ ...firstTwoAxes(latent, universe.length), count: universe.length, version: at }),
    [latent, universe, at],
  )
  const { colours, legend } = useMemo(
    () => mapColours({ universe }, open, colourBy),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- rows that stream in change no universe
    [universe, open.header, colourBy],
  )

  useEffect(() => {
    const host = frame.current
    if (!host) return
    const observer = new ResizeObserver(() =>
      setViewport({
        width: host.clientWidth - frameSize.width,
        height: host.clientHeight - frameSize.height,
      }),
    )
    observer.observe(host)
    return () => observer.disconnect()
  }, [])

  const from = heldFrom.key === run.key ? heldFrom.from : 0
  const rows = universe.length
  const steady = useMemo(
    () => (moments.length ? fitCamera(steadyBounds(moments, rows, from), viewport) : null),
    [moments, rows, from, viewport],
  )
  function changeCamera(camera: Camera | null): void {
    setOwnCamera(camera)
    if (!camera) setHeldFrom({ key: run.key, from: Math.max(0, at) })
  }

  const { x, y } = points
  const markers = useMemo((): MapMarkers => {
    const focused = focus.kind === 'universe' ? universe.indexOf(focus.id) : -1
    const sm = universe.indexOf(0)
    return {
      sm: sm < 0 ? null : { x: x[sm], y: y[sm], label: 'SM' },
      focus: focused < 1 ? null : { x: x[focused], y: y[focused], label: `universe ${universe[focused]}` },
    }
  }, [universe, x, y, focus])

  const dimension = rows ? latent.length / rows : 2
  const title = moment ? `step ${moment.step}` : `encoder on the map: ${open.encoder.id}`
  return (
    <div className="map-panel">
      <div className="map-frame" ref={frame}>
        <EmbeddingMap
          points={points}
          colours={colours}
          camera={ownCamera ?? steady}
          onCameraChange={changeCamera}
          onPick={(row) => {
            if (row !== null) actions.change({ focus: { kind: 'universe', id: universe[row] } })
          }}
          onClear={() => actions.change({ focus: { kind: 'live' } })}
          markers={markers}
          corner={dimension > 2 ? `${title}, 2 of ${dimension} latent axes` : title}
          summary={`${title}. ${mapSummary(x, y, points.count, 0, ['z₁', 'z₂'])}`}
          describeRow={(row) => `Universe ${universe[row]}`}
        />
      </div>
      <div className="map-foot">
        <MapLegend legend={legend} flagged={0} />
        <span className="small soft">
          {moment
            ? 'means and four replicas of the first universes of the dataset'
            : 'every universe of the dataset; a training shows its own picture here'}
        </span>
      </div>
    </div>
  )
}
