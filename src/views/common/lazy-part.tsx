import { lazy, type ComponentType } from 'react'
import { AppError } from '../../errors.ts'

/**
 * A component in a chunk of its own. When the chunk does not come (offline, blocked, replaced by a newer release)
 * the boundary above says so, and the next mount asks again.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let part = lazy(attempt)

  async function attempt(): Promise<{ default: ComponentType<Props> }> {
    try {
      return { default: await load() }
    } catch (cause) {
      part = lazy(attempt)
      throw new AppError(
        'data/not-found',
        'This part of the page could not be loaded: the server is out of reach, or the site was updated. Check the connection and reload the panel, or reload the page; the link keeps your analysis.',
        { cause: String(cause) },
      )
    }
  }

  return function LazyPart(props: Props) {
    const Part = part
    return <Part {...props} />
  }
}
