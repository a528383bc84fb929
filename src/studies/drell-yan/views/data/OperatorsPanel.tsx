import { useMemo } from 'react'
import { operatorReach, type OperatorReach } from '../../analysis/operator-reach.ts'
import type { UniverseModel } from '../../analysis/universes.ts'
import { DataTable, type Column } from '../../../../ui/common/DataTable.tsx'
import { formatEdge, formatNumber } from '../../../../ui/common/format.ts'
import { OperatorSymbol } from '../../../../ui/common/Symbol.tsx'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { familyLabels } from '../explore/map-colours.ts'

const columns: Column<OperatorReach>[] = [
  {
    key: 'operator',
    label: 'operator',
    value: ({ operator }) => operator.name,
    format: ({ operator }) => (
      <span title={operator.definition}>
        <OperatorSymbol operator={operator} />
      </span>
    ),
  },
  { key: 'family', label: 'acts through', value: ({ operator }) => familyLabels[operator.family] },
  percent('peak', 'at the Z peak', ({ atPeak }) => atPeak),
  percent('tail', 'in the last bin', ({ inTail }) => inTail),
  percent('squared', 'squared, last bin', ({ squaredInTail }) => squaredInTail),
  {
    key: 'growth',
    label: 'power of m above 300 GeV',
    value: ({ growth }) => growth,
    format: ({ growth }) => formatNumber(growth, 2),
  },
  {
    key: 'strongest',
    label: 'seen most in',
    unit: 'GeV',
    value: ({ strongest: [low] }) => low,
    format: ({ strongest: [low, high] }) => `${formatEdge(low)}–${formatEdge(high)}`,
  },
  { key: 'sigma', label: 'σ alone', unit: 'TeV⁻²', value: ({ sigma }) => sigma },
  {
    key: 'reach',
    label: 'reach in Λ',
    unit: 'TeV',
    value: ({ reach }) => reach,
    format: ({ reach }) => formatNumber(reach, 3),
  },
]

function percent(key: string, label: string, value: (row: OperatorReach) => number): Column<OperatorReach> {
  return { key, label, unit: '%', value, format: (row) => formatNumber(value(row), 3) }
}

/** Where each operator acts, and how far the open dataset would see it. */
export function OperatorsPanel({ model }: { model: UniverseModel }) {
  const rows = useMemo(() => operatorReach(model), [model])
  if (!rows)
    return (
      <Panel
        title="Where each operator acts"
        state={{
          kind: 'empty',
          message: 'The open dataset has no bins of m_ℓℓ with the Z peak and a tail above 300 GeV.',
        }}
      />
    )
  const [furthest] = [...rows].sort((a, b) => b.reach - a.reach)
  return (
    <Panel title="Where each operator acts">
      <p className="small soft">
        Per cent of the Standard Model for C = 1 TeV⁻²; exact at the order of the templates. σ is that of the
        coefficient alone, all others at zero, from all bins with their covariance. Reach: the Λ up to which C
        = 1 is excluded at 95 %, in linear theory; furthest here:{' '}
        <OperatorSymbol operator={furthest.operator} /> with {formatNumber(furthest.reach, 3)} TeV.
      </p>
      <DataTable
        caption="Where each of the 17 operators acts in the m_ℓℓ spectrum"
        {...{ columns, rows }}
        rowKey={({ operator }) => operator.name}
      />
    </Panel>
  )
}
