import { fitSchema, type FitIntent } from '../../share/fit-schema.ts'
import { formatCount, formatEdge } from '../common/format.ts'
import { SchemaNumber } from '../common/SchemaNumber.tsx'

/** The set-up and what changes parts of it. */
export interface SetupProps {
  setup: FitIntent
  set: (patch: Partial<FitIntent>) => void
}

type NumberKey = {
  [K in keyof FitIntent]: FitIntent[K] extends number ? K : never
}[keyof FitIntent]

interface FitNumberProps extends SetupProps {
  field: NumberKey
  label: string
  unit?: string
  step?: number
}

export function FitNumber({ field, setup, set, ...rest }: FitNumberProps) {
  return (
    <SchemaNumber
      {...rest}
      schema={fitSchema.shape[field]}
      value={setup[field]}
      format={(value, integer) => (integer ? formatCount(value) : formatEdge(value))}
      onCommit={(value) => set({ [field]: value })}
    />
  )
}

interface PresetNumberProps extends SetupProps {
  field: 'trainingPoints' | 'epochs'
  label: string
  /** What the preset has. */
  otherwise: number
}

/** A number of the preset until somebody types another; the preset's own number gives it back. */
export function PresetNumber({ field, label, otherwise, setup, set }: PresetNumberProps) {
  return (
    <SchemaNumber
      label={label}
      schema={fitSchema.shape[field].unwrap().unwrap()}
      value={setup[field] ?? otherwise}
      format={formatCount}
      onCommit={(typed) => set({ [field]: typed === otherwise ? null : typed })}
    />
  )
}

interface CheckProps {
  label: string
  about?: string
  wide?: boolean
  checked: boolean
  onChange: (checked: boolean) => void
}

export function Check({ label, about, wide, checked, onChange }: CheckProps) {
  return (
    <label className={wide ? 'fit-check fit-wide' : 'fit-check'} title={about}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  )
}
