import type { DirectionsReport } from '../../analysis/directions/directions-report.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { Chip } from '../../../../ui/common/Badge.tsx'
import { DataTable, type Column } from '../../../../ui/common/DataTable.tsx'

interface Row {
  what: string
  here: number
  linear: number
}

/** Alignment, uniformity, effective rank beside the closed-form map, with a warning for a collapsed one. */
export function LatentQualityPart({ open, report }: { open: OpenDataset; report: DirectionsReport }) {
  const { quality, linearQuality } = report
  const rows: Row[] = [
    { what: 'alignment (lower is tighter)', here: quality.alignment, linear: linearQuality.alignment },
    { what: 'uniformity (lower is more even)', here: quality.uniformity, linear: linearQuality.uniformity },
    {
      what: 'effective rank of the latent covariance',
      here: quality.spread.effectiveRank,
      linear: linearQuality.spread.effectiveRank,
    },
    {
      what: 'variance between over within universes',
      here: quality.spread.separation,
      linear: linearQuality.spread.separation,
    },
  ]
  const columns: Column<Row>[] = [
    { key: 'what', label: 'measure', value: ({ what }) => what },
    { key: 'here', label: open.encoder.id, value: ({ here }) => here },
    { key: 'linear', label: 'PCA-2, closed form', value: ({ linear }) => linear },
  ]
  return (
    <>
      <h3>How the latent space is used</h3>
      <div className="row">
        {quality.spread.collapsed ? (
          <Chip tone="bad">collapsed: all universes lie on one place or line of the latent space</Chip>
        ) : (
          <Chip tone="good">not collapsed</Chip>
        )}
      </div>
      <DataTable
        caption={`Two fresh replicas of each of ${quality.universes} universes`}
        columns={columns}
        rows={rows}
      />
      <p className="small soft">
        Alignment is the mean squared distance of two replicas of a universe, uniformity ln⟨exp(−2 d²)⟩ over
        pairs of universes (arXiv:2005.10242), the cloud centred and scaled to unit mean square radius since a
        Euclidean map has none of its own. More dimensions allow a lower uniformity.
      </p>
    </>
  )
}
