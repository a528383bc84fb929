import { useMemo } from 'react'
import type { DirectionsReport } from '../../analysis/directions/directions-report.ts'
import { operatorNames, operators } from '../../../../physics/smeft/operators.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { hexToRgb, legibleOn, petroff8 } from '../../../../ui/plots/palettes.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import type { Camera } from '../../../../ui/map/camera.ts'
import { EmbeddingMap } from '../../../../ui/map/EmbeddingMap.tsx'
import type { MapArrow, MapColours } from '../../../../ui/map/types.ts'
import { useGroundColours } from '../../../../ui/map/use-ground-colours.ts'
import '../../../../ui/map/map-panel.css'

/** Prior half widths of an arrow. */
const arrowReach = 1

/** Universes in grey, operators as arrows coloured by their template family. */
export function DirectionsMap({ open, report }: { open: OpenDataset; report: DirectionsReport }) {
  const { actions } = useDrellYan()
  const camera = useDrellYanState((state) => state.intent.panels.directionsCamera)
  const { header, embedding } = open
  const { paper } = useGroundColours()
  const { points, colours } = useMemo(() => {
    const n = header.table.count
    const d = embedding.latentDim
    const x = Float32Array.from({ length: n }, (_, u) => embedding.universes[u * d])
    const y = Float32Array.from({ length: n }, (_, u) => embedding.universes[u * d + 1])
    // Grey ground: colour belongs to the arrows here.
    const colours: MapColours = { kind: 'class', index: new Uint8Array(n).fill(255), palette: [] }
    return { points: { x, y, count: n, version: 0 }, colours }
  }, [header, embedding])
  const arrows = useMemo((): MapArrow[] => {
    const { step, latentDim } = report.directions
    const [x, y] = embedding.standardModel
    return operatorNames.map((_, o) => {
      const reach = arrowReach * header.universeModel.prior.halfWidth[o]
      return {
        ...{ x, y, dx: reach * step[o * latentDim], dy: reach * step[o * latentDim + 1] },
        label: operators[o].symbol,
        colour: familyColour(report.templates.labels[o], paper),
        emphasis: true,
      }
    })
  }, [report, embedding, header, paper])
  // Framed around the arrows; Fit comes back to them, zooming out shows the universes.
  const framed = useMemo((): Camera => {
    const halfSpan = arrows.reduce((most, { dx, dy }) => Math.max(most, Math.abs(dx), Math.abs(dy)), 0)
    return { x: arrows[0].x, y: arrows[0].y, halfSpan: 1.15 * halfSpan || 1 }
  }, [arrows])
  return (
    <div className="stack">
      <div className="directions-map">
        <EmbeddingMap
          points={points}
          colours={colours}
          camera={camera ?? framed}
          onCameraChange={(directionsCamera) => actions.showIn({ directionsCamera }, 'directions-camera')}
          arrows={arrows}
          markers={{ origin: { x: embedding.standardModel[0], y: embedding.standardModel[1], label: 'SM' } }}
          summary={`Map of ${points.count} universes with one arrow per operator: where its prior half width moves the Standard Model.`}
        />
      </div>
      <div className="map-legend small" aria-label="Template families">
        {report.templates.names.map((name, k) => (
          <span key={name} className="legend-entry">
            <span className="swatch" style={{ background: familyColour(k, paper) }} aria-hidden="true" />
            {name}
          </span>
        ))}
      </div>
      <p className="small soft">
        Arrows: Jacobian of the encoder at the Standard Model times the whitened template, for the prior’s
        half width; colours: families by |cosine| of whitened templates.
      </p>
    </div>
  )
}

/** As legible on the ground as the points of the map. */
function familyColour(family: number, paper: readonly number[]): string {
  const rgb = legibleOn(hexToRgb(petroff8[family % petroff8.length]), paper)
  return `rgb(${rgb.join(' ')})`
}
