import { formatEdge } from '../../../../ui/common/format.ts'

interface RapidityFieldProps {
  /** Bins of |y|; nothing is drawn where there are none. */
  bins: readonly (readonly [number, number])[]
  /** From 0; null: all of them together. */
  value: number | null
  /** Whether all can be chosen. */
  together?: boolean
  onChange: (bin: number | null) => void
}

/** Which |y| of the pair is drawn. */
export function RapidityField({ bins, value, together = false, onChange }: RapidityFieldProps) {
  if (bins.length === 0) return null
  return (
    <label className="inline-field small">
      |y| of the pair
      <select
        className="select"
        value={value ?? 'all'}
        onChange={(event) => onChange(event.target.value === 'all' ? null : Number(event.target.value))}
      >
        {together && <option value="all">all bins together</option>}
        {bins.map(([low, high], k) => (
          <option key={low} value={k}>
            {formatEdge(low)} to {formatEdge(high)}
          </option>
        ))}
      </select>
    </label>
  )
}
