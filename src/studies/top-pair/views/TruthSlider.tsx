import type { CSSProperties } from 'react'
import { topPairOperator, type TopPairOperatorName } from '../../../physics/top-pair/operators.ts'
import { formatCoefficient } from '../../../ui/common/format.ts'
import { NumberField } from '../../../ui/common/NumberField.tsx'
import { OperatorSymbol } from '../../../ui/common/Symbol.tsx'
import { sliderFill, sliderKey } from '../../../ui/common/slider-keys.ts'

interface TruthSliderProps {
  name: TopPairOperatorName
  value: number // TeV^-2
  halfWidth: number // TeV^-2
  disabled: boolean
  onInput: (value: number) => void
  onSettle: () => void
}

/** Coefficient of the simulated data: slider over the prior and exact value. */
export function TruthSlider({ name, value, halfWidth, disabled, onInput, onSettle }: TruthSliderProps) {
  const operator = topPairOperator(name)
  const { from, to } = sliderFill(value, halfWidth)
  const set = (next: number) => {
    onInput(next)
    onSettle()
  }
  return (
    <div className="wilson-row fit-truth-row" data-moved={value !== 0} title={operator.definition}>
      <OperatorSymbol operator={{ ...operator, symbol: `C${operator.symbol.slice(1)}` }} />
      <input
        type="range"
        className="slider"
        style={{ '--from': `${from}%`, '--to': `${to}%` } as CSSProperties}
        aria-label={`truth ${name}`}
        aria-valuetext={`${formatCoefficient(value)} per TeV squared`}
        min={-halfWidth}
        max={halfWidth}
        step="any"
        value={Math.min(halfWidth, Math.max(-halfWidth, value))}
        disabled={disabled}
        onChange={(event) => onInput(Number(event.target.valueAsNumber.toPrecision(3)))}
        onPointerUp={onSettle}
        onDoubleClick={() => set(0)}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return
          const next = sliderKey(event.key, event.shiftKey, value, halfWidth)
          if (next === undefined) return
          event.preventDefault()
          set(Number(next.toPrecision(6)))
        }}
      />
      <NumberField
        label={`truth ${name} value`}
        hideLabel
        unit="TeV⁻²"
        value={value}
        min={-100}
        max={100}
        step={halfWidth / 40}
        disabled={disabled}
        format={formatCoefficient}
        onCommit={set}
      />
    </div>
  )
}
