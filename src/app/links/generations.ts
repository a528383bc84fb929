import g1 from './generations/g1.json' with { type: 'json' }
import g2 from './generations/g2.json' with { type: 'json' }
import g3 from './generations/g3.json' with { type: 'json' }

/** What the app and each study start with; a frozen copy of every generation lies in generations/. */
export interface AppDefaults {
  app: Readonly<Record<string, unknown>>
  studies: Readonly<
    Record<
      string,
      {
        defaults: object
        /** Of objects that links write in part, by names with dots. */
        parts: Readonly<Record<string, object>>
      }
    >
  >
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Defaults with some of them changed; objects are gone into, anything else takes the place of what was there. */
function withChanges<T extends object>(before: T, changes: object): T {
  const changed = new Map<string, unknown>(Object.entries(changes))
  const after = Object.entries(before).map(([key, own]: [string, unknown]) => {
    const change = changed.get(key)
    if (!changed.has(key)) return [key, own]
    return [key, isObject(own) && isObject(change) ? withChanges(own, change) : change]
  })
  return Object.fromEntries(after) as T
}

/**
 * Generation n is the n-th. A changed default is a new generation: a new file, with what it changes in the one before,
 * and its line here. A new field is written into the first, with what the page did before it had the field.
 */
export const generations: readonly AppDefaults[] = [g2, g3].reduce<AppDefaults[]>(
  (known, changes) => [...known, withChanges(known[known.length - 1], changes)],
  [g1],
)
