import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { TrainingRun } from '../../core/training/training-run.ts'
import { fitCamera, type Camera, type Viewport } from '../map/camera.ts'
import { EmbeddingMap } from '../map/EmbeddingMap.tsx'
import { mapSummary } from '../map/figure.ts'
import { MapLegend, type ColourLegend } from '../map/MapLegend.tsx'
import type { MapColours, MapMarkers } from '../map/types.ts'
import { firstTwoAxes, steadyBounds } from './live-map.ts'
import './training.css'

interface LiveMapProps {
  run: TrainingRun
  /** Items of the dataset drawn, and the latent coordinates of each: of the moment shown, or of the map before. */
  items: Int32Array // [rows]
  latent: Float32Array // [rows, d]
  colours: MapColours
  legend: ColourLegend
  /** Of items, at their rows on this picture. */
  marked: { origin?: number | null; originLabel?: string; focus?: number | null }
  /** "universe", for markers and the keyboard's words. */
  noun: string
  /** Of the map that is shown while there is no picture of a training. */
  before: string
  /** What the picture holds. */
  note: ReactNode
  onPick: (item: number) => void
  onClear: () => void
}

/** Width and height that the map's frame takes off its element; see embedding.css. */
const frameSize = { width: 54, height: 52 }

/** The moment that is on the map; undefined while there is none. */
export function shownMoment({ moments, shown }: Pick<TrainingRun, 'moments' | 'shown'>) {
  return moments[shown ?? moments.length - 1]
}

/** The map as it learns: the camera holds every picture so far, so that scrubbing moves points and not axes. */
export function LiveMap(props: LiveMapProps) {
  const { run, items, latent, colours, legend, marked, noun, before, note, onPick, onClear } = props
  const frame = useRef<HTMLDivElement>(null)
  const [viewport, setViewport] = useState<Viewport>({ width: 0, height: 0 })
  const [ownCamera, setOwnCamera] = useState<Camera | null>(null)
  // The picture from which on the camera must hold everything; "Fit" sets it to the one shown.
  const [heldFrom, setHeldFrom] = useState({ key: '', from: 0 })

  const { moments, shown } = run
  const at = shown ?? moments.length - 1
  const rows = items.length
  const points = useMemo(
    () => ({ ...firstTwoAxes(latent, rows), count: rows, version: at }),
    [latent, rows, at],
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
  const steady = useMemo(
    () => (moments.length ? fitCamera(steadyBounds(moments, rows, from), viewport) : null),
    [moments, rows, from, viewport],
  )
  function changeCamera(camera: Camera | null): void {
    setOwnCamera(camera)
    if (!camera) setHeldFrom({ key: run.key, from: Math.max(0, at) })
  }

  const { x, y } = points
  const { origin, originLabel, focus } = marked
  const markers = useMemo((): MapMarkers => {
    const place = (item: number | null | undefined, label: string) => {
      const row = item === null || item === undefined ? -1 : items.indexOf(item)
      return row < 0 ? null : { x: x[row], y: y[row], label }
    }
    return {
      origin: place(origin, originLabel ?? ''),
      focus: focus === origin ? null : place(focus, `${noun} ${focus}`),
    }
  }, [items, x, y, origin, originLabel, focus, noun])

  const dimension = rows ? latent.length / rows : 2
  const moment = shownMoment(run)
  const title = moment ? `step ${moment.step}` : before
  const capital = noun.charAt(0).toUpperCase() + noun.slice(1)
  return (
    <div className="map-panel">
      <div className="map-frame" ref={frame}>
        <EmbeddingMap
          points={points}
          colours={colours}
          camera={ownCamera ?? steady}
          onCameraChange={changeCamera}
          onPick={(row) => {
            if (row !== null) onPick(items[row])
          }}
          onClear={onClear}
          markers={markers}
          corner={dimension > 2 ? `${title}, 2 of ${dimension} latent axes` : title}
          summary={`${title}. ${mapSummary(x, y, points.count, 0, ['z₁', 'z₂'])}`}
          describeRow={(row) => `${capital} ${items[row]}`}
        />
      </div>
      <div className="map-foot">
        <MapLegend legend={legend} />
        <span className="small soft">{note}</span>
      </div>
    </div>
  )
}
