import { useMemo, useSyncExternalStore } from 'react'

/** Whether a media query holds, as it changes. */
export function useMedia(query: string): boolean {
  const source = useMemo(() => {
    const list = matchMedia(query)
    return {
      get: () => list.matches,
      subscribe(notify: () => void): () => void {
        list.addEventListener('change', notify)
        return () => list.removeEventListener('change', notify)
      },
    }
  }, [query])
  return useSyncExternalStore(source.subscribe, source.get)
}
