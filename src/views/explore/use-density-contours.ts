import { useEffect, useMemo, useState } from 'react'
import type { densityContours } from '../embedding/density-contours.ts'
import type { MapContour } from '../embedding/types.ts'
import type { MapRows } from './map-rows.ts'

/** Enclosed shares of all points. */
const masses = [0.68, 0.95]
const none: MapContour[] = []

/** Contours of the points on the map. They come after the dots, and so does the code that finds them. */
export function useDensityContours(rows: MapRows, count: number, wanted: boolean): MapContour[] {
  const [find, setFind] = useState<{ densityContours: typeof densityContours } | null>(null)
  const missing = wanted && find === null
  useEffect(() => {
    if (!missing) return
    let stale = false
    import('../embedding/density-contours.ts').then(
      (loaded) => !stale && setFind(loaded),
      () => undefined, // the map is the map without them; asked for again with the next change
    )
    return () => {
      stale = true
    }
  }, [missing])
  return useMemo(
    () => (wanted && find ? find.densityContours(rows.x, rows.y, count, masses) : none),
    [wanted, find, rows, count],
  )
}
