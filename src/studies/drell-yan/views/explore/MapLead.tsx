import { shownOtherThanLink } from '../../state/other-than-link.ts'
import { useDrellYanState } from '../context.tsx'
import type { KeptNeighbours } from '../../../../numerics/kept-neighbours.ts'
import { Badge } from '../../../../ui/common/Badge.tsx'
import { KeptLead } from '../../../../ui/map/KeptLead.tsx'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { keptPlaces } from './use-kept.ts'

/** The map in one sentence, and whether it is another one than the link meant. */
export function MapLead({ open, kept = null }: { open?: OpenDataset; kept?: KeptNeighbours | null }) {
  const other = useDrellYanState(shownOtherThanLink)
  return (
    <>
      {other && (
        <Badge tone="warn" title={other}>
          not the data of the link
        </Badge>
      )}
      <KeptLead
        dot="each dot is a universe with its own Wilson coefficients"
        kept={kept}
        words={{ truth: 'spectra', maps: open ? keptPlaces(open) : [] }}
      />
    </>
  )
}
