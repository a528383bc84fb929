import type { CSSProperties } from 'react'
import { massRange } from '../../../analysis/anomaly/shapes.ts'
import type { UniverseModel } from '../../../analysis/universes.ts'
import type { ShapeIntent } from '../../../intent.ts'
import { formatNumber } from '../../../../../ui/common/format.ts'
import { NumberField } from '../../../../../ui/common/NumberField.tsx'
import { Segmented } from '../../../../../ui/common/Segmented.tsx'
import { firstShape } from './first-shape.ts'
import type { DrawPhase } from './use-drawn-shape.ts'

const kinds = [
  { id: 'none', label: 'Nothing' },
  { id: 'resonance', label: 'Resonance' },
  { id: 'kink', label: 'Kink' },
  { id: 'slope', label: 'Slope' },
] as const

const strengthRange = { resonance: [-0.5, 1], kink: [-1, 1], slope: [-0.3, 0.3] } as const
const strengthLabel = { resonance: 'Height', kink: 'Slope change', slope: 'Exponent' } as const

interface ShapeControlsProps {
  model: UniverseModel
  shape: ShapeIntent | null
  /** `null` takes the shape off. */
  onDraw: (shape: ShapeIntent | null, phase: DrawPhase) => void
}

/** The same that the pointer does on the plot, with fields and sliders. */
export function ShapeControls({ model, shape, onDraw }: ShapeControlsProps) {
  const [low, high] = massRange(model)
  const change = (patch: Partial<ShapeIntent>) => (phase: DrawPhase) =>
    shape && onDraw({ ...shape, ...patch }, phase)
  return (
    <div className="stack">
      <Segmented
        label="Draw on the spectrum"
        choices={kinds}
        value={shape?.kind ?? 'none'}
        onChange={(kind) => onDraw(kind === 'none' ? null : firstShape(kind, model), 'end')}
      />
      {shape && (
        <div className="shape-fields">
          {shape.kind !== 'slope' && (
            <ShapeField
              label="Mass"
              unit="GeV"
              value={shape.massGeV}
              range={[Math.log(low), Math.log(high)]}
              toSlider={Math.log}
              fromSlider={Math.exp}
              limits={[1, 100_000]}
              step={10}
              onChange={(massGeV, phase) => change({ massGeV })(phase)}
            />
          )}
          {shape.kind === 'resonance' && (
            <ShapeField
              label="Width"
              unit="GeV"
              value={shape.widthGeV}
              range={[Math.log(1), Math.log(high / 3)]}
              toSlider={Math.log}
              fromSlider={Math.exp}
              limits={[0.1, 100_000]}
              step={5}
              onChange={(widthGeV, phase) => change({ widthGeV })(phase)}
            />
          )}
          <ShapeField
            label={strengthLabel[shape.kind]}
            unit={shape.kind === 'resonance' ? 'SM' : ''}
            value={shape.strength}
            range={[...strengthRange[shape.kind]]}
            limits={[shape.kind === 'resonance' ? -1 : -100, 100]}
            step={0.01}
            onChange={(strength, phase) => change({ strength })(phase)}
          />
        </div>
      )}
    </div>
  )
}

interface ShapeFieldProps {
  label: string
  unit: string
  value: number
  /** of the slider, in its own scale */
  range: [number, number]
  toSlider?: (value: number) => number
  fromSlider?: (value: number) => number
  limits: [number, number]
  step: number
  onChange: (value: number, phase: DrawPhase) => void
}

function ShapeField(props: ShapeFieldProps) {
  const { label, unit, value, range, limits, step, onChange } = props
  const { toSlider = (v: number) => v, fromSlider = (v: number) => v } = props
  const [low, high] = range
  const at = Math.min(high, Math.max(low, toSlider(value)))
  const read = (element: HTMLInputElement) => Number(fromSlider(element.valueAsNumber).toPrecision(3))
  const percent = (v: number) => `${(100 * (v - low)) / (high - low)}%`
  const zero = low < 0 && high > 0 ? 0 : low
  return (
    <div className="shape-field">
      <NumberField
        label={label}
        unit={unit || undefined}
        value={value}
        min={limits[0]}
        max={limits[1]}
        step={step}
        onCommit={(next) => onChange(next, 'end')}
      />
      <input
        type="range"
        className="slider"
        style={
          { '--from': percent(Math.min(zero, at)), '--to': percent(Math.max(zero, at)) } as CSSProperties
        }
        aria-label={`${label} slider`}
        aria-valuetext={`${formatNumber(value)} ${unit}`}
        min={low}
        max={high}
        step={(high - low) / 400}
        value={at}
        onChange={(event) => onChange(read(event.currentTarget), 'slide')}
      />
    </div>
  )
}
