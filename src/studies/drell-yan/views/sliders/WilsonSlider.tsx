import { memo, type CSSProperties } from 'react'
import type { OperatorInfo } from '../../../../physics/smeft/operators.ts'
import { Chip } from '../../../../ui/common/Badge.tsx'
import { formatCoefficient } from '../../../../ui/common/format.ts'
import { NumberField } from '../../../../ui/common/NumberField.tsx'
import { OperatorSymbol } from '../../../../ui/common/Symbol.tsx'
import { sliderFill, sliderKey } from '../../../../ui/common/slider-keys.ts'

interface WilsonSliderProps {
  operator: OperatorInfo
  index: number
  value: number // TeV^-2
  halfWidth: number // TeV^-2
  warning?: string
  onInput: (index: number, value: number) => void
  onCommit?: (index: number, value: number) => void
}

/** One coefficient: slider, exact value, reset. Double-click on the slider resets as well. */
export const WilsonSlider = memo(function WilsonSlider(props: WilsonSliderProps) {
  const { operator, index, value, halfWidth, warning, onInput, onCommit } = props
  const { from, to } = sliderFill(value, halfWidth)
  const set = (next: number) => {
    onInput(index, next)
    onCommit?.(index, next)
  }
  return (
    <div className="wilson-row" data-moved={value !== 0} title={operator.definition}>
      <OperatorSymbol operator={operator} />
      <input
        type="range"
        className="slider"
        style={{ '--from': `${from}%`, '--to': `${to}%` } as CSSProperties}
        aria-label={operator.name}
        aria-valuetext={`${formatCoefficient(value)} per TeV squared`}
        min={-halfWidth}
        max={halfWidth}
        step="any"
        value={Math.min(halfWidth, Math.max(-halfWidth, value))}
        onChange={(event) => onInput(index, event.target.valueAsNumber)}
        onPointerUp={(event) => onCommit?.(index, event.currentTarget.valueAsNumber)}
        onDoubleClick={() => set(0)}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return
          const next = sliderKey(event.key, event.shiftKey, value, halfWidth)
          if (next === undefined) return
          event.preventDefault()
          set(next)
        }}
      />
      <NumberField
        label={`${operator.name} value`}
        hideLabel
        unit="TeV⁻²"
        value={value}
        step={halfWidth / 50}
        format={formatCoefficient}
        onCommit={set}
      />
      <button
        type="button"
        className="icon-button"
        aria-label={`Reset ${operator.name}`}
        disabled={value === 0}
        onClick={() => set(0)}
      >
        ×
      </button>
      {Math.abs(value) > halfWidth * (1 + 1e-9) && (
        <Chip tone="warn">outside the prior, |C| ≤ {formatCoefficient(halfWidth, 2).slice(1)} TeV⁻²</Chip>
      )}
      {warning && <Chip tone="warn">{warning}</Chip>}
    </div>
  )
})
