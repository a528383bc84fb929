import { startTransition, useEffect, useState, type ComponentType, type ReactNode } from 'react'
import { AppError } from '../../errors.ts'

/** In the context of an error that a newer copy of the page may not have: the boundary then offers to load it. */
export const reloadHelps = 'reloadHelps'

/**
 * A component in a chunk of its own. When the chunk does not come (offline, blocked, replaced by a newer release)
 * the boundary above says so, and the next mount asks again.
 *
 * Not React's lazy under Suspense, which holds back what comes within 300 ms after a fallback: each part of a page that
 * opens would wait that long.
 *
 * @param fallback  shown while the chunk is on its way
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  fallback: ReactNode,
): ComponentType<Props> {
  type Part = ComponentType<Props>
  let loaded: Part | undefined
  let loading: Promise<Part> | undefined

  function ask(): Promise<Part> {
    return (loading ??= load().then(
      (part) => (loaded = part),
      (cause: unknown) => {
        loading = undefined
        throw new AppError(
          'data/not-found',
          'This part of the page could not be loaded: the server is out of reach, or the site was updated. Check the connection and reload the panel, or reload the page; the link keeps your analysis.',
          { cause: String(cause), [reloadHelps]: true },
        )
      },
    ))
  }

  return function LazyPart(props: Props) {
    const [shown, setShown] = useState<{ Part?: Part; asked?: Promise<Part>; error?: unknown }>(() => {
      if (loaded) return { Part: loaded }
      const asked = ask() // before the fallback is drawn
      asked.catch(() => undefined) // the effect hears of it
      return { asked }
    })
    const { Part, asked, error } = shown
    useEffect(() => {
      let mounted = true
      asked?.then(
        // In slices: a large part must not stand in the way of the next click.
        (part) => mounted && startTransition(() => setShown({ Part: part })),
        (thrown: unknown) => mounted && setShown({ error: thrown }),
      )
      return () => {
        mounted = false
      }
    }, [asked])
    if (error !== undefined) throw error
    return Part ? <Part {...props} /> : fallback
  }
}
