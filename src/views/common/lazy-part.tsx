import { lazy, Suspense, useState, type ComponentType, type ReactNode } from 'react'
import { AppError } from '../../errors.ts'

/**
 * A component in a chunk of its own. When the chunk does not come (offline, blocked, replaced by a newer release)
 * the boundary above says so, and the next mount asks again.
 *
 * @param fallback  shown while the chunk is on its way
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  fallback: ReactNode,
): ComponentType<Props> {
  async function attempt(): Promise<{ default: ComponentType<Props> }> {
    try {
      return { default: await load() }
    } catch (cause) {
      part = lazy(attempt) // React keeps the failure of the old one for ever
      throw new AppError(
        'data/not-found',
        'This part of the page could not be loaded: the server is out of reach, or the site was updated. Check the connection and reload the panel, or reload the page; the link keeps your analysis.',
        { cause: String(cause) },
      )
    }
  }
  let part = lazy(attempt)

  return function LazyPart(props: Props) {
    // One attempt per mount: after a failure the new `part` belongs to the next mount, not to the next render.
    const [Part] = useState(() => part)
    return (
      <Suspense fallback={fallback}>
        <Part {...props} />
      </Suspense>
    )
  }
}
