import type * as z from 'zod'
import { fieldLimits } from './field-limits.ts'
import { NumberField } from './NumberField.tsx'

interface SchemaNumberProps {
  /** Of the link's schema: form and link accept the same numbers. */
  schema: z.ZodType
  label: string
  unit?: string
  value: number
  step?: number
  format: (value: number, integer: boolean) => string
  onCommit: (value: number) => void
}

/** A number of the intent, within the limits that its schema sets. */
export function SchemaNumber({ schema, format, ...rest }: SchemaNumberProps) {
  const { min, max, integer } = fieldLimits(schema)
  return (
    <NumberField {...rest} min={min} max={max} integer={integer} format={(value) => format(value, integer)} />
  )
}
