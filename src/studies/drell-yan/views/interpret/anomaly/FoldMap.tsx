import { useMemo } from 'react'
import type { Fold } from '../../../analysis/anomaly/spectrum-scores.ts'
import type { OpenDataset } from '../../../state/drell-yan-state.ts'
import type { BareSubject } from '../../../state/subject.ts'
import { useDrellYan, useDrellYanState } from '../../context.tsx'
import { EmbeddingMap } from '../../../../../ui/map/EmbeddingMap.tsx'
import type { MapMarkers } from '../../../../../ui/map/types.ts'
import { mapColours } from '../../explore/map-colours.ts'

interface FoldMapProps {
  open: OpenDataset
  /** The subject before anything was drawn on it or added to it. */
  bare: BareSubject
  latent: Float32Array
  fold: Fold | null
}

/** A small map: where the spectrum lands with what was drawn on it, and the universe it is taken for. */
export function FoldMap({ open, bare, latent, fold }: FoldMapProps) {
  const colourBy = useDrellYanState((state) => state.intent.colourBy)
  const { actions } = useDrellYan()
  const camera = useDrellYanState((state) => state.intent.panels.anomalyCamera)
  const { universes, latentDim, standardModel } = open.embedding
  const count = universes.length / latentDim
  const points = useMemo(
    () => ({
      x: Float32Array.from({ length: count }, (_, u) => universes[u * latentDim]),
      y: Float32Array.from({ length: count }, (_, u) => universes[u * latentDim + 1]),
      count,
      version: 0,
    }),
    [universes, latentDim, count],
  )
  const { colours } = useMemo(
    () => mapColours({ universe: Int32Array.from({ length: count }, (_, u) => u) }, open, colourBy),
    [count, open, colourBy],
  )
  const moved = latent[0] !== bare.latent[0] || latent[1] !== bare.latent[1]
  const markers = useMemo((): MapMarkers => {
    const at = (z: ArrayLike<number>, label?: string) => ({ x: z[0], y: z[1], label })
    const folded = fold && universes.subarray(fold.universe * latentDim, (fold.universe + 1) * latentDim)
    return {
      origin: at(standardModel, 'SM'),
      live: at(latent, moved ? 'drawn' : bare.title),
      dropped: moved ? [at(bare.latent, bare.title)] : [],
      neighbours: folded ? [at(folded)] : [],
    }
  }, [latent, moved, bare, fold, universes, latentDim, standardModel])
  return (
    <div className="fold-map">
      <EmbeddingMap
        points={points}
        colours={colours}
        camera={camera}
        onCameraChange={(anomalyCamera) => actions.showIn({ anomalyCamera }, 'anomaly-camera')}
        markers={markers}
        corner={latentDim > 2 ? `2 of ${latentDim} latent axes` : open.encoder.id}
        summary={`The spectrum on the map at z = (${latent[0].toFixed(2)}, ${latent[1].toFixed(2)}) among ${count} universes.`}
        describeRow={(row) => `Universe ${row}`}
      />
    </div>
  )
}
