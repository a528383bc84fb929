import { useMemo, useState } from 'react'
import type { Fold } from '../../../analysis/drell-yan/anomaly/spectrum-scores.ts'
import type { OpenDataset } from '../../../state/app-state.ts'
import type { Subject } from '../../../state/subject.ts'
import { useAppState } from '../../app-context.tsx'
import type { Camera } from '../../embedding/camera.ts'
import { EmbeddingMap } from '../../embedding/EmbeddingMap.tsx'
import type { MapMarkers } from '../../embedding/types.ts'
import { mapColours } from '../../explore/map-colours.ts'

interface FoldMapProps {
  open: OpenDataset
  subject: Subject
  latent: Float32Array
  fold: Fold | null
}

/** A small map: where the spectrum lands with what was drawn on it, and the universe it is taken for. */
export function FoldMap({ open, subject, latent, fold }: FoldMapProps) {
  const colourBy = useAppState((state) => state.intent.colourBy)
  const [camera, setCamera] = useState<Camera | null>(null)
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
    // eslint-disable-next-line react-hooks/exhaustive-deps -- rows that stream in change no universe
    [count, open.header, colourBy],
  )
  const moved = latent[0] !== subject.latent[0] || latent[1] !== subject.latent[1]
  const markers = useMemo((): MapMarkers => {
    const at = (z: ArrayLike<number>, label?: string) => ({ x: z[0], y: z[1], label })
    const folded = fold && universes.subarray(fold.universe * latentDim, (fold.universe + 1) * latentDim)
    return {
      sm: at(standardModel, 'SM'),
      live: at(latent, moved ? 'drawn' : subject.title),
      dropped: moved ? [at(subject.latent, subject.title)] : [],
      neighbours: folded ? [at(folded)] : [],
    }
  }, [latent, moved, subject, fold, universes, latentDim, standardModel])
  return (
    <div className="fold-map">
      <EmbeddingMap
        points={points}
        colours={colours}
        camera={camera}
        onCameraChange={setCamera}
        markers={markers}
        corner={latentDim > 2 ? `2 of ${latentDim} latent axes` : open.encoder.id}
        summary={`The spectrum on the map at z = (${latent[0].toFixed(2)}, ${latent[1].toFixed(2)}) among ${count} universes.`}
        describeRow={(row) => `Universe ${row}`}
      />
    </div>
  )
}
