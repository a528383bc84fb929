import { useMemo } from 'react'
import { useAppState } from '../app-context.tsx'
import { createMapRows, fillMapRows, type MapRowOptions, type MapRows } from './map-rows.ts'
import type { MapPoints } from '../embedding/types.ts'

/** The map's points, grown in place while rows stream in; what else changes them makes new arrays. */
export function useMapRows(): { rows: MapRows; points: MapPoints } | null {
  const open = useAppState((state) => state.dataset.value)
  const extra = useAppState((state) => state.extra.value)
  const showReplicas = useAppState((state) => state.intent.showReplicas)
  const showFlagged = useAppState((state) => state.intent.showFlagged)

  // New arrays for another dataset, encoder, filter or number of extra replicas; not for more rows of the same.
  const built = useMemo(() => {
    if (!open) return null
    const options: MapRowOptions = { showReplicas, showFlagged }
    return { rows: createMapRows(open, extra, options), options }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- later rows are filled in below
  }, [open?.header, open?.embedding, open?.latent, extra?.latent, showReplicas, showFlagged])

  return useMemo(() => {
    if (!open || !built) return null
    fillMapRows(built.rows, open, extra, built.options)
    const { rows } = built
    return { rows, points: { x: rows.x, y: rows.y, count: rows.count, version: 0 } }
  }, [open, extra, built])
}
