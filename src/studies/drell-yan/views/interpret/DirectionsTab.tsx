import { familyRange } from '../../intent.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import type { Subject } from '../../state/subject.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { Segmented } from '../../../../ui/common/Segmented.tsx'
import { AnswerState } from '../../../../ui/common/AnswerState.tsx'
import { useProduct } from '../../../../ui/common/use-product.ts'
import { A4Part } from './a4/A4Part.tsx'
import { AttributionPart } from './AttributionPart.tsx'
import { DirectionsMap } from './DirectionsMap.tsx'
import { DirectionsTables } from './DirectionsTables.tsx'
import { LatentQualityPart } from './LatentQualityPart.tsx'

const familyCounts = Array.from({ length: familyRange.max - familyRange.min + 1 }, (_, i) =>
  String(familyRange.min + i),
)

/** Where operators push on the map, which of them belong together, and why a spectrum lies where it lies. */
export function DirectionsTab({ open, subject }: { open: OpenDataset; subject: Subject }) {
  const { openLatent, latent, actions } = useDrellYan()
  const families = useDrellYanState((state) => state.intent.panels.families)
  const { manifestHash, measurement } = open.header
  // The energy of the measured A4; of others nothing is known.
  const measured = open.header.manifest.sqrtSGeV === 13_000 ? measurement : null
  const encoderHash = open.encoder.hash
  const now = useDrellYanState((state) => state.latent.directions)
  const { result, retry } = useProduct(latent.directions, now, {
    key: JSON.stringify([manifestHash, encoderHash, families]),
    label: 'Following the operators',
    make: async (making) => {
      const report = await (await openLatent()).directions(open, families, making)
      return { report, manifestHash, encoderHash }
    },
  })
  // Directions on another map must not be drawn on this one.
  const { value } = result
  const report =
    value?.manifestHash === manifestHash && value.encoderHash === encoderHash ? value.report : undefined
  return (
    <div className="stack">
      <AttributionPart open={open} subject={subject} />
      <h3>Directions of operators</h3>
      <AnswerState answer={result} onRetry={retry} />
      {report && (
        <>
          <div className="row">
            <span className="small">Families</span>
            <Segmented
              label="Number of families"
              choices={familyCounts.map((id) => ({ id, label: id }))}
              value={String(families)}
              onChange={(id) => actions.showIn({ families: Number(id) })}
            />
          </div>
          <DirectionsMap open={open} report={report} />
          <DirectionsTables open={open} report={report} />
          {measured && <A4Part open={open} measured={measured} />}
          <LatentQualityPart open={open} report={report} />
        </>
      )}
    </div>
  )
}
