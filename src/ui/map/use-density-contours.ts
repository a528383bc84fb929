import { useEffect, useMemo, useState } from 'react'
import type { densityContours } from './density-contours.ts'
import type { MapContour, MapPoints } from './types.ts'

/** Enclosed shares of all points. */
const masses = [0.68, 0.95]
const none: MapContour[] = []

/**
 * Contours of the points on the map. They come after the dots, and so does the code that finds them.
 *
 * @param mask  non-zero for the points that count; null for all
 */
export function useDensityContours(
  { x, y, count }: MapPoints,
  wanted: boolean,
  mask: Uint8Array | null = null,
): MapContour[] {
  const [find, setFind] = useState<{ densityContours: typeof densityContours } | null>(null)
  const missing = wanted && find === null
  useEffect(() => {
    if (!missing) return
    let stale = false
    import('./density-contours.ts').then(
      (loaded) => !stale && setFind(loaded),
      () => undefined, // the map is the map without them; asked for again with the next change
    )
    return () => {
      stale = true
    }
  }, [missing])
  return useMemo(
    () => (wanted && find ? find.densityContours(x, y, count, masses, { mask }) : none),
    [wanted, find, x, y, count, mask],
  )
}
