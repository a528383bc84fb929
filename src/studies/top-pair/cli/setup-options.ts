import * as z from 'zod'
import { rangeOf } from '../../../cli/options/ranges.ts'
import type { Option } from '../../../cli/options/option.ts'
import { fitSchema } from '../intent.ts'
import type { AnyValue } from '../../../cli/options/read-option.ts'

const askedSchema = z.object({ option: z.string(), help: z.string(), unit: z.string().optional() })

interface SetupField {
  name: string
  path: string[]
  option: Option
  /** What the option's value means, once it is given. */
  valueOf(given: AnyValue): unknown
}

/** Fields of the schema of a set-up that commands ask for, those of nested objects too. */
function fieldsOf(shape: Readonly<Record<string, z.ZodType>>, path: string[] = []): SetupField[] {
  return Object.entries(shape).flatMap(([key, schema]): SetupField[] => {
    const inner = unwrapped(schema)
    const here = [...path, key]
    if (inner instanceof z.ZodObject) return fieldsOf(inner.shape as Record<string, z.ZodType>, here)
    const asked = askedSchema.safeParse(schema.meta())
    return asked.success ? [fieldOf(schema, here, asked.data)] : []
  })
}

function unwrapped(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodNullable || schema instanceof z.ZodPrefault
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema
}

/** @throws Error for a schema that no kind of option is for */
function fieldOf(
  schema: z.ZodType,
  path: string[],
  { option: name, help, unit }: z.infer<typeof askedSchema>,
): SetupField {
  const inner = unwrapped(schema)
  const same = (given: AnyValue): AnyValue => given
  const field = (option: Option, valueOf: SetupField['valueOf']): SetupField => ({
    name,
    path,
    option,
    valueOf,
  })
  if (inner instanceof z.ZodNumber) return field({ kind: 'number', ...rangeOf(schema, unit), help }, same)
  if (inner instanceof z.ZodEnum)
    return field({ kind: 'choice', choices: inner.options.map(String), help }, same)
  if (inner instanceof z.ZodBoolean) {
    const set = !schema.parse(undefined)
    return field({ kind: 'flag', help }, () => set)
  }
  throw new Error(`no kind of option is for ${path.join('.')}`)
}

const fields = fieldsOf(fitSchema.shape)

/** Options of the fields that need no words of their own; without a default, since the value of the named set-up holds. */
export const fieldOptions: Readonly<Record<string, Option>> = Object.fromEntries(
  fields.map(({ name, option }) => [name, option]),
)

/** Ranges are checked by the table of options, which has them from the same schema. */
const plainSchema = fitSchema.omit({ operators: true, mode: true, truth: true, preset: true })

/** A set-up with the fields that options give. */
export function withFields<T extends z.infer<typeof fitSchema>>(
  setup: T,
  options: Readonly<Record<string, AnyValue | undefined>>,
): T & z.infer<typeof plainSchema> {
  const changed: Record<string, unknown> = structuredClone({ ...setup })
  for (const { name, path, valueOf } of fields) {
    const given = options[name]
    // A flag that is not given is false.
    if (given !== undefined && given !== false) write(changed, path, valueOf(given))
  }
  return { ...setup, ...plainSchema.parse(changed) }
}

function write(into: Record<string, unknown>, [key, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) into[key] = value
  else write(into[key] as Record<string, unknown>, rest, value)
}
