import { useMemo } from 'react'
import { operators } from '../../../../physics/smeft/operators.ts'
import { shownSpectrum, shownValues } from '../../analysis/shown-spectrum.ts'
import { formatCoefficient, formatNumber } from '../../../../ui/common/format.ts'
import { OperatorSymbol } from '../../../../ui/common/Symbol.tsx'
import { MiniSpectrum } from '../../../../ui/plots/MiniSpectrum.tsx'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { pickedFocus } from '../../state/focus.ts'
import { useDrellYan } from '../context.tsx'
import { familyColours, familyName } from './map-colours.ts'

interface HoverUniverseProps {
  open: OpenDataset
  universe: number
  /** Of the dataset; -1 for the universe without noise. */
  row: number
  /** "5 of 15"; left out while it is not counted. */
  kept?: string
}

const largest = 3

/** The card of a dot: what it is, how far from the SM, and its spectrum. */
export function HoverUniverse({ open, universe, row, kept }: HoverUniverseProps) {
  const { store } = useDrellYan()
  const { header } = open
  const { observables, sm } = header.universeModel.templates
  const info = useMemo(() => {
    const { rows, extra, intent } = store.getState()
    const of = { shipped: rows, drawn: extra.value }
    const own = row < 0 ? null : pickedFocus(open, of, { kind: 'row', row }, intent.replicaSeed)
    return own ?? pickedFocus(open, of, { kind: 'universe', id: universe }, intent.replicaSeed)
  }, [store, open, universe, row])
  if (!info?.coefficients) return null
  const halfWidths = header.universeModel.prior.halfWidth
  const on = operators
    .map((operator, o) => ({ operator, value: info.coefficients?.[o] ?? 0, halfWidth: halfWidths[o] }))
    .filter(({ value }) => value !== 0)
    .sort((a, b) => Math.abs(b.value / b.halfWidth) - Math.abs(a.value / a.halfWidth))
  const family = header.shape.family[universe]
  const shown = shownSpectrum(observables, 'mll')
  const { name, edges } = shown
  return (
    <>
      <div className="card-title">
        <span className="swatch" style={{ background: familyColours[family] }} aria-hidden="true" />
        <h3>{info.title}</h3>
      </div>
      <p>
        {on.length} of {operators.length} coefficients on
        {on.length > 0 && <>, {familyName(family)} move it most</>}
      </p>
      <dl className="hover-card-facts">
        {on.slice(0, largest).map(({ operator, value }) => (
          <div key={operator.name} style={{ display: 'contents' }}>
            <dt>
              <OperatorSymbol operator={operator} /> / Λ²
            </dt>
            <dd>{formatCoefficient(value)} TeV⁻²</dd>
          </div>
        ))}
        <dt>distance to the SM</dt>
        <dd>
          {formatNumber(info.distance)} σ{info.kind === 'replica' && ' with its noise'}
        </dd>
        {kept && (
          <>
            <dt>neighbours kept</dt>
            <dd>{kept}</dd>
          </>
        )}
      </dl>
      <MiniSpectrum
        edges={edges}
        values={shownValues(shown, info.spectrum)}
        reference={shownValues(shown, sm)}
        colour={familyColours[family]}
        title={`${name === 'mll' ? 'mℓℓ' : 'pT'}, ${edges[0]} to ${edges[edges.length - 1]} GeV`}
        ratioTitle="ratio to the SM"
        logX
        logY
        density
      />
    </>
  )
}
