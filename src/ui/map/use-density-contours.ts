import { useEffect, useMemo, useState } from 'react'
import type { densityContours } from './density-contours.ts'
import type { MapContour, MapPoints } from './types.ts'

/** Enclosed shares of all points. */
const masses = [0.68, 0.95]
const none: MapContour[] = []
/** Fewer points have no shape that a contour could tell. */
const fewest = 20

interface PointClasses {
  kind: Uint8Array // [points]
  colours: readonly string[]
}

/**
 * Contours of the points on the map. They come after the dots, and so does the code that finds them.
 *
 * @param mask     non-zero for the points that count; null for all
 * @param classes  of the points: contours of each by itself, in its colour
 */
export function useDensityContours(
  { x, y, count }: MapPoints,
  wanted: boolean,
  mask: Uint8Array | null = null,
  classes: PointClasses | null = null,
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
  return useMemo(() => {
    if (!wanted || !find) return none
    if (!classes) return find.densityContours(x, y, count, masses, { mask })
    return classes.colours.flatMap((colour, c) => {
      const own = classes.kind.map((kind, i) => Number(kind === c && (!mask || mask[i] !== 0)))
      const points = own.reduce((sum, each) => sum + each, 0)
      if (points < fewest) return []
      return find
        .densityContours(x, y, count, masses.slice(0, 1), { mask: own })
        .map((contour) => ({ ...contour, colour }))
    })
  }, [wanted, find, x, y, count, mask, classes])
}
