const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * An intent with some of its fields changed. Objects are gone into, so that a step names one panel and not all; one of
 * several kinds takes the place of the other whole.
 */
export function merged<T extends object>(before: T, changes: object): T {
  const known = new Map<string, unknown>(Object.entries(before))
  for (const [key, change] of Object.entries(changes) as [string, unknown][]) {
    const own = known.get(key)
    const into = isPlain(own) && isPlain(change) && !('kind' in change)
    known.set(key, into ? merged(own, change) : change)
  }
  return Object.fromEntries(known) as T
}
