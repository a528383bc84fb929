import { fitSchema, type FitIntent } from '../intent.ts'
import { formatCount, formatEdge } from '../../../ui/common/format.ts'
import { SchemaNumber } from '../../../ui/common/SchemaNumber.tsx'
import { SelectField } from '../../../ui/common/SelectField.tsx'
import { Toggle } from '../../../ui/common/Toggle.tsx'

/** The set-up and what changes parts of it. */
export interface SetupProps {
  setup: FitIntent
  set: (patch: Partial<FitIntent>) => void
}

type KeyOf<T> = { [K in keyof FitIntent]: FitIntent[K] extends T ? K : never }[keyof FitIntent]

interface FitNumberProps extends SetupProps {
  field: KeyOf<number>
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

interface FitChoiceProps<K extends KeyOf<string>> extends SetupProps {
  field: K
  label: string
  labels: Readonly<Record<FitIntent[K], string>>
  wide?: boolean
}

export function FitChoice<K extends KeyOf<string>>(props: FitChoiceProps<K>) {
  const { field, label, labels, wide, setup, set } = props
  return (
    <SelectField
      className={wide ? 'fit-wide' : undefined}
      label={label}
      value={setup[field]}
      labels={labels}
      onChange={(value) => set({ [field]: value })}
    />
  )
}

interface FitSwitchProps extends SetupProps {
  field: KeyOf<boolean>
  label: string
  about?: string
  wide?: boolean
}

export function FitSwitch({ field, label, about, wide, setup, set }: FitSwitchProps) {
  return (
    <span className={wide ? 'fit-check fit-wide' : 'fit-check'} title={about}>
      <Toggle label={label} checked={setup[field]} onChange={(value) => set({ [field]: value })} />
    </span>
  )
}
