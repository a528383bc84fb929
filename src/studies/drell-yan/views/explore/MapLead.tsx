import { shownOtherThanLink } from '../../state/link-hashes.ts'
import { useDrellYanState } from '../context.tsx'
import { Badge } from '../../../../ui/common/Badge.tsx'

/** The map in one sentence, and whether it is another one than the link meant. */
export function MapLead() {
  const other = useDrellYanState(shownOtherThanLink)
  return (
    <>
      {other && (
        <Badge tone="warn" title={other}>
          not the data of the link
        </Badge>
      )}
      <span className="small soft map-lead">
        each dot is a universe with different Wilson coefficients; dots that are near look alike
      </span>
    </>
  )
}
