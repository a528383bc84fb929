import { useState } from 'react'
import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import {
  operatorFamilies,
  operatorIndex,
  operators,
  type OperatorFamily,
  type OperatorName,
} from '../../../../physics/smeft/operators.ts'
import { Chip } from '../../../../ui/common/Badge.tsx'
import { Segmented } from '../../../../ui/common/Segmented.tsx'
import { matchOperators } from './match-operators.ts'
import { WilsonSlider } from './WilsonSlider.tsx'
import './sliders.css'

interface WilsonSlidersProps {
  values: ArrayLike<number> // [17], TeV^-2, order of operatorNames
  halfWidths: ArrayLike<number> // [17], TeV^-2, range of each slider
  order: EftOrder
  /** Shown as a chip above the sliders where the linear spectrum is negative. */
  negativeWarning?: string
  operatorWarnings?: Partial<Record<OperatorName, string>>
  /** Every pointer move and key press. Keep its identity stable: rows are memoised. */
  onInput: (index: number, value: number) => void
  /** End of a drag, key press or typed value: for undo and links. */
  onCommit?: (index: number, value: number) => void
  onOrderChange: (order: EftOrder) => void
  onResetAll: () => void
  onRandomise?: () => void
}

const familyNames: Record<OperatorFamily, string> = {
  oblique: 'Oblique and inputs',
  'lepton-vertex': 'Lepton vertices',
  'quark-vertex': 'Quark vertices',
  'four-fermion': 'Four-fermion, grow with energy',
}

const orders = [
  { id: 'linear' as const, label: 'linear' },
  { id: 'quadratic' as const, label: 'linear + quadratic' },
]

/** The 17 coefficients by family, searchable. */
export function WilsonSliders(props: WilsonSlidersProps) {
  const { values, halfWidths, order, negativeWarning, operatorWarnings } = props
  const { onInput, onCommit, onOrderChange, onResetAll, onRandomise } = props
  const [query, setQuery] = useState('')
  const [closed, setClosed] = useState<ReadonlySet<OperatorFamily>>(new Set())
  const matches = matchOperators(operators, query)
  const moved = operators.filter((_, index) => values[index] !== 0).length

  const setOpen = (family: OperatorFamily, open: boolean) => {
    if (closed.has(family) !== open) return
    const next = new Set(closed)
    if (open) next.delete(family)
    else next.add(family)
    setClosed(next)
  }

  return (
    <div className="stack">
      <div className="wilson-toolbar">
        <Segmented label="Order in 1/Λ²" choices={orders} value={order} onChange={onOrderChange} />
        <button type="button" className="button" disabled={moved === 0} onClick={onResetAll}>
          Reset all
        </button>
        {onRandomise && (
          <button type="button" className="button" onClick={onRandomise}>
            Randomise from prior
          </button>
        )}
      </div>
      {/* Always there, so that its appearance is announced. */}
      <div role="status">{negativeWarning && <Chip tone="bad">{negativeWarning}</Chip>}</div>
      <div className="row">
        <input
          className="input"
          type="search"
          aria-label="Find an operator"
          placeholder="Find an operator"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <span className="small soft spread">
          {moved} of {operators.length} moved · C/Λ² [TeV⁻²]
        </span>
      </div>
      {matches.length === 0 && (
        <p className="soft">
          No operator matches “{query}”. Try a name such as clq3 or a field such as lepton.
        </p>
      )}
      {operatorFamilies.map((family) => {
        const members = matches.filter((operator) => operator.family === family)
        if (members.length === 0) return null
        const movedHere = members.filter((operator) => values[operatorIndex(operator.name)] !== 0).length
        return (
          <details
            key={family}
            className="wilson-family"
            open={query !== '' || !closed.has(family)}
            onToggle={(event) => {
              if (query === '') setOpen(family, event.currentTarget.open)
            }}
          >
            <summary>
              {familyNames[family]}
              {movedHere > 0 && <span className="badge">{movedHere} moved</span>}
            </summary>
            {members.map((operator) => {
              const index = operatorIndex(operator.name)
              return (
                <WilsonSlider
                  key={operator.name}
                  operator={operator}
                  index={index}
                  value={values[index]}
                  halfWidth={halfWidths[index]}
                  warning={operatorWarnings?.[operator.name]}
                  onInput={onInput}
                  onCommit={onCommit}
                />
              )
            })}
          </details>
        )
      })}
    </div>
  )
}
