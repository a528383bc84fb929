import * as z from 'zod'

/** What a number field of a schema may hold, read from the schema so that form and link agree. */
export interface FieldLimits {
  min: number
  max: number
  integer: boolean
}

/** @param field  z.number() with its checks, possibly with a default */
export function fieldLimits(field: z.ZodType): FieldLimits {
  const bare = field instanceof z.ZodDefault ? field.unwrap() : field
  if (!(bare instanceof z.ZodNumber)) throw new TypeError('fieldLimits needs a number field')
  return {
    min: bare.minValue ?? -Infinity,
    max: bare.maxValue ?? Infinity,
    integer: bare.format === 'safeint',
  }
}
