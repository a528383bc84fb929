import { putAt, removeAt, valueAt } from './field-path.ts'
import type { LinkDefaults, LinkFields } from './link-format.ts'
import { isPlainObject } from './untrusted-json.ts'

function differences(value: object, defaults: object): Record<string, unknown> {
  const reference = new Map<string, unknown>(Object.entries(defaults))
  return Object.fromEntries(
    Object.entries(value).filter(
      ([key, item]) => JSON.stringify(item) !== JSON.stringify(reference.get(key)),
    ),
  )
}

/**
 * What differs from the defaults, but for fields that travel otherwise.
 * @param apart  places that are left out
 */
export function withoutDefaults(
  fields: LinkFields,
  { fields: defaults, parts }: LinkDefaults,
  apart: readonly (readonly string[])[],
): Record<string, unknown> {
  const changed = differences(fields, defaults)
  const places = [...parts].map(([name, whole]) => ({ path: name.split('.'), whole }))
  for (const { path, whole } of places) {
    const value = valueAt(changed, path)
    if (isPlainObject(value)) putAt(changed, path, differences(value, whole))
  }
  for (const path of apart) removeAt(changed, path)
  // An empty object says something only where the default is none.
  for (const { path } of places.reverse()) {
    const value = valueAt(changed, path)
    const said = isPlainObject(value) && Object.keys(value).length > 0
    if (isPlainObject(value) && !said && isPlainObject(valueAt(defaults, path))) removeAt(changed, path)
  }
  return changed
}

/** What was said, and the defaults where nothing was. */
export function withDefaults(
  said: Record<string, unknown>,
  { fields: defaults, parts }: LinkDefaults,
): Record<string, unknown> {
  const filled = { ...defaults, ...said }
  for (const [name, whole] of parts) {
    const path = name.split('.')
    const value = valueAt(said, path)
    // What holds it was said, too, and is a copy by now.
    if (isPlainObject(value)) putAt(filled, path, { ...whole, ...value })
  }
  return filled
}
