import { useCallback, useState } from 'react'
import type { DirectionsReport } from '../../analysis/drell-yan/directions/directions-report.ts'
import type { OpenDataset } from '../../state/app-state.ts'
import type { Subject } from '../../state/subject.ts'
import { useApp } from '../app-context.tsx'
import { Segmented } from '../common/Segmented.tsx'
import { ErrorState } from '../common/Panel.tsx'
import { Progress } from '../common/Progress.tsx'
import { useJob } from '../common/use-job.ts'
import { AttributionPart } from './AttributionPart.tsx'
import { DirectionsMap } from './DirectionsMap.tsx'
import { DirectionsTables } from './DirectionsTables.tsx'
import { LatentQualityPart } from './LatentQualityPart.tsx'

const familyCounts = ['2', '3', '4', '5', '6'] as const

/** Where operators push on the map, which of them belong together, and why a spectrum lies where it lies. */
export function DirectionsTab({ open, subject }: { open: OpenDataset; subject: Subject }) {
  const { openLatent } = useApp()
  const [families, setFamilies] = useState<(typeof familyCounts)[number]>('4')
  const { header, encoder } = open
  const ask = useCallback(
    async (watch: {
      signal: AbortSignal
      onProgress: (fraction: number) => void
    }): Promise<DirectionsReport> => (await openLatent()).directions(open, Number(families), watch),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- rows that stream in change no direction
    [openLatent, header, encoder, families],
  )
  const { result, retry } = useJob('Following the operators', ask)
  const report = result.value
  return (
    <div className="stack">
      <AttributionPart open={open} subject={subject} />
      <h3>Directions of operators</h3>
      {result.status === 'failed' && result.error && <ErrorState error={result.error} onRetry={retry} />}
      {result.status === 'running' && (
        <Progress label={result.label ?? ''} fraction={result.fraction ?? undefined} />
      )}
      {report && (
        <>
          <div className="row">
            <span className="small">Families</span>
            <Segmented
              label="Number of families"
              choices={familyCounts.map((id) => ({ id, label: id }))}
              value={families}
              onChange={setFamilies}
            />
          </div>
          <DirectionsMap open={open} report={report} />
          <DirectionsTables open={open} report={report} />
          <LatentQualityPart open={open} report={report} />
        </>
      )}
    </div>
  )
}
