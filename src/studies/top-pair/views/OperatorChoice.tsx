import { topPairOperators, type TopPairOperator } from '../../../physics/top-pair/operators.ts'
import type { FitIntent } from '../intent.ts'
import { formatCoefficient } from '../../../ui/common/format.ts'
import { OperatorSymbol } from '../../../ui/common/Symbol.tsx'

/** Which coefficients are fitted: one to eight. */
export function OperatorChoice({
  setup,
  onChange,
}: {
  setup: FitIntent
  onChange: (operators: FitIntent['operators']) => void
}) {
  const chosen = setup.operators
  const box = (operator: TopPairOperator) => {
    const on = chosen.includes(operator.name)
    const full = on ? chosen.length === 1 : chosen.length === 8
    return (
      <label key={operator.name} className="fit-operator" title={operator.definition} data-on={on}>
        <input
          type="checkbox"
          checked={on}
          disabled={full}
          aria-label={operator.name}
          onChange={() =>
            onChange(on ? chosen.filter((name) => name !== operator.name) : [...chosen, operator.name])
          }
        />
        <OperatorSymbol operator={{ ...operator, symbol: `C${operator.symbol.slice(1)}` }} />
      </label>
    )
  }
  const singlets = topPairOperators.filter(({ kind }) => kind === 'singlet')
  return (
    <fieldset className="fit-wide fit-operators">
      <legend className="field-label">operators, {chosen.length} of at most 8</legend>
      <div className="fit-operator-grid">
        {topPairOperators.filter(({ kind }) => kind !== 'singlet').map(box)}
      </div>
      <details open={singlets.some(({ name }) => chosen.includes(name))}>
        <summary className="small">colour singlets</summary>
        <div className="fit-operator-grid">{singlets.map(box)}</div>
      </details>
      <p className="visually-hidden">
        Chosen: {chosen.map((name) => `${name} ${formatCoefficient(setup.truth[name] ?? 0)}`).join(', ')}
      </p>
    </fieldset>
  )
}
