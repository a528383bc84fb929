import { isPlainObject } from './untrusted-json.ts'

/** The value at a place in objects and lists; undefined where there is none of its own. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined
    here = (here as Record<PropertyKey, unknown>)[key]
  }
  return here
}

/** Puts a value at a place, with the objects that lead there. Names come from the app's own tables. */
export function putAt(root: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let here = root
  for (const key of path.slice(0, -1)) {
    const next = here[key]
    if (isPlainObject(next)) here = next
    else here = here[key] = {}
  }
  here[path[path.length - 1]] = value
}

/** Takes a place away, and nothing where it is not there. */
export function removeAt(root: Record<string, unknown>, path: readonly string[]): void {
  const parent = valueAt(root, path.slice(0, -1))
  if (isPlainObject(parent)) delete parent[path[path.length - 1]]
}
