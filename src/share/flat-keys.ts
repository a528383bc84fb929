import { putAt, valueAt } from './field-path.ts'
import {
  latestDefaults,
  readNumber,
  type FlatRecord,
  type LinkFields,
  type LinkFormat,
} from './link-format.ts'

/** Places of fields that travel as readable keys; all others go into the packed part. */
export function flatPaths({ keys, records }: LinkFormat): readonly (readonly string[])[] {
  return [...keys, ...records].map(({ path }) => path)
}

/** `key=value` pairs in a fixed order: equal intents give equal links. */
export function writeFlat(fields: LinkFields, format: LinkFormat): [key: string, value: string][] {
  const { keys, records } = format
  const { fields: defaults } = latestDefaults(format)
  const pairs: [string, string][] = []
  for (const { key, path, write, always } of keys) {
    const text = write(valueAt(fields, path))
    if (always || text !== write(valueAt(defaults, path))) pairs.push([key, text])
  }
  for (const { prefix, path, names } of records) {
    const values = new Map(Object.entries(valueAt(fields, path) as object))
    for (const name of names) {
      const value: unknown = values.get(name)
      if (value !== undefined) pairs.push([`${prefix}.${name}`, String(value)])
    }
  }
  return pairs
}

/** The fields of the intent that the pairs name, unchecked, each at its place, and the keys nobody knows. */
export function readFlat(
  pairs: Iterable<readonly [key: string, value: string]>,
  { keys, records }: LinkFormat,
): { fields: { path: readonly string[]; value: unknown }[]; known: string[]; unknown: string[] } {
  const fields: { path: readonly string[]; value: unknown }[] = []
  const known: string[] = []
  const unknown: string[] = []
  const recordOf = new Map<string, { record: FlatRecord; name: string }>(
    records.flatMap((record) =>
      record.names.map((name) => [`${record.prefix}.${name}`, { record, name }] as const),
    ),
  )
  const values = new Map(records.map((record) => [record, {} as Record<string, unknown>]))
  for (const [key, value] of pairs) {
    const flat = keys.find((k) => k.key === key)
    const entry = recordOf.get(key)
    if (flat) fields.push({ path: flat.path, value: flat.read(value) })
    else if (entry) Object.assign(values.get(entry.record) ?? {}, { [entry.name]: readNumber(value) })
    ;(flat || entry ? known : unknown).push(key)
  }
  for (const [{ path }, value] of values) if (Object.keys(value).length > 0) fields.push({ path, value })
  return { fields, known, unknown }
}

/** The same as an object, over what it holds already. */
export function placed(
  fields: readonly { path: readonly string[]; value: unknown }[],
  said: Record<string, unknown> = {},
): Record<string, unknown> {
  const all = structuredClone(said)
  for (const { path, value } of fields) putAt(all, path, value)
  return all
}
